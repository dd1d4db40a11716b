import { eventStoreContract } from '../../../tests/contract/event-store.contract';
import { startStoreServer, type StoreServer } from '../../../tests/support/event-store/eventstore-server';
import { realClock, realRandom } from '../../clock';
import { openEventStoreDb } from './index';

describe.each([
  ['', {}],
  [' that ends slow live subscriptions, as EventStoreDB does', { liveBufferMax: 32 }],
])('EventStoreDB through the port, on a server in this process%s', (_, options) => {
  let server: StoreServer;
  beforeAll(async () => {
    server = await startStoreServer(options);
  });
  afterAll(() => server.remove());

  eventStoreContract(() =>
    openEventStoreDb({ connectionString: server.url, clock: realClock, random: realRandom }),
  );
});
