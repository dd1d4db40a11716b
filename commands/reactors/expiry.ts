import { epochMsOf, type AfterSalesId, type OrderId, type ProductId } from '../../domain/kernel';
import { isHeld, order } from '../../domain/order';
import { product } from '../../domain/product';
import type { Random } from '../../platform/clock';
import { rootContext } from '../../platform/execution';
import { uuidV7 } from '../../platform/ids';
import { startDueWork } from '../../platform/reactions';
import type { Logger } from '../../platform/telemetry';
import { passDeadline } from '../after-sales';
import { unfinishedPayment, type ClosePayment } from '../payment';
import type { UseCaseDeps } from '../use-case/use-case';
import type { DueAfterSales, DueOrders, DueProductPrices } from './sites';

export type ExpiryDeps = UseCaseDeps & {
  readonly random: Random;
  readonly logger: Logger;
  readonly closePayment: ClosePayment;
  readonly dueOrders: DueOrders;
  readonly dueAfterSales: DueAfterSales;
  readonly dueProductPrices: DueProductPrices;
  /** The interval, in milliseconds. Default 5 000. */
  readonly everyMs?: number | undefined;
};

/**
 * Decides by the clock: cancels orders that are not paid in time, decides after-sales requests whose deadline is over, and begins
 * and ends scheduled prices. It has no state: what is due is read each time, also after a restart.
 */
export interface Expiry {
  start(): void;
  stop(): Promise<void>;
}

const AT_ONCE_MAX = 200;
/** The time after `payBy` in which an order waits for a provider that has accepted its payment. What comes later is refunded. */
const PENDING_FOR_MS = 3 * 24 * 60 * 60_000;

export const createExpiry = (deps: ExpiryDeps): Expiry => {
  const { aggregates, clock, random, logger, everyMs } = deps;
  let running: { readonly stop: () => Promise<void> } | undefined;

  // A new id each time: it may not have been due before, and a second decision has no effect.
  const context = () => rootContext(uuidV7(clock, random), { kind: 'system', id: 'expiry', roles: [] });

  const expire = async (orderId: OrderId): Promise<void> => {
    if (!(await isPaymentEnded(orderId))) return;
    const command = { type: 'ExpireOrder', orderId, at: clock.now() } as const;
    await aggregates.of(order).execute(orderId, command, context());
  };

  /** Ends what the order's payer has begun, so that nothing is paid after the order has expired. */
  const isPaymentEnded = async (orderId: OrderId): Promise<boolean> => {
    const known = await aggregates.of(order).load(orderId);
    const now = epochMsOf(clock.now());
    if (known.progress !== 'PLACED' || isHeld(known) || now < epochMsOf(known.payBy)) return true;
    const { openPaymentId, payBy } = known;
    const open = openPaymentId && (await unfinishedPayment(aggregates, openPaymentId));
    if (!open) return true;
    const isPatient = now < epochMsOf(payBy) + PENDING_FOR_MS;
    // The payer has done everything; the provider decides, and is asked how it did.
    if (open.status === 'PENDING' && isPatient) return false;
    const { kind } = await deps.closePayment(open, context());
    return (kind !== 'open' && kind !== 'unknown') || !isPatient;
  };

  const pass = (afterSalesId: AfterSalesId): Promise<void> => passDeadline(deps, afterSalesId, context());

  const applyPrices = async (productId: ProductId): Promise<void> => {
    const command = { type: 'ApplyScheduledPrices', productId, at: clock.now() } as const;
    await aggregates.of(product).execute(productId, command, context());
  };

  const due = async (): Promise<readonly (() => Promise<void>)[]> => {
    const orders = await deps.dueOrders(clock.now(), AT_ONCE_MAX);
    const requests = await deps.dueAfterSales(clock.now(), AT_ONCE_MAX);
    const products = await deps.dueProductPrices(clock.now(), AT_ONCE_MAX);
    return [
      ...orders.map((id) => () => expire(id)),
      ...requests.map((id) => () => pass(id)),
      ...products.map((id) => () => applyPrices(id)),
    ];
  };

  return {
    start: () => {
      running = startDueWork({
        ...{ clock, random, logger, due, everyMs },
        messages: { piece: 'A deadline was not applied', loop: 'The loop that applies deadlines failed' },
      });
    },
    stop: async () => running?.stop(),
  };
};
