import { writeFileSync } from 'node:fs';
import { instantOf } from '../../domain/kernel';
import { openBulkWriter, streamName, type RecordedEvent } from '../../platform/event-store';
import { uuidV7 } from '../../platform/ids';
import * as order from '../../tests/support/domain/orders';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { asNew, storyOf } from '../event-store/order-story';

const CUSTOMERS = 2_000;
const DAYS = 365;
const DAY_MS = 24 * 60 * 60_000;
const BEGAN_MS = Date.UTC(2025, 0, 1);
/** The orders that are under way at the same time: their events alternate in the history. */
const UNDER_WAY = 200;

type ForeignRecord = Omit<RecordedEvent, 'position'>;

/** Yields the events of orders, eight each, of many customers over a year, in groups that are under way together. */
function* historyOf(orders: number): Generator<readonly (readonly ForeignRecord[])[]> {
  const random = seededRandom(36);
  const clock = createVirtualClock();
  const customers = Array.from({ length: CUSTOMERS }, () => uuidV7(clock, random));

  const recordsOf = (number: number): readonly ForeignRecord[] => {
    const at = instantOf(BEGAN_MS + Math.floor((number / orders) * DAYS * DAY_MS));
    const [orderId, shipmentId] = [uuidV7(clock, random), uuidV7(clock, random)];
    const customerId = customers[Math.floor(random.next() * CUSTOMERS)] ?? '';
    const story = storyOf({ orderId, shipmentId }, { [order.customerId]: customerId, [order.at]: at });
    const of = (category: string, id: string, facts: typeof story.order): readonly ForeignRecord[] =>
      facts.map((fact, revision) => ({
        ...asNew(fact),
        stream: streamName(category, id),
        revision: BigInt(revision),
        recordedAt: at,
      }));
    return [...of('order', orderId, story.order), ...of('shipment', shipmentId, story.shipment)];
  };

  for (let from = 0; from < orders; from += UNDER_WAY)
    yield Array.from({ length: Math.min(UNDER_WAY, orders - from) }, (_, at) => recordsOf(from + at));
}

/** Writes a history into a new embedded store. */
export const writeHistory = (directory: string, orders: number): void => {
  const writer = openBulkWriter(directory);
  for (const stories of historyOf(orders)) {
    const steps = stories[0]?.length ?? 0;
    writer.append(
      Array.from({ length: steps }, (_, step) =>
        stories.flatMap((records) => records.slice(step, step + 1)),
      ).flat(),
    );
  }
  writer.close();
};

/** Writes a history as lines of JSON, one for each append to a stream. */
export const writeAppends = (file: string, orders: number): void => {
  const lines: string[] = [];
  for (const records of [...historyOf(orders)].flat()) {
    const starts = records.flatMap(({ revision }, index) => (revision === 0n ? [index] : []));
    for (const [index, start] of starts.entries()) {
      const ofStream = records.slice(start, starts[index + 1]);
      const events = ofStream.map(({ type, data, metadata }) => ({ type, data, metadata }));
      lines.push(JSON.stringify({ stream: ofStream[0]?.stream, events }));
    }
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
};
