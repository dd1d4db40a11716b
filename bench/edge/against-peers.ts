import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { cpuOfForked, startForked, stopForked } from '../forked';
import { inTurns } from '../measuring';
import { products, productsForPeers } from './products';

const root = join(__dirname, '../..');
const CONNECTIONS = 50;

type Fired = {
  readonly requests: { readonly average: number; readonly total: number };
  readonly latency: { readonly p99: number };
  readonly non2xx: number;
  readonly errors: number;
};
type Autocannon = (options: {
  readonly url: string;
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly duration: number;
}) => Promise<Fired>;

// eslint-disable-next-line @typescript-eslint/no-require-imports -- it has no types of its own
const autocannon = require('autocannon') as Autocannon;

const fields =
  'id sku name price { amountMinor currency formatted } availability { onHand available } rating { average count }';

const questions = {
  'a page of 20 products': {
    query: `query Page($first: Int!) { products(first: $first) { edges { node { ${fields} } } pageInfo { hasNextPage } } }`,
    variables: { first: 20 },
  },
  'one product': {
    query: `query One($id: ID!) { product(id: $id) { ${fields} } }`,
    variables: { id: products[500]?.id },
  },
} as const;

export type Question = keyof typeof questions;

const headers = { 'content-type': 'application/json' };

type Server = { readonly name: string; readonly url: string; readonly child: ChildProcess };

/** Starts a server in its own process. */
const start = async (name: string, file: string, args: readonly string[]): Promise<Server> => {
  const { child, ready } = await startForked<{ readonly url: string }>(file, args);
  return { name, url: ready.url, child };
};

const askOnce = async ({ url }: Server, question: Question): Promise<unknown> => {
  const body = JSON.stringify(questions[question]);
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.json();
};

/** Makes sure that all servers give the same answer, so that they do the same work. */
const checkAnswers = async (servers: readonly Server[], question: Question): Promise<void> => {
  const [expected, ...others] = await Promise.all(servers.map((server) => askOnce(server, question)));
  for (const [index, answer] of others.entries()) {
    if (!isDeepStrictEqual(answer, expected))
      throw new Error(`${servers[index + 1]?.name ?? ''} answers ${JSON.stringify(answer)}`);
  }
};

export type Answered = { readonly perSecond: number; readonly p99Ms: number; readonly cpuMicros: number };

const fire = async (server: Server, question: Question, roundMs: number): Promise<Answered> => {
  const { name, url } = server;
  const cpuBefore = await cpuOfForked(server);
  const result = await autocannon({
    url,
    method: 'POST',
    headers,
    body: JSON.stringify(questions[question]),
    connections: CONNECTIONS,
    duration: roundMs / 1_000,
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${name} failed under load`);
  const cpuMicros = ((await cpuOfForked(server)) - cpuBefore) / result.requests.total;
  return { perSecond: result.requests.average, p99Ms: result.latency.p99, cpuMicros };
};

export type EdgeComparison = {
  readonly question: Question;
  /** By server, one entry a round. */
  readonly answered: ReadonlyMap<string, readonly Answered[]>;
};

export const servers = {
  edge: 'Waybill edge, documents in memory',
  edgeEmbedded: 'Waybill edge, embedded read models',
  mercurius: 'Mercurius, bare',
  mercuriusCompiled: 'Mercurius, bare, compiling queries',
  apollo: 'Apollo Server, standalone',
} as const;

const startAll = async (directory: string): Promise<readonly Server[]> => {
  const productsFile = join(directory, 'products.json');
  await writeFile(productsFile, JSON.stringify(productsForPeers()));
  const catalogue = [join(root, 'docs/reference/schema.graphql'), productsFile];
  return Promise.all([
    start(servers.edge, 'edge/serve-edge.ts', ['memory']),
    start(servers.edgeEmbedded, 'edge/serve-edge.ts', ['embedded', directory]),
    start(servers.mercurius, 'peers/serve-mercurius.cjs', catalogue),
    start(servers.mercuriusCompiled, 'peers/serve-mercurius.cjs', [...catalogue, '3']),
    start(servers.apollo, 'peers/serve-apollo.cjs', catalogue),
  ]);
};

/** Compares the same queries over the same documents by HTTP, one server at a time while the others are idle. */
export const compareEdges = async (rounds: number, roundMs: number): Promise<readonly EdgeComparison[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const all = await startAll(directory);
  try {
    const comparisons: EdgeComparison[] = [];
    for (const question of Object.keys(questions) as Question[]) {
      await checkAnswers(all, question);
      const turns = all.map((server) => () => fire(server, question, roundMs));
      await inTurns(1, turns);
      const measured = await inTurns(rounds, turns);
      const answered = new Map(all.map(({ name }, index) => [name, measured[index] ?? []]));
      comparisons.push({ question, answered });
    }
    return comparisons;
  } finally {
    await Promise.all(all.map(stopForked));
    await rm(directory, { recursive: true });
  }
};
