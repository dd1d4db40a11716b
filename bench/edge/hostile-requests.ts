/**
 * Sends the requests of an attacker: `hostile-requests.ts URL [KIND…]`. A kind is a place in the list of kinds below; all kinds
 * are sent unless some are given. Each message makes it send `count` requests from `address`, 500 a second; it answers with the
 * outcomes.
 */
import { readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { getIntrospectionQuery } from 'graphql';
import WebSocket from 'ws';

const PER_SECOND = 500;
const SOCKETS = 50;
const PING_BYTES = 60_000;

// The attacker shares the machine, and must not take the processor time of what is measured. Linux sets the priority of one thread.
for (const thread of readdirSync('/proc/self/task')) setPriority(Number(thread), 10);

const [url = '', ...chosen] = process.argv.slice(2);
let localAddress = '';
let agent = new Agent();

/** Sends all further requests from that address, over connections of its own. */
const moveTo = (address: string): void => {
  if (address === localAddress) return;
  agent.destroy();
  for (const socket of sockets.values()) socket.terminate();
  sockets.clear();
  localAddress = address;
  agent = new Agent({ keepAlive: true, maxSockets: 200, localAddress });
};

/** The number of each status code; `none` where the connection broke. */
const outcomes = new Map<string, number>();
const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

const send = (
  path: string,
  body: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> =>
  new Promise((resolve) => {
    const method = body === undefined ? 'GET' : 'POST';
    const asked = request(
      `${url}${path}`,
      { agent, method, headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        count(String(answer.statusCode));
        answer.resume().once('close', resolve);
      },
    );
    asked.once('error', () => {
      count('none');
      resolve();
    });
    asked.end(body);
  });

const ask = (query: string): Promise<void> => send('/graphql', JSON.stringify({ query }));

const sockets = new Map<number, WebSocket>();

/** Returns a connection that never reads, or opens a new one after the server has closed it. */
const socketAt = async (place: number): Promise<WebSocket | undefined> => {
  const known = sockets.get(place);
  if (known?.readyState === WebSocket.OPEN) return known;
  const opened = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    localAddress,
  });
  sockets.set(place, opened);
  return new Promise((resolve) => {
    opened.once('open', () => {
      opened.pause();
      resolve(opened);
    });
    opened.once('error', () => resolve(undefined));
    opened.once('unexpected-response', () => resolve(undefined));
  });
};

const ping = JSON.stringify({ type: 'ping', payload: { filler: 'x'.repeat(PING_BYTES) } });

const pingUnread = async (at: number): Promise<void> => {
  const socket = await socketAt(at % SOCKETS);
  count(socket ? 'ping sent' : 'socket refused');
  socket?.send(ping, () => undefined);
};

const distinct = (at: number): string =>
  `query Q${at} { product(id: "x${at}") { ${'id sku name description '.repeat(220)} } }`;
const wide =
  '{ products(first: 100) { edges { node { id sku name price { formatted } reviews(first: 10) { edges { node { rating text } } } } } } }';
const wrongLogIn = (at: number): string =>
  `mutation { logIn(input: { email: "someone${at}@example.com", password: "not this one" }) { __typename } }`;
const forged = JSON.stringify({
  specversion: '1.0',
  type: 'carrier.truck.arrived',
  data: { filler: 'x'.repeat(500) },
});
const forgedHeaders = (at: number) => ({
  'webhook-id': `m${at}`,
  'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
  'webhook-signature': 'v1,Zm9yZ2VkIGFzIGNhbiBiZSwgYW5kIG5vdGhpbmcgZWxzZQ==',
});

const kinds: readonly ((at: number) => Promise<void>)[] = [
  (at) => ask(distinct(at)),
  () => ask(getIntrospectionQuery()),
  (at) => ask(`${getIntrospectionQuery()} #${at}`),
  () => ask(wide),
  (at) => ask(`${distinct(at)} {`),
  (at) => ask(distinct(at).replace('product', 'nothing')),
  (at) => ask(`{ __typename } #${'x'.repeat(60_000)}${at}`),
  (at) => ask(wrongLogIn(at)),
  (at) => send('/webhooks/ups', forged, forgedHeaders(at)),
  () => send('/metrics', undefined),
  () => send('/health/ready', undefined),
  pingUnread,
];

const sentKinds =
  chosen.length === 0 ? kinds : kinds.filter((_kind, place) => chosen.includes(String(place)));

let sent = 0;

type Fire = { readonly count: number; readonly address: string };

const sendMany = async (many: number): Promise<void> => {
  const underWay = new Set<Promise<void>>();
  const startedMs = performance.now();
  for (let at = 0; at < many; at += 1) {
    const waitMs = startedMs + (at * 1_000) / PER_SECOND - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    const going = sentKinds[sent % sentKinds.length]?.(sent) ?? Promise.resolve();
    underWay.add(going);
    void going.finally(() => underWay.delete(going));
    sent += 1;
  }
  await Promise.race([Promise.all(underWay), sleep(10_000)]);
};

process.on('message', ({ count: many, address }: Fire) => {
  moveTo(address);
  void sendMany(many).then(() => process.send?.({ outcomes: Object.fromEntries(outcomes) }));
});
process.on('disconnect', () => process.exit());
process.send?.({});
