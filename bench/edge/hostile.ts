/**
 * Mixes hostile requests with honest ones, against a whole platform in a process of its own:
 * `node -r ./tests/support/typescript-hook.js bench/edge/hostile.ts [requests [kind…]]`. Needs a system with all of
 * 127.0.0.0/8, such as Linux, so that honest and hostile clients have different addresses.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WaybillProcess } from '../../tests/support/process/waybill-process';
import { startForked, stopForked } from '../forked';
import { inMs, machine, quantile, say, times, whole } from '../measuring';

const ROUNDS = 4;
const HOSTILE_PER_SECOND = 500;
const HONEST_PER_SECOND = 100;
const HONEST_ADDRESS = '127.0.0.2';
const HOSTILE_ADDRESS = '127.0.0.9';
/** Requests are sent before the measurement, because code is slow until it is compiled. A forced collection discards such code. */
const WARM_UP = { addresses: ['127.0.0.7', '127.0.0.8'], requests: 1_000 } as const;
/** The time in which the log-ins of a warm-up are answered. */
const SETTLE_MS = 3_000;
const HEAP_MIB = 512;
const GOALS = { timesSlower: 2, growthMib: 64 };
const MIB = 1024 ** 2;

const root = join(__dirname, '../..');
const program = [
  '--expose-gc',
  `--max-old-space-size=${HEAP_MIB}`,
  ...['-r', join(root, 'tests/support/typescript-hook.js')],
  ...['-r', join(__dirname, 'memory-on-signal.cjs')],
  join(root, 'cli/main.ts'),
];

const page =
  '{ products(first: 20) { edges { node { id sku name price { formatted } availability { available } rating { average } } } } }';
const one = '{ products(first: 1) { edges { node { id name } } } }';

const agent = new Agent({ keepAlive: true, maxSockets: 50, localAddress: HONEST_ADDRESS });

/** @returns the duration of the answer, in milliseconds. */
const askHonestly = (url: string, query: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const headers = { 'content-type': 'application/json' };
    const asked = request(`${url}/graphql`, { agent, method: 'POST', headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`An honest request was answered ${answer.statusCode}`));
      answer.resume().once('end', () => resolve(performance.now() - startedMs));
    });
    asked.once('error', reject);
    asked.end(JSON.stringify({ query }));
  });

/**
 * Sends at a steady rate, whether or not earlier requests are answered, so that a slow server gets no fewer requests.
 */
const honestFor = async (url: string, seconds: number): Promise<readonly number[]> => {
  const asked: Promise<number>[] = [];
  const startedMs = performance.now();
  for (let at = 0; at < seconds * HONEST_PER_SECOND; at += 1) {
    const dueMs = startedMs + (at * 1_000) / HONEST_PER_SECOND;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    asked.push(askHonestly(url, at % 4 === 0 ? page : one));
  }
  return Promise.all(asked);
};

type Memory = { readonly rss: number; readonly inUse: number };

/** Measures memory after a garbage collection. */
const memoryOf = async (platform: WaybillProcess): Promise<Memory> => {
  const linesOf = (): readonly string[] =>
    platform.talk.split('\n').filter((line) => line.startsWith('memory '));
  const before = linesOf().length;
  process.kill(platform.pid, 'SIGUSR2');
  while (linesOf().length === before) await sleep(50);
  return JSON.parse(linesOf().at(-1)?.slice('memory '.length) ?? '') as Memory;
};

const CLOCK_TICKS_PER_SECOND = 100;

/** Returns the seconds of a core that the process has used. */
const cpuSecondsOf = async ({ pid }: WaybillProcess): Promise<number> => {
  const [, rest = ''] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ');
  const [user, system] = rest.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) / CLOCK_TICKS_PER_SECOND;
};

/** `kinds`: places in the list of `hostile-requests.ts`; all if empty. */
type Attack = { readonly requests: number; readonly kinds: readonly string[] };
type Hostile = Awaited<ReturnType<typeof startForked>>;

type Outcomes = Readonly<Record<string, number>>;

/** @returns the outcomes of all requests so far. */
const fire = (hostile: Hostile, count: number): Promise<Outcomes> => {
  const answered = new Promise<Outcomes>((resolve) =>
    hostile.child.once('message', (message) => resolve((message as { outcomes: Outcomes }).outcomes)),
  );
  hostile.child.send({ count });
  return answered;
};

const warmUp = async (url: string, address: string, kinds: readonly string[]): Promise<void> => {
  const hostile = await startForked('edge/hostile-requests.ts', [url, address, ...kinds]);
  await Promise.all([fire(hostile, WARM_UP.requests), honestFor(url, WARM_UP.requests / HOSTILE_PER_SECOND)]);
  await stopForked(hostile);
};

