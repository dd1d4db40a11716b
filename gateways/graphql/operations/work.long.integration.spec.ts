import { createClient } from 'graphql-ws';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket from 'ws';
import { ids, startEdge, type EdgeSettings } from '../../../tests/support/graphql/edge';
import { heapMib } from '../../../tests/support/time/heap';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';

const open: ReturnType<typeof startEdge>[] = [];
const start = (settings: EdgeSettings = {}) => {
  const edge = startEdge(settings);
  open.push(edge);
  return edge;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ app }) => app.close()));
});

const workRate = { perSecond: 1_000, burst: 3_000, clientsMax: 10 };
const dear =
  '{ products(first: 100) { edges { node { id sku name reviews(first: 10) { edges { cursor } } } } } }';
const introspection = '{ __schema { types { name fields { name } } } }';

describe('work for an address', () => {
  it('is refused while it owes for earlier work, and done again when that is paid', async () => {
    const clock = createVirtualClock();
    const { ask } = start({ clock, limits: { workRate } });
    expect((await ask(dear)).status).toBe(200);
    const refused = await ask('{ me { id } }');
    const [error] = refused.errors ?? [];
    expect([refused.status, error?.extensions.code]).toEqual([429, 'RATE_LIMITED']);
    const seconds = error?.extensions['retryAfterSeconds'] as number;
    expect(seconds).toBeGreaterThan(0);
    await clock.advance(seconds * 1_000);
    expect((await ask('{ me { id } }')).status).toBe(200);
  });

  it('tells by a header, too, when to try again', async () => {
    const slow = { ...workRate, perSecond: 100 };
    const { ask, app } = start({ clock: createVirtualClock(), limits: { workRate: slow } });
    await ask(dear);
    const payload = { query: '{ me { id } }' };
    const { headers } = await app.inject({ method: 'POST', url: '/graphql', payload });
    expect(Number(headers['retry-after'])).toBeGreaterThan(1);
  });

  it('is refused before the body of the request is read', async () => {
    const { ask, app } = start({ clock: createVirtualClock(), limits: { workRate } });
    await app.listen({ port: 0, host: '127.0.0.1' });
    await ask(dear);
    const { port } = app.server.address() as AddressInfo;
    const headers = { 'content-type': 'application/json', 'content-length': 60_000 };
    const sending = request({ host: '127.0.0.1', port, path: '/graphql', method: 'POST', headers });
    const status = new Promise((resolve, reject) => {
      sending.once('response', ({ statusCode }) => resolve(statusCode)).once('error', reject);
    });
    sending.flushHeaders();
    expect(await status).toBe(429);
    sending.destroy();
  });

  it('is charged to the address of any caller there, and to no other', async () => {
    const { ask, tokenOf } = start({ clock: createVirtualClock(), trustProxy: true, limits: { workRate } });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    await ask(dear, { headers: from('203.0.113.1') });
    const as = await tokenOf(ids.ada, 'customer');
    expect((await ask('{ me { id } }', { as, headers: from('203.0.113.1') })).status).toBe(429);
    expect((await ask('{ me { id } }', { headers: from('203.0.113.2') })).status).toBe(200);
  });

  it.each([
    ['a syntax error', `{ ${'me '.repeat(1_000)}`],
    ['a document that does not fit the schema', `{ nothing { ${'id '.repeat(1_000)} } }`],
    ['a long body', `{ me { id } } #${'x'.repeat(60_000)}`],
    ['an introspection', introspection],
  ])('is paid for %s', async (_what, query) => {
    const rate = { ...workRate, perSecond: 0.001, burst: 1_000 };
    const { ask } = start({ clock: createVirtualClock(), limits: { workRate: rate } });
    await ask(query);
    expect((await ask('{ me { id } }')).status).toBe(429);
  });

  it('is one share for both endpoints', async () => {
    const { ask, app } = start({ clock: createVirtualClock(), limits: { workRate } });
    await app.listen({ port: 0, host: '127.0.0.1' });
    await ask(dear);
    const { port } = app.server.address() as AddressInfo;
    const client = createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const first = client.iterate({ query: '{ me { id } }' }).next();
    await expect(first).rejects.toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    await client.dispose();
  });
});

it('the same introspection costs little the second time', async () => {
  const rate = { perSecond: 0.001, burst: 100_000, clientsMax: 10 };
  const { ask } = start({ clock: createVirtualClock(), limits: { workRate: rate } });
  const first = await ask(introspection);
  for (let time = 0; time < 9; time += 1) expect(await ask(introspection)).toEqual(first);
});

it('an address has so many operations running, so many waiting, and no more', async () => {
  const finish: (() => void)[] = [];
  const { ask, tokenOf } = start({
    limits: { inFlightPerAddress: { concurrentMax: 2, waitingMax: 1 } },
    projections: () => new Promise((resolve) => finish.push(() => resolve([]))),
  });
  const as = await tokenOf(ids.sam, 'staff');
  const asked = Array.from({ length: 4 }, () => ask('{ projections { name } }', { as }));
  // The fourth is refused while the others run or wait.
  const refused = await Promise.race(asked);
  expect([refused.status, refused.errors?.[0]?.extensions.code]).toEqual([429, 'RATE_LIMITED']);
  while (finish.length < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(finish.length).toBe(2);
  finish.splice(0).forEach((go) => go());
  while (finish.length === 0) await new Promise((resolve) => setImmediate(resolve));
  finish.splice(0).forEach((go) => go());
  const answers = await Promise.all(asked);
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 200, 429]);
});

it('many operations of an address do not delay an operation of another one', async () => {
  const { ask } = start({ trustProxy: true });
  const answered: string[] = [];
  const askFrom = async (address: string): Promise<void> => {
    await ask('{ products(first: 5) { edges { cursor } } }', { headers: { 'x-forwarded-for': address } });
    answered.push(address);
  };
  // A new document waits for its own turn to be parsed.
  await askFrom('203.0.113.1');
  await Promise.all([...Array.from({ length: 30 }, () => askFrom('203.0.113.1')), askFrom('203.0.113.2')]);
  expect(answered.slice(1).indexOf('203.0.113.2')).toBeLessThan(10);
});

it('memory stays bounded with any number of documents that are each requested again', async () => {
  const plenty = { perSecond: 1e9, burst: 1e9, clientsMax: 10 };
  const MIB = 1024 * 1024;
  const { ask } = start({
    limits: {
      ...{ rate: plenty, workRate: plenty, compiledEachBytesMax: MIB },
      ...{ documentsKeptBytesMax: 4 * MIB, compiledBytesMax: 4 * MIB },
    },
  });
  const askFor = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += 1) {
      const query = `query Q${at} { product(id: "x") { ${'id sku name '.repeat(250)} } }`;
      // Often enough to be compiled.
      for (let time = 0; time < 5; time += 1) expect((await ask(query)).status).toBe(200);
    }
  };
  await askFor(0, 10);
  const beforeMib = heapMib();
  await askFor(10, 35);
  // Each would take some 400 KiB to be kept, and as much again to be compiled: 20 MiB.
  expect(heapMib() - beforeMib).toBeLessThan(12);
}, 60_000);
