import type { Registry } from 'prom-client';
import { epochMsOf, type Instant, type WayOut } from '../../domain/kernel';
import { orderWaysOut } from '../../domain/order';
import { shipmentWaysOut } from '../../domain/shipment';
import type { Clock } from '../../platform/clock';
import { openReader } from '../../platform/projections';
import type { ReadModels } from '../../platform/read-models';
import { watch, type Reading } from '../../platform/telemetry';
import { orderDetails } from '../../projections/order-details';
import { payments } from '../../projections/payments';
import { shipments } from '../../projections/shipments';
import { answeredWithin, READ_WITHIN_MS } from './answered-within';

type Parts = {
  readonly engines: { readonly readModels: ReadModels };
  /** Tells nothing while another process plays the role. */
  readonly orders: () => object | undefined;
};
type Watching = { readonly metrics: Registry; readonly clock: Clock };

/** The statuses at which nothing may rest for good. */
const watchedOf = (waysOut: Readonly<Record<string, WayOut>>): readonly string[] =>
  Object.entries(waysOut)
    .filter(([, { isFinal }]) => !isFinal)
    .map(([status]) => status);

/** As many refusals of one payment as are told apart; hardly any has a second one. */
const REFUSALS_MAX = 3;

/** Shows how long orders and shipments have stood where something has to follow, and refunds that were refused. */
export const watchResting = (
  { engines: { readModels }, orders }: Parts,
  { metrics, clock }: Watching,
): void => {
  const oldest = (
    waysOut: Readonly<Record<string, WayOut>>,
    begunAt: (status: string) => Promise<Instant | undefined>,
  ): Promise<readonly Reading<'status'>[]> =>
    Promise.all(
      watchedOf(waysOut).map(async (status) => {
        const since = await begunAt(status);
        const ageMs = since === undefined ? 0 : Math.max(0, epochMsOf(clock.now()) - epochMsOf(since));
        return { labels: { status }, value: ageMs / 1_000 };
      }),
    );
  const figure = <Label extends string>(
    name: `waybill_${string}`,
    help: string,
    labelNames: readonly Label[],
    read: () => Promise<readonly Reading<Label>[]>,
  ): void =>
    watch(metrics, { name, help, labelNames }, () =>
      answeredWithin(READ_WITHIN_MS, async () => (orders() ? read() : []), clock),
    );
  const first = (status: string) =>
    ({ index: 'by_status', where: { status }, order: 'ascending', first: 1 }) as const;

  const placed = openReader(readModels, orderDetails, clock);
  figure(
    'waybill_order_oldest_seconds',
    'How long ago the oldest order of a status was placed; 0 where there is none.',
    ['status'],
    () =>
      oldest(orderWaysOut, async (status) => (await placed.list(first(status))).items[0]?.document.placedAt),
  );
  const created = openReader(readModels, shipments, clock);
  figure(
    'waybill_shipment_oldest_seconds',
    'How long ago the oldest shipment of a status was created; 0 where there is none.',
    ['status'],
    () =>
      oldest(
        shipmentWaysOut,
        async (status) => (await created.list(first(status))).items[0]?.document.createdAt,
      ),
  );
  const paid = openReader(readModels, payments, clock);
  figure(
    'waybill_refunds_refused',
    'Payments of which the payment provider refused to give something back.',
    [],
    async () => {
      const counts = await Promise.all(
        Array.from({ length: REFUSALS_MAX }, (_, index) =>
          paid.aggregate({ where: { failedRefunds: index + 1 }, groupBy: [] }),
        ),
      );
      return [{ labels: {}, value: counts.flat().reduce((sum, { count }) => sum + count, 0) }];
    },
  );
};