const measure = async (platform: WaybillProcess, url: string, { requests, kinds }: Attack) => {
  const hostile = await startForked('edge/hostile-requests.ts', [url, HOSTILE_ADDRESS, ...kinds]);
  const other = await startForked<{ readonly url: string }>('edge/refusing-server.ts', []);
  const elsewhere = await startForked('edge/hostile-requests.ts', [
    other.ready.url,
    HOSTILE_ADDRESS,
    ...kinds,
  ]);
  const seconds = requests / ROUNDS / HOSTILE_PER_SECOND;
  const quietMs: number[] = [];
  const underFireMs: number[] = [];
  const elsewhereMs: number[] = [];
  const cores = { quiet: 0, underFire: 0 };
  let outcomes: Outcomes = {};
  try {
    const [first, second] = WARM_UP.addresses;
    await warmUp(url, first, kinds);
    const before = await memoryOf(platform);
    await warmUp(url, second, kinds);
    await sleep(SETTLE_MS);
    for (let round = 0; round < ROUNDS; round += 1) {
      const startedAt = await cpuSecondsOf(platform);
      quietMs.push(...(await honestFor(url, seconds)));
      const firedAt = await cpuSecondsOf(platform);
      const answered = fire(hostile, requests / ROUNDS);
      underFireMs.push(...(await honestFor(url, seconds)));
      outcomes = await answered;
      cores.quiet += (firedAt - startedAt) / seconds / ROUNDS;
      cores.underFire += ((await cpuSecondsOf(platform)) - firedAt) / seconds / ROUNDS;
    }
    await sleep(SETTLE_MS);
    const answeredElsewhere = fire(elsewhere, requests / 2);
    elsewhereMs.push(...(await honestFor(url, requests / 2 / HOSTILE_PER_SECOND)));
    await answeredElsewhere;
    const after = await memoryOf(platform);
    return { quietMs, underFireMs, elsewhereMs, cores, outcomes, before, after };
  } finally {
    await Promise.all([hostile, other, elsewhere].map(stopForked));
  }
};

const sorted = (all: readonly number[]): readonly number[] => all.toSorted((a, b) => a - b);
const p99 = (all: readonly number[]): number => quantile(sorted(all), 0.99);
const shown = (all: readonly number[]): string =>
  `${whole(all.length)}, p50 ${inMs(quantile(sorted(all), 0.5))}, p99 ${inMs(p99(all))}`;

const run = async (attack: Attack): Promise<boolean> => {
  const { requests } = attack;
  const directory = await mkdtemp(join(tmpdir(), 'waybill-hostile-'));
  const platform = WaybillProcess.spawn(directory, { WAYBILL_LOG_LEVEL: 'warn' }, ['start'], { program });
  try {
    const url = await platform.ready();
    if (url === undefined) throw new Error(`It did not start: ${platform.talk}`);
    let crashes = 0;
    const ended = platform.ended.then(() => (crashes += 1));
    const measured = await Promise.race([
      measure(platform, url, attack),
      ended.then(() => {
        throw new Error(`The process ended: ${platform.talk.slice(-2_000)}`);
      }),
    ]);
    const { quietMs, underFireMs, elsewhereMs, cores, outcomes, before, after } = measured;
    const ratio = p99(underFireMs) / p99(quietMs);
    const growthMib = (after.inUse - before.inUse) / MIB;
    say(
      `${machine()}, ${new Date().toISOString()}, ${requests} hostile requests, ${HOSTILE_PER_SECOND}/s.\n`,
    );
    say('| what | |\n| --- | --- |');
    say(`| crashes | ${crashes} |`);
    say(`| honest requests, quiet | ${shown(quietMs)} |`);
    say(
      `| honest requests, under fire | ${shown(underFireMs)}, ${times(ratio)} (goal below ${GOALS.timesSlower} ×) |`,
    );
    say(
      `| honest requests, the same fire at another process | ${shown(elsewhereMs)}, ${times(p99(elsewhereMs) / p99(quietMs))} |`,
    );
    say(
      `| cores in use by the platform, quiet and under fire | ${cores.quiet.toFixed(2)}, ${cores.underFire.toFixed(2)} |`,
    );
    say(
      `| memory in use, before and after | ${(before.inUse / MIB).toFixed(1)} MiB, ${(after.inUse / MIB).toFixed(1)} MiB, grown by ${growthMib.toFixed(1)} MiB (goal below ${GOALS.growthMib}) |`,
    );
    say(
      `| resident, before and after | ${(before.rss / MIB).toFixed(0)} MiB, ${(after.rss / MIB).toFixed(0)} MiB |`,
    );
    say(
      `| answers to hostile requests | ${Object.entries(outcomes)
        .map(([what, many]) => `${what}: ${many}`)
        .join(', ')} |`,
    );
    return crashes === 0 && ratio < GOALS.timesSlower && growthMib < GOALS.growthMib;
  } finally {
    await platform.kill();
    await rm(directory, { recursive: true, force: true });
  }
};

run({ requests: Number(process.argv[2] ?? 10_000), kinds: process.argv.slice(3) }).then(
  (isGood) => {
    process.exitCode = isGood ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
