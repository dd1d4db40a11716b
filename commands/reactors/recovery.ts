import { epochMsOf } from '../../domain/kernel';
import { isCalledOff, order } from '../../domain/order';
import { shipment, type ShipmentFailed } from '../../domain/shipment';
import type { Random } from '../../platform/clock';
import { backoffDelay } from '../../platform/faults';
import {
  contextFrom,
  reactor,
  requireAccepted,
  RetryLater,
  type EventOf,
  type Reactor,
} from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case';

/** The first attempt of a step and its automatic retries; together they take about two hours. */
export const SHIPMENT_TRIES_MAX = 8;

const BACKOFF = { baseMs: 60_000, factor: 2, maxMs: 3_600_000 };

/** Returns random values that are the same for each event, so that a repeated reaction chooses the same delay. */
const chanceOf = ({ id }: { readonly id: string }): Random => ({
  next: () => parseInt(id.replaceAll('-', '').slice(-8), 16) / 2 ** 32,
  bytes: (length) => new Uint8Array(length),
});

const retryInTime = async (
  { aggregates, clock }: UseCaseDeps,
  event: EventOf<ShipmentFailed>,
): Promise<void> => {
  const { orderId, shipmentId, step, attempt, failedAt } = event.data;
  const state = await aggregates.of(shipment).load(shipmentId);
  // An operator has retried it, or it was cancelled.
  if (state.status !== 'FAILED' || state.failedStep !== step) return;
  const tries = state.attempts[step];
  if (attempt !== undefined && attempt < tries) return;
  // An alert reports steps that keep failing to operators.
  if (tries >= SHIPMENT_TRIES_MAX) return;
  const known = await aggregates.of(order).load(orderId);
  if (known.progress === 'NONE' || isCalledOff(known)) return;
  const dueMs = epochMsOf(failedAt) + backoffDelay(tries - 1, BACKOFF, chanceOf(event));
  if (epochMsOf(clock.now()) < dueMs) throw new RetryLater('The failed step is tried again later');
  const shipments = aggregates.of(shipment);
  const executed = await shipments.execute(
    shipmentId,
    { type: 'RetryShipment', shipmentId, at: clock.now() },
    contextFrom(event, 'retry'),
  );
  requireAccepted(executed, ['SHIPMENT_WRONG_STATUS']);
};

/** Retries a step that the World refused, because most refusals are temporary: goods arrive, a truck comes back. */
export const recoveryWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<ShipmentFailed>('recovery', { ShipmentFailed: (event) => retryInTime(deps, event) });
