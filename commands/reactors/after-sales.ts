import {
  afterSales,
  type AfterSalesCommand,
  type AfterSalesGoods,
  type AfterSalesInspected,
  type AfterSalesRefundDue,
  type AfterSalesReplacementFailed,
  type AfterSalesReplacementStarted,
} from '../../domain/after-sales';
import type { AfterSalesId, WarehouseId } from '../../domain/kernel';
import { isPositive } from '../../domain/money';
import {
  order,
  paymentOf,
  refundableOf,
  remainingOf,
  type OrderRefunded,
  type OrderRefundRefused,
} from '../../domain/order';
import { stock } from '../../domain/stock';
import type { RecordedEvent } from '../../platform/event-store';
import { replenishmentId as replenishmentIdOf } from '../../platform/ids';
import {
  contextFrom,
  reactor,
  requireAccepted,
  requireKnownOutcome,
  type EventOf,
  type Reactor,
} from '../../platform/reactions';
import { refundIdOfRequest, requestsOf } from '../after-sales';
import { reasonOf } from '../rejections';
import type { UseCaseDeps } from '../use-case/use-case';
import { stockIdOf } from '../warehouse';

type Untimed<Command> = Command extends AfterSalesCommand ? Omit<Command, 'at' | 'afterSalesId'> : never;

const tell = async (
  { aggregates, clock }: UseCaseDeps,
  afterSalesId: AfterSalesId,
  command: Untimed<AfterSalesCommand>,
  event: RecordedEvent,
): Promise<void> => {
  const full = { ...command, afterSalesId, at: clock.now() } as AfterSalesCommand;
  const executed = await aggregates
    .of(afterSales)
    .execute(afterSalesId, full, contextFrom(event, command.type));
  requireAccepted(executed);
};

/** Receives goods into a stock, once for each event and product. */
const putBack = async (
  { aggregates, clock }: UseCaseDeps,
  warehouseId: WarehouseId,
  { productId, quantity }: AfterSalesGoods,
  event: RecordedEvent,
): Promise<void> => {
  if (quantity === 0) return;
  const replenishmentId = replenishmentIdOf(`${event.id} ${productId}`);
  const goods = { warehouseId, productId, quantity, replenishmentId };
  const executed = await aggregates
    .of(stock)
    .execute(
      stockIdOf(warehouseId, productId),
      { type: 'ReceiveStock', ...goods, at: clock.now() },
      contextFrom(event, `receive ${productId}`),
    );
  requireAccepted(executed);
};

/** Requests the refund of the order, which decides how much it is. Its outcome follows. */
const refund = async (deps: UseCaseDeps, event: EventOf<AfterSalesRefundDue>): Promise<void> => {
  const { aggregates, clock } = deps;
  const { orderId, afterSalesId, attempt, lines } = event.data;
  const refundId = refundIdOfRequest(event.data, attempt);
  const command = { type: 'RefundGoods', orderId, refundId, lines, reason: 'after-sales request' } as const;
  const executed = requireKnownOutcome(
    await aggregates
      .of(order)
      .execute(orderId, { ...command, at: clock.now() }, contextFrom(event, 'refund')),
  );
  if (executed.kind === 'accepted') return;
  const { rejection } = executed;
  await tell(
    deps,
    afterSalesId,
    // Everything was refunded before, or the goods cost nothing.
    rejection.code === 'REFUND_NOT_POSITIVE'
      ? { type: 'RecordAfterSalesRefund', attempt, amount: rejection.asked }
      : { type: 'RecordAfterSalesRefundFailure', attempt, reason: reasonOf(rejection) },
    event,
  );
};

/** Records the outcome of a refund in the request that it belongs to. Refunds by staff belong to none. */
const refunded = async (
  deps: UseCaseDeps,
  event: EventOf<OrderRefunded> | EventOf<OrderRefundRefused>,
): Promise<void> => {
  const { orderId, refundId, amount } = event.data;
  const request = (await requestsOf(deps.aggregates, orderId)).find(
    (one) => refundIdOfRequest(one, one.refundAttempts) === refundId,
  );
  if (request === undefined) return;
  const attempt = request.refundAttempts;
  await tell(
    deps,
    request.afterSalesId,
    event.type === 'OrderRefunded'
      ? { type: 'RecordAfterSalesRefund', attempt, amount }
      : { type: 'RecordAfterSalesRefundFailure', attempt, reason: event.data.reason },
    event,
  );
};

