import { epochMsOf, type ShipmentId } from '../../domain/kernel';
import { isCalledOff, order, type KnownOrder } from '../../domain/order';
import { shipment, type KnownShipment, type ShipmentFailed, type ShipmentStep } from '../../domain/shipment';
import type { StockReserved } from '../../domain/stock';
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
import { movePart } from '../order/move-part';
import type { UseCaseDeps } from '../use-case/use-case';
import { anotherWarehouse } from './another-warehouse';
import { awaitsGoods, correctStocks } from './shortage';
import type { Warehouses } from './sites';

export type RecoveryDeps = UseCaseDeps & { readonly warehouses: Warehouses };

/** The first attempt of a step and its automatic retries; together they take about two hours. */
export const SHIPMENT_TRIES_MAX = 8;

const BACKOFF = { baseMs: 60_000, factor: 2, maxMs: 3_600_000 };

/** Returns random values that are the same for each event, so that a repeated reaction chooses the same delay. */
const chanceOf = ({ id }: { readonly id: string }): Random => ({
  next: () => parseInt(id.replaceAll('-', '').slice(-8), 16) / 2 ** 32,
  bytes: (length) => new Uint8Array(length),
});

/** The attempts after which a parcel that lacks goods is tried again without a delay: goods were received meanwhile. */
const PROMPT_TRIES = 2;

/** A World may name only one product that it lacks, so each further product of a parcel adds an attempt to pack it. */
const hasTriesLeft = ({ attempts, items }: KnownShipment, step: ShipmentStep): boolean =>
  attempts[step] < SHIPMENT_TRIES_MAX + (step === 'packing' ? items.length - 1 : 0);

const retry = async (
  { aggregates, clock }: UseCaseDeps,
  event: EventOf<ShipmentFailed> | EventOf<StockReserved>,
  shipmentId: ShipmentId,
): Promise<void> => {
  const shipments = aggregates.of(shipment);
  const command = { type: 'RetryShipment', shipmentId, at: clock.now() } as const;
  const executed = await shipments.execute(shipmentId, command, contextFrom(event, 'retry'));
  requireAccepted(executed, ['SHIPMENT_WRONG_STATUS']);
};

/** Lets the goods come from another warehouse that has them, or else leaves the shipment to staff. */
const giveUp = async (
  deps: RecoveryDeps,
  event: EventOf<ShipmentFailed>,
  { known, state }: { readonly known: KnownOrder; readonly state: KnownShipment },
): Promise<void> => {
  const { shipmentId, step, reason } = event.data;
  const warehouseId = step === 'packing' ? await anotherWarehouse(deps, known, state) : undefined;
  if (warehouseId !== undefined) {
    const moved = await movePart(deps, known, { shipmentId, warehouseId }, contextFrom(event, 'move'));
    // The order was cancelled, or staff have moved the part, meanwhile.
    requireAccepted(moved, ['ORDER_WRONG_STATUS', 'ORDER_PART_NOT_FOUND']);
    return;
  }
  const command = { type: 'ParkShipment', shipmentId, reason, at: deps.clock.now() } as const;
  const parked = await deps.aggregates.of(shipment).execute(shipmentId, command, contextFrom(event, 'park'));
  requireAccepted(parked, ['SHIPMENT_WRONG_STATUS']);
};

const recover = async (deps: RecoveryDeps, event: EventOf<ShipmentFailed>): Promise<void> => {
  const { aggregates, clock } = deps;
  const { orderId, shipmentId, step, attempt, failedAt, lacking } = event.data;
  const state = await aggregates.of(shipment).load(shipmentId);
  // An operator has retried it, or it was cancelled.
  if (state.status !== 'FAILED' || state.failedStep !== step) return;
  const tries = state.attempts[step];
  if (attempt !== undefined && attempt < tries) return;
  const known = await aggregates.of(order).load(orderId);
  if (known.progress === 'NONE' || isCalledOff(known)) return;
  await correctStocks(deps, event);
  if (!hasTriesLeft(state, step)) return giveUp(deps, event, { known, state });
  // The arrival of the goods retries it.
  if (lacking !== undefined && (await awaitsGoods(aggregates, state))) return;
  const isPrompt = lacking !== undefined && tries <= PROMPT_TRIES;
  const delayMs = isPrompt ? 0 : backoffDelay(tries - 1, BACKOFF, chanceOf(event));
  if (epochMsOf(clock.now()) < epochMsOf(failedAt) + delayMs)
    throw new RetryLater('The failed step is tried again later');
  return retry(deps, event, shipmentId);
};

/** Retries a parcel that the World could not pack, as soon as all of its goods have come. */
const goodsCame = async (deps: UseCaseDeps, event: EventOf<StockReserved>): Promise<void> => {
  const { aggregates } = deps;
  const { orderId, warehouseId, backorderFilled } = event.data;
  if (!backorderFilled) return;
  const known = await aggregates.of(order).load(orderId);
  if (known.progress === 'NONE' || isCalledOff(known)) return;
  const part = known.parts.find((candidate) => candidate.warehouseId === warehouseId && candidate.released);
  if (part === undefined) return;
  const { shipmentId } = part;
  const state = await aggregates.of(shipment).load(shipmentId);
  if (state.status !== 'FAILED' || state.failedStep !== 'packing') return;
  if (!hasTriesLeft(state, 'packing') || (await awaitsGoods(aggregates, state))) return;
  await retry(deps, event, shipmentId);
};

/**
 * Retries a step that the World refused, because most refusals are temporary: goods arrive, a truck comes back. Where
 * the World lacked goods, the stock is corrected first, and the retry follows when the goods have come. After the last
 * attempt another warehouse sends the goods, or staff decide.
 */
export const recoveryWorkflow = (deps: RecoveryDeps): Reactor =>
  reactor<ShipmentFailed | StockReserved>('recovery', {
    ShipmentFailed: (event) => recover(deps, event),
    StockReserved: (event) => goodsCame(deps, event),
  });
