import { unreachable, type OrderId, type ShipmentId } from '../../domain/kernel';
import { order, type OrderEvent, type OrderRejection } from '../../domain/order';
import { shipment, type ShipmentState } from '../../domain/shipment';
import { Fault } from '../../platform/faults';
import type { Executed, CommandContext } from '../../platform/execution';
import { requestedBy, type AllowedContext } from '../use-case/authorization';
import { stepOf } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';

type Part = {
  readonly orderId: OrderId;
  readonly shipmentId: ShipmentId;
  readonly attempt: number;
  /** The part was seen on a truck, so a hold comes too late. */
  readonly hasHappened?: boolean | undefined;
};

/**
 * Requests the order's permission to load a part. The order decides between this and its cancellation, so the World
 * gets the command only after it. The rejection ORDER_WRONG_STATUS means that the order was cancelled or refunded, and
 * the part does not leave.
 */
export const startPartLoading = (
  { aggregates, clock }: UseCaseDeps,
  part: Part,
  context: CommandContext,
): Promise<Executed<OrderEvent, OrderRejection>> =>
  aggregates.of(order).execute(part.orderId, { type: 'StartPartLoading', ...part, at: clock.now() }, context);

/** Returns the last attempt to load a shipment that may be on a truck; of another shipment, the attempt 0. */
const loadingOf = (state: ShipmentState): { readonly attempt: number; readonly hasHappened: boolean } => {
  switch (state.status) {
    case 'NONE':
    case 'PACKING':
    case 'PACKED':
    case 'FAILED':
    case 'CANCELLED':
      return { attempt: 0, hasHappened: false };
    case 'LOADING':
      return { attempt: state.attempts.loading, hasHappened: false };
    case 'LOADED':
    case 'DELIVERING':
    case 'DELIVERED':
      return { attempt: state.attempts.loading, hasHappened: true };
    default:
      return unreachable(state);
  }
};

/**
 * Records in the order which of its parts may have left, by their shipments: for loading without a World, or from
 * before orders gave permission.
 */
export const recordLoadingParts = async (
  deps: UseCaseDeps,
  orderId: OrderId,
  context: AllowedContext,
): Promise<void> => {
  const state = await deps.aggregates.of(order).load(orderId);
  if (state.progress !== 'PAID') return;
  // The caller gets the answer of an order that does not exist, so nothing may happen that takes time or stays.
  const { requestedBy: customer = state.customerId } = requestedBy(context);
  if (customer !== state.customerId) return;
  for (const { shipmentId, released, loading } of state.parts) {
    if (!released) continue;
    const { attempt, hasHappened } = loadingOf(await deps.aggregates.of(shipment).load(shipmentId));
    if (attempt <= (loading?.attempt ?? 0)) continue;
    const step = stepOf(context, `loading ${shipmentId}`);
    const executed = await startPartLoading(deps, { orderId, shipmentId, attempt, hasHappened }, step);
    if (executed.kind === 'unknown')
      throw new Fault('OUTCOME_UNKNOWN', `It is not known what became of the command ${executed.commandId}`);
  }
};
