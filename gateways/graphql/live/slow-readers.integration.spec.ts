import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import WebSocket from 'ws';
import type { Millis } from '../../../domain/kernel';
import { startEdge, type EdgeSettings } from '../../../tests/support/graphql/edge';
import { eventually } from '../../../tests/support/time/eventually';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const listen = async (settings: EdgeSettings) => {
  const edge = startEdge(settings);
  await edge.app.listen({ port: 0, host: '127.0.0.1' });
  closing.push(() => edge.app.close());
  return { edge, port: (edge.app.server.address() as AddressInfo).port };
};

const openSocket = async (port: number): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  closing.push(() => socket.terminate());
  socket.on('error', () => undefined);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  return socket;
};

const metricOf = async ({ deps }: ReturnType<typeof startEdge>, line: string): Promise<number> => {
  const shown = await deps.metrics.metrics();
  const found = shown.split('\n').find((each) => each.startsWith(`${line} `));
  return Number(found?.split(' ').at(-1) ?? 0);
};

/** Far more than the kernel keeps for a connection. */
const MESSAGES = 600;
const long = 'x'.repeat(60_000);
const roomy = { perSecond: 1e9, burst: 1e9, clientsMax: 10 };

describe('a WebSocket whose client does not read', () => {
  it.each([
    ['answers to pings', () => ({ type: 'ping', payload: { long } })],
    ['errors', (at: number) => ({ type: 'subscribe', id: `${at}${long}`, payload: { query: '{' } })],
    [
      'results',
      (at: number) => ({ type: 'subscribe', id: `${at}${long}`, payload: { query: '{ __typename }' } }),
    ],
  ])('is closed when too many bytes of %s wait for it', async (_what, messageAt) => {
    const { edge, port } = await listen({ limits: { socketWaitingBytesMax: 100_000, rate: roomy } });
    const socket = await openSocket(port);
    socket.pause();
    for (let at = 0; at < MESSAGES; at += 1) socket.send(JSON.stringify(messageAt(at)));
    await eventually(async () => (await metricOf(edge, 'waybill_graphql_sockets')) === 0);
    expect(await metricOf(edge, 'waybill_edge_refusals_total{reason="unread"}')).toBe(1);
  });

  it('stays open as long as its client reads', async () => {
    const { edge, port } = await listen({ limits: { socketWaitingBytesMax: 100_000, rate: roomy } });
    const socket = await openSocket(port);
    for (let at = 0; at < 50; at += 1) {
      socket.send(JSON.stringify({ type: 'ping', payload: { long } }));
      await once(socket, 'message');
    }
    expect(await metricOf(edge, 'waybill_graphql_sockets')).toBe(1);
  });
});

it('pings of the WebSocket protocol count as messages', async () => {
  const { port } = await listen({ limits: { rate: { ...roomy, perSecond: 0.001, burst: 5 } } });
  const socket = await openSocket(port);
  const closed = once(socket, 'close');
  for (let at = 0; at < 10; at += 1) socket.ping();
  expect((await closed)[0]).toBe(4429);
});

it('a long message counts as several', async () => {
  const { port } = await listen({ limits: { rate: { ...roomy, perSecond: 0.001, burst: 20 } } });
  const socket = await openSocket(port);
  const closed = once(socket, 'close');
  for (let at = 0; at < 2; at += 1) socket.send(JSON.stringify({ type: 'ping', payload: { long } }));
  expect((await closed)[0]).toBe(4429);
});

it('what comes after the message that closed a connection is not done', async () => {
  const { edge, port } = await listen({});
  edge.commands.accept('logOut', {});
  const socket = await openSocket(port);
  const closed = once(socket, 'close');
  socket.send('rubbish');
  const query = 'mutation { logOut(input: { refreshToken: "x" }) { __typename } }';
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
  expect((await closed)[0]).toBe(4400);
  expect(edge.commands.sent).toEqual([]);
});

it('an HTTP connection on which nothing moves any more is closed', async () => {
  const { port } = await listen({ limits: { stalledMs: 50 as Millis } });
  const socket = connect(port, '127.0.0.1');
  closing.push(() => socket.destroy());
  socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\n');
  await once(socket, 'close');
});

it('an address has so many HTTP connections', async () => {
  const { port } = await listen({ limits: { connectionsPerAddressMax: 2 } });
  const open = async () => {
    const socket = connect(port, '127.0.0.1');
    closing.push(() => socket.destroy());
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const first = await open();
  await open();
  await once(await open(), 'close');
  first.destroy();
  await eventually(async () => {
    const socket = await open();
    socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const [answer] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [unknown];
    return String(answer).includes('200');
  });
});
