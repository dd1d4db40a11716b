import { collect, newEvents, newStream } from '../../../tests/support/event-store/new-events';
import { startStoreServer } from '../../../tests/support/event-store/eventstore-server';
import type { StoreServer } from '../../../tests/support/event-store/eventstore-server';
import { certificateFiles, certified } from '../../../tests/support/process/certificates';
import { realClock, realRandom } from '../../clock';
import { silentLogger } from '../../telemetry';
import { openEventStoreDb } from './index';

/** The authentication of the processes of one platform at a shared server of EventStoreDB's protocol. */

const guarded = { credentials: 'ada:love/lace', guardedCategories: new Set(['account']) };
const surroundings = { clock: realClock, random: realRandom, logger: silentLogger };
const servers: StoreServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.remove();
});
const serve = async (options: Parameters<typeof startStoreServer>[0]): Promise<StoreServer> => {
  const server = await startStoreServer(options);
  servers.push(server);
  return server;
};
const open = (user: string, { port }: StoreServer, options = 'tls=false') =>
  openEventStoreDb({ connectionString: `esdb://${user}@localhost:${port}?${options}`, ...surroundings });

describe('a user and password in the URL of the event store', () => {
  it.each([
    ['without TLS, which the client by itself does not do', {}, 'tls=false'],
    [
      'over TLS',
      { tls: { cert: certified.certificate, key: certified.key } },
      `tls=true&tlsCAFile=${certificateFiles.authority}`,
    ],
  ])('are shown by every call (%s)', async (_, tls, options) => {
    const store = await open('ada:love%2Flace', await serve({ ...guarded, ...tls }), options);
    const stream = newStream('account');
    const events = newEvents(2);
    expect(await store.append(stream, 'no-stream', events)).toMatchObject({ kind: 'appended', revision: 1n });
    expect(await collect(store.read(stream))).toHaveLength(2);
    expect(await collect(store.readAll())).toHaveLength(2);
    const stop = new AbortController();
    for await (const batch of store.subscribe({ signal: stop.signal }))
      if (batch.events.length > 0) stop.abort();
    expect(await store.tombstone(stream, 1n)).toMatchObject({ kind: 'appended' });
    await store.close();
  });

  it('that are wrong are reported, and nothing is written', async () => {
    const server = await serve(guarded);
    const store = await open('ada:byron', server);
    const stream = newStream('account');
    await expect(store.append(stream, 'no-stream', newEvents(1))).rejects.toMatchObject({
      message: expect.stringContaining('user name and password') as string,
    });
    await store.close();
    expect(server.store.raw.standing(stream).revision).toBe(-1);
  });
});
