import type { AfterSalesId, OrderId, ProductId } from '../../domain/kernel';
import { order } from '../../domain/order';
import { product } from '../../domain/product';
import type { Random } from '../../platform/clock';
import { rootContext } from '../../platform/execution';
import { uuidV7 } from '../../platform/ids';
import { startDueWork } from '../../platform/reactions';
import type { Logger } from '../../platform/telemetry';
import { passDeadline } from '../after-sales';
import type { UseCaseDeps } from '../use-case';
import type { DueAfterSales, DueOrders, DueProductPrices } from './sites';

export type ExpiryDeps = UseCaseDeps & {
  readonly random: Random;
  readonly logger: Logger;
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

export const createExpiry = (deps: ExpiryDeps): Expiry => {
  const { aggregates, clock, random, logger, everyMs } = deps;
  let running: { readonly stop: () => Promise<void> } | undefined;

  // A new id each time: it may not have been due before, and a second decision has no effect.
  const context = () => rootContext(uuidV7(clock, random), { kind: 'system', id: 'expiry', roles: [] });

  const expire = async (orderId: OrderId): Promise<void> => {
    const command = { type: 'ExpireOrder', orderId, at: clock.now() } as const;
    await aggregates.of(order).execute(orderId, command, context());
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
