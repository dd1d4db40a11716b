import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { order } from '../../domain/order';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore, streamName, type EmbeddedEventStore } from '../../platform/event-store';
import { createMetricsRegistry, silentLogger } from '../../platform/telemetry';
import { cancelled, orderId, placed } from '../../tests/support/domain/orders';
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
  const config = { paymentWindowSeconds: 60, eventStorePort: 0 };
  const metrics = createMetricsRegistry();
  const execution = commandExecution({ store, embeddedStore: store, config, metrics, runtime });
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
