import type { AggregateQuery, AggregateRow } from '../../platform/read-models';
import type { Gauge } from '../../platform/telemetry';

/** Counts the documents of a read model that have these field values. */
export const countWhere = async (
  aggregate: (query: AggregateQuery) => Promise<readonly AggregateRow[]>,
  where: Readonly<Record<string, string>>,
): Promise<number> => (await aggregate({ where, groupBy: [] })).reduce((sum, { count }) => sum + count, 0);

/**
 * Returns the part of the gauge `waybill_parked` that a role contributes.
 *
 * @param isHere - whether this process plays the role now. Only that process counts what the role has parked.
 */
export const parkedGauge = (
  isHere: () => boolean,
  counts: Readonly<Record<string, () => Promise<number>>>,
): Gauge => ({
  name: 'waybill_parked',
  help: 'What was put aside with its reason: `projection-events`, `reactions` (for people), `reactions-waiting` (tried again by themselves), `carrier-reports`, `carrier-notices`, `notifications`, `webhooks-failed` (deliveries to endpoints of others).',
  labelNames: ['kind'],
  read: () =>
    Promise.all(
      Object.entries(isHere() ? counts : {}).map(async ([kind, count]) => ({
        labels: { kind },
        value: await count(),
      })),
    ),
});
