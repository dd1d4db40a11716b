import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventStoreServer } from '../../../gateways/eventstore';
import type { EventStoreServer } from '../../../gateways/eventstore';
import { eventStoreContract } from '../../../tests/contract/event-store.contract';
import { realClock, realRandom } from '../../clock';
import { openEmbeddedEventStore } from '../embedded';
import type { EmbeddedEventStore } from '../embedded';
import { openEventStoreDb } from './index';

let directory: string;
let embedded: EmbeddedEventStore;
let server: EventStoreServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-esdb-'));
  embedded = await openEmbeddedEventStore({ directory, clock: realClock });
  server = await startEventStoreServer({
    store: embedded,
    host: '127.0.0.1',
    port: 0,
    clock: realClock,
    random: realRandom,
  });
});
afterAll(async () => {
  await server.close();
  await embedded.close();
  await rm(directory, { recursive: true });
});

const open = () =>
  openEventStoreDb({
    connectionString: `esdb://127.0.0.1:${server.port}?tls=false`,
    clock: realClock,
    random: realRandom,
  });

describe('EventStoreDB through the port', () => {
  eventStoreContract(open);
});
