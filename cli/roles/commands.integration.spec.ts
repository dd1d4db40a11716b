import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProductId, WarehouseId } from '../../domain/kernel';
import { order } from '../../domain/order';
import { stock } from '../../domain/stock';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore, streamName, type EmbeddedEventStore } from '../../platform/event-store';
import { memoryReadModels } from '../../platform/read-models';
import { createMetricsRegistry, silentLogger } from '../../platform/telemetry';
import { uuidV7 } from '../../platform/ids';
import { cancelled, orderId, placed } from '../../tests/support/domain/orders';
import { eventually } from '../../tests/support/time/eventually';
import { noErasures } from '../../tests/support/commands/people';
import { commandExecution } from './commands';

const runtime = { clock: realClock, random: realRandom, logger: silentLogger };
const metadata = { $correlationId: 'c', $causationId: 'c', actor: 'system:test', schema: 1 } as const;
const context = (commandId: string) => ({
  ...{ commandId, correlationId: 'c' },
  principal: { kind: 'system', id: 'test', roles: [] } as const,
});

let directory: string;
let store: EmbeddedEventStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'command-execution-'));
  store = await openEmbeddedEventStore({ directory, ...runtime });
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

it('sees events that other programs append over the port of the event store', async () => {
  const config = {
    ...{
      dataDir: directory,
      timeZone: 'UTC',
      paymentStatements: undefined,
      paymentCapture: 'at-order' as const,
    },
    paymentWindowSeconds: 60,
    taxCountry: undefined,
    eventStorePort: 0,
    webhooksLoopback: false,
  };
  const metrics = createMetricsRegistry();
  const engines = { store, embeddedStore: store, readModels: memoryReadModels(), ...noErasures };
  const execution = commandExecution({ engines, config, metrics, runtime });
  const { aggregates, commands } = execution;
  const stream = streamName('order', orderId);
  await store.append(stream, 'no-stream', [
    { id: 'c3a6a30e-0000-5000-8000-000000000001', ...placed, metadata },
  ]);
  expect(await aggregates.of(order).load(orderId)).toMatchObject({ progress: 'PLACED' });
  const gone = {
    id: 'c3a6a30e-0000-5000-8000-000000000002',
    ...cancelled('requested-by-customer'),
    metadata,
  };
  await store.append(stream, 0n, [gone]);
  const confirm = { type: 'ConfirmReceipt', orderId, at: realClock.now() } as const;
  expect(await aggregates.of(order).execute(orderId, confirm, context('confirm'))).toMatchObject({
    rejection: { status: 'CANCELLED' },
  });
  await commands.close();
});

it('loads a long stock from its snapshot after a restart, and shows that in its metrics', async () => {
  const goods = { warehouseId: 1 as WarehouseId, productId: 'lamp' as ProductId };
  const config = {
    ...{
      dataDir: directory,
      timeZone: 'UTC',
      paymentStatements: undefined,
      paymentCapture: 'at-order' as const,
    },
    paymentWindowSeconds: 60,
    taxCountry: undefined,
    eventStorePort: undefined,
    webhooksLoopback: false,
  };
  const engines = () => ({ store, embeddedStore: store, readModels: memoryReadModels(), ...noErasures });
  const start = () => {
    const metrics = createMetricsRegistry();
    const execution = commandExecution({ engines: engines(), config, metrics, runtime });
    const count = async (outcome: string): Promise<number> => {
      const { values } = await metrics.getSingleMetric('waybill_snapshots_total')!.get();
      return values.find(({ labels }) => labels['outcome'] === outcome)?.value ?? 0;
    };
    return { ...execution, count };
  };
  const first = start();
  const receive = { type: 'ReceiveStock', ...goods, quantity: 1, at: realClock.now() } as const;
  await Promise.all(
    Array.from({ length: 600 }, () =>
      first.aggregates.of(stock).execute('1-lamp', receive, context(uuidV7(realClock, realRandom))),
    ),
  );
  await eventually(async () => (await first.count('written')) === 1);
  const gauges = await Promise.all((first.metrics ?? []).map(async ({ name, read }) => [name, await read()]));
  expect(Object.fromEntries(gauges)).toMatchObject({
    waybill_stream_cache_streams: [{ value: 1 }],
    waybill_stream_longest_events: [{ labels: { category: 'stock' }, value: 600 }],
  });
  const second = start();
  expect(await second.aggregates.of(stock).load('1-lamp')).toMatchObject({ onHand: 600 });
  expect(await second.count('used')).toBe(1);
});
