import { afterSalesWaysOut } from '../../domain/after-sales';
import { epochMsOf, type Instant, type WayOut } from '../../domain/kernel';
import { orderWaysOut } from '../../domain/order';
import { shipmentWaysOut } from '../../domain/shipment';
import type { Clock } from '../../platform/clock';
import { openReader } from '../../platform/projections';
import type { ReadModels } from '../../platform/read-models';
import type { Gauge, Reading } from '../../platform/telemetry';
import { afterSalesRequests } from '../../projections/after-sales';
import { orderDetails } from '../../projections/order-details';
import { orderHolds } from '../../projections/order-holds';
import { payments } from '../../projections/payments';
import { shipments } from '../../projections/shipments';

type WaysOut = Readonly<Record<string, WayOut>>;

/** The number of refused refunds of one payment is counted up to this; more than one is rare. */
const REFUSALS_MAX = 3;

/** Returns 0 where there is no such time. */
const secondsSince = (since: Instant | undefined, clock: Clock): number =>
  since === undefined ? 0 : Math.max(0, epochMsOf(clock.now()) - epochMsOf(since)) / 1_000;

/** Returns the age of the oldest document of each status in which nothing may rest for good. */
const oldestAges = (
  waysOut: WaysOut,
  clock: Clock,
  begunAt: (status: string) => Promise<Instant | undefined>,
): Promise<readonly Reading<string>[]> =>
  Promise.all(
    Object.entries(waysOut)
      .filter(([, { isFinal }]) => !isFinal)
      .map(async ([status]) => ({ labels: { status }, value: secondsSince(await begunAt(status), clock) })),
  );

const totalOf = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);

const firstOf = (status: string) =>
  ({ index: 'by_status', where: { status }, order: 'ascending', first: 1 }) as const;

/** Returns gauges of what the payment provider refused, about which people must do something. */
const refusalGauges = (readModels: ReadModels, clock: Clock, isHere: () => boolean): readonly Gauge[] => {
  const paymentReader = openReader(readModels, payments, clock);
  const refusedRefunds = async (): Promise<number> => {
    const counts = await Promise.all(
      Array.from({ length: REFUSALS_MAX }, (_, index) =>
        paymentReader.aggregate({ where: { failedRefunds: index + 1 }, groupBy: [] }),
      ),
    );
    return totalOf(counts.flat());
  };
  const refusedCaptures = async (): Promise<number> =>
    totalOf(await paymentReader.aggregate({ where: { isCaptureRefused: true }, groupBy: [] }));
  return [
    {
      name: 'waybill_captures_refused',
      help: 'Payments of which the payment provider refused to take held money, so that a shipment waits.',
      labelNames: [],
      read: async () => (isHere() ? [{ labels: {}, value: await refusedCaptures() }] : []),
    },
    {
      name: 'waybill_refunds_refused',
      help: 'Payments of which the payment provider refused to give something back.',
      labelNames: [],
      read: async () => (isHere() ? [{ labels: {}, value: await refusedRefunds() }] : []),
    },
  ];
};

/**
 * Returns gauges of the orders, shipments and after-sales requests that wait for something to follow, and of refunds that were refused.
 *
 * @param isHere - whether this process plays the role that moves orders. Only that process reads the figures.
 */
export const restingOrderGauges = (
  readModels: ReadModels,
  clock: Clock,
  isHere: () => boolean,
): readonly Gauge[] => {
  const orderReader = openReader(readModels, orderDetails, clock);
  const shipmentReader = openReader(readModels, shipments, clock);
  const oldestOrder = async (status: string) =>
    (await orderReader.list(firstOf(status))).items[0]?.document.placedAt;
  const oldestShipment = async (status: string) =>
    (await shipmentReader.list(firstOf(status))).items[0]?.document.createdAt;
  const requestReader = openReader(readModels, afterSalesRequests, clock);
  const oldestRequest = async (status: string) =>
    (await requestReader.list(firstOf(status))).items[0]?.document.statusSince;
  const parkedShipments = async (): Promise<number> =>
    totalOf(await shipmentReader.aggregate({ where: { isParked: true }, groupBy: [] }));
  const holdReader = openReader(readModels, orderHolds, clock);
  const longestHeldSeconds = async (): Promise<number> => {
    const { items } = await holdReader.list({ index: 'by_held_since', order: 'ascending', first: 1 });
    return secondsSince(items[0]?.document.heldSince, clock);
  };
  return [
    {
      name: 'waybill_order_longest_held_seconds',
      help: 'How long ago staff held the order that is held the longest; 0 where none is held.',
      labelNames: [],
      read: async () => (isHere() ? [{ labels: {}, value: await longestHeldSeconds() }] : []),
    },
    {
      name: 'waybill_shipments_parked',
      help: 'Failed shipments that the platform does not retry any more; staff choose what follows.',
      labelNames: [],
      read: async () => (isHere() ? [{ labels: {}, value: await parkedShipments() }] : []),
    },
    {
      name: 'waybill_order_oldest_seconds',
      help: 'How long ago the oldest order of a status was placed; 0 where there is none.',
      labelNames: ['status'],
      read: () => (isHere() ? oldestAges(orderWaysOut, clock, oldestOrder) : []),
    },
    {
      name: 'waybill_shipment_oldest_seconds',
      help: 'How long ago the oldest shipment of a status was created; 0 where there is none.',
      labelNames: ['status'],
      read: () => (isHere() ? oldestAges(shipmentWaysOut, clock, oldestShipment) : []),
    },
    {
      name: 'waybill_after_sales_oldest_seconds',
      help: 'How long the after-sales request that is longest in a status has it; 0 where there is none.',
      labelNames: ['status'],
      read: () => (isHere() ? oldestAges(afterSalesWaysOut, clock, oldestRequest) : []),
    },
    ...refusalGauges(readModels, clock, isHere),
  ];
};