/** Returns a line whose goods staff have refunded meanwhile, so that they are not sent again as well. */
const refundedIn = async (
  { aggregates }: UseCaseDeps,
  { orderId, lines }: AfterSalesReplacementStarted['data'],
): Promise<AfterSalesGoods | undefined> => {
  const known = await aggregates.of(order).load(orderId);
  const payment = known.progress === 'NONE' ? undefined : paymentOf(known);
  if (known.progress === 'NONE' || payment === undefined) return undefined;
  // Nothing was paid for an order that was free, so nothing was refunded.
  const isRefunded = isPositive(payment.paid) && !isPositive(refundableOf(payment));
  return lines.find(
    ({ productId, quantity }) => isRefunded || remainingOf(known, productId).quantity < quantity,
  );
};

/**
 * Takes the goods of a replacement from the stock, product by product. Where one is lacking, the request records those that
 * were taken before, and the reaction to that puts them back: so a repeat never takes goods of an attempt that has failed.
 */
const takeGoods = async (deps: UseCaseDeps, event: EventOf<AfterSalesReplacementStarted>): Promise<void> => {
  const { aggregates, clock } = deps;
  const { afterSalesId, attempt, warehouseId, lines } = event.data;
  const state = await aggregates.of(afterSales).load(afterSalesId);
  if (state.status !== 'SENDING_REPLACEMENT' || state.replacementAttempts !== attempt) return;
  for (const [index, { productId, quantity }] of lines.entries()) {
    const goods = { warehouseId, productId, quantity, reason: 'replacement of returned goods' };
    const executed = requireKnownOutcome(
      await aggregates
        .of(stock)
        .execute(
          stockIdOf(warehouseId, productId),
          { type: 'RemoveStock', ...goods, at: clock.now() },
          contextFrom(event, `remove ${productId}`),
        ),
    );
    if (executed.kind === 'accepted') continue;
    if (executed.rejection.code !== 'INSUFFICIENT_STOCK')
      throw new Error(`Rejected: ${JSON.stringify(executed.rejection)}`);
    const failure = { attempt, productId, warehouseId, taken: lines.slice(0, index) };
    return tell(deps, afterSalesId, { type: 'RecordReplacementFailure', ...failure }, event);
  }
  const refundedLine = await refundedIn(deps, event.data);
  if (refundedLine !== undefined) {
    // All goods were taken, also by an earlier run of this reaction, so all go back.
    const failure = { attempt, productId: refundedLine.productId, warehouseId, taken: lines };
    return tell(deps, afterSalesId, { type: 'RecordReplacementFailure', ...failure }, event);
  }
  return tell(deps, afterSalesId, { type: 'RecordReplacementSent', attempt }, event);
};

/** Carries out what was decided about a request: refunds by the order, and goods into and out of the stock. */
export const afterSalesWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<
    | AfterSalesInspected
    | AfterSalesRefundDue
    | AfterSalesReplacementStarted
    | AfterSalesReplacementFailed
    | OrderRefunded
    | OrderRefundRefused
  >('after-sales', {
    AfterSalesInspected: async (event) => {
      const { warehouseId, lines } = event.data;
      for (const { productId, restocked: quantity } of lines)
        await putBack(deps, warehouseId, { productId, quantity }, event);
    },
    AfterSalesRefundDue: (event) => refund(deps, event),
    AfterSalesReplacementStarted: (event) => takeGoods(deps, event),
    AfterSalesReplacementFailed: async (event) => {
      const { warehouseId, taken = [] } = event.data;
      if (warehouseId === undefined) return;
      for (const goods of taken) await putBack(deps, warehouseId, goods, event);
    },
    OrderRefunded: (event) => refunded(deps, event),
    OrderRefundRefused: (event) => refunded(deps, event),
  });
