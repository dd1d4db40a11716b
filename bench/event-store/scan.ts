/**
 * Measures a scan of all events with personal data sealed, open as stored by earlier versions, and without the layer:
 * `node -r ./tests/support/typescript-hook.js bench/event-store/scan.ts [orders]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { personalData } from '../../cli/composition/aggregates';
import { realClock, realRandom } from '../../platform/clock';
import {
  openBulkWriter,
  openEmbeddedHistory,
  streamName,
  type RecordedEvent,
} from '../../platform/event-store';
import {
  keyCache,
  openEmbeddedPersonKeys,
  openingHistory,
  personalEvents,
} from '../../platform/personal-data';
import { customerId } from '../../tests/support/domain/shipments';
import { asNew, storyOf } from './order-story';

const ROUNDS = 5;
const CUSTOMERS = 2_000;
const orders = Number(process.argv[2] ?? 10_000);

const eventsOfOrder = (customer: string): readonly RecordedEvent[] => {
  const [orderId, shipmentId] = [randomUUID(), randomUUID()];
  const story = storyOf({ orderId, shipmentId }, { [customerId]: customer });
  return (['order', 'shipment'] as const).flatMap((category) =>
    story[category].map((fact, revision) => ({
      ...asNew(fact),
      stream: streamName(category, category === 'order' ? orderId : shipmentId),
      revision: BigInt(revision),
      position: '' as RecordedEvent['position'],
      recordedAt: realClock.now(),
    })),
  );
};

const measure = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-scan-'));
  const keys = await openEmbeddedPersonKeys(folder, { random: realRandom });
  const layer = () => personalEvents(personalData, keyCache(keys, realClock), realRandom);
  const sealer = layer();
  const people = Array.from({ length: CUSTOMERS }, () => randomUUID());
  await keys.make(people.slice(0, 1_000));
  const stores = { plain: join(folder, 'plain'), sealed: join(folder, 'sealed') };
  for (const [kind, path] of Object.entries(stores)) {
    await rm(path, { recursive: true, force: true });
    await mkdtemp(join(folder, 'unused-'));
    const { mkdir } = await import('node:fs/promises');
    await mkdir(path);
    const writer = openBulkWriter(path);
    for (let order = 0; order < orders; order += 100) {
      const events = Array.from({ length: 100 }, (_, index) =>
        eventsOfOrder(people[(order + index) % CUSTOMERS]!),
      ).flat();
      writer.append(kind === 'sealed' ? await sealer.seal(events) : events);
    }
    writer.close();
  }
  const scan = async (path: string, opens: boolean): Promise<number> => {
    const raw = openEmbeddedHistory(path);
    const history = opens ? openingHistory(raw, layer()) : raw;
    const begun = realClock.monotonicMs();
    let count = 0;
    for await (const { data } of history.readAll()) count += data === undefined ? 0 : 1;
    const took = realClock.monotonicMs() - begun;
    await raw.close();
    return count / took;
  };
  const rates: Record<string, number[]> = { bare: [], bareSealed: [], plain: [], sealed: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates['bare']!.push(await scan(stores.plain, false));
    rates['bareSealed']!.push(await scan(stores.sealed, false));
    rates['plain']!.push(await scan(stores.plain, true));
    rates['sealed']!.push(await scan(stores.sealed, true));
  }
  const best = (name: string): number => Math.max(...rates[name]!);
  for (const name of Object.keys(rates))
    console.log(
      `${name}: ${Math.round(best(name))} events/ms, ${(best(name) / best('bare')).toFixed(2)} of bare`,
    );
  await keys.close();
  await rm(folder, { recursive: true });
};

void measure();
