import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantOf, epochMsOf, type Instant } from '../../domain/kernel';
import { realClock, realRandom } from '../../platform/clock';
import { memoryEventStore, openEmbeddedHistory, streamName } from '../../platform/event-store';
import { silentLogger } from '../../platform/telemetry';
import { foldDocument } from '../../platform/projections';
import { orderAsOf } from '../../projections/as-of';
import { orderDetails, type OrderDetails } from '../../projections/order-details';
import { orderId, paid, paymentId, paymentRequested, placed } from '../../tests/support/domain/orders';
import { event, shipmentId } from '../../tests/support/domain/shipments';
import { collect, newEvent } from '../../tests/support/event-store/new-events';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { openHistory } from '../composition/engines';
import { fillFolder } from '../backup/fresh-folder';
import { forkHistory } from './fork-history';

const begun = '2026-11-02T09:00:00.000Z' as Instant;
const after = (ms: number): Instant => instantOf(epochMsOf(begun) + ms);
const runtime = { clock: realClock, random: realRandom, logger: silentLogger };
const watched = { signal: new AbortController().signal, onProgress: () => undefined, runtime };

const history = async () => {
  const store = memoryEventStore(createVirtualClock());
  const append = async (
    [category, id]: readonly [string, string],
    revision: bigint | 'no-stream',
    type: string,
    data: object,
  ) => store.append(streamName(category, id), revision, [newEvent(data, type)]);
  await append(['order', orderId], 'no-stream', placed.type, { ...placed.data, placedAt: after(0) });
  await append(['payment', paymentId], 'no-stream', paymentRequested.type, {
    ...paymentRequested.data,
    requestedAt: after(7),
  });
  await append(['order', orderId], 0n, paid.type, { ...paid.data, paidAt: after(20) });
  const { created, packed, delivered } = event;
  await append(['shipment', shipmentId], 'no-stream', created.type, {
    ...created.data,
    createdAt: after(25),
  });
  await append(['shipment', shipmentId], 0n, packed.type, { ...packed.data, packedAt: after(31) });
  await append(['shipment', shipmentId], 1n, delivered.type, { ...delivered.data, deliveredAt: after(39) });
  return store;
};

describe('a fork of a history', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-fork-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const forkAt = (store: Awaited<ReturnType<typeof history>>, at: Instant, name: string) =>
    fillFolder(join(folder, name), (into) => forkHistory(store, { from: 'here', at, into }, watched));

  it('has the order that time travel shows of the moment, at each moment', async () => {
    const store = await history();
    const now = foldDocument(orderDetails, orderId, await collect(store.readAll())) as OrderDetails;
    expect(now.timeline).toHaveLength(6);
    for (const [index, { at }] of now.timeline.entries()) {
      const mark = await forkAt(store, at, String(index));
      expect(mark).toEqual({ from: 'here', at, events: index + 1 });
      const dataDir = join(folder, String(index));
      const fork = await openHistory({ eventStore: 'embedded', readModels: 'embedded', dataDir }, runtime);
      const forked = foldDocument(orderDetails, orderId, await collect(fork.readAll()));
      expect(forked).toEqual(await orderAsOf(store, now, at));
      await fork.close();
    }
  });

  it('has no personal data but sealed with keys of its own', async () => {
    const store = await history();
    await forkAt(store, after(0), 'one');
    const stored = openEmbeddedHistory(join(folder, 'one'));
    const [event] = await collect(stored.readAll());
    await stored.close();
    expect(event).toMatchObject({ data: { destination: { $sealed: expect.any(String) as string } } });
  });

  it('is not made of a moment before anything had happened, and leaves nothing', async () => {
    const store = await history();
    await expect(forkAt(store, after(-1), 'early')).rejects.toMatchObject({ code: 'MOMENT_BEFORE_HISTORY' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not made in a folder that has something in it', async () => {
    const store = await history();
    await forkAt(store, after(0), 'one');
    await expect(forkAt(store, after(0), 'one')).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' });
  });
});
