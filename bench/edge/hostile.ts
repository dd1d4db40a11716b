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
import { nodeOptions } from '../../tests/support/node-options';
import { WaybillProcess } from '../../tests/support/process/waybill-process';
import { startForked, stopForked } from '../forked';
import { inMs, machine, median, quantile, say, times, whole } from '../measuring';

const HOSTILE_PER_SECOND = 500;
const FIRE_SECONDS = 2;
const REQUESTS_PER_FIRE = HOSTILE_PER_SECOND * FIRE_SECONDS;
const HONEST_PER_SECOND = 200;
const HONEST_ADDRESS = '127.0.0.2';
/** Each fire comes from an address of its own, because the limits let the first requests of an address do most. */
const hostileAddress = (round: number): string => `127.0.9.${100 + round}`;
/** Fires before the measurement, because code is slow until it is compiled. */
const WARM_UP_FIRES = 2;
/** The fire at another process is measured in one of so many rounds. */
const ROUNDS_PER_CONTROL = 3;
const HEAP_MIB = 512;
const GOALS = { timesSlower: 2, growthMib: 64 };
const MIB = 1024 ** 2;

const root = join(__dirname, '../..');
const program = [
  ...nodeOptions,
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

/** Sends hostile requests from that address. @returns the outcomes of all requests so far. */
const fire = (hostile: Hostile, address: string, count: number): Promise<Outcomes> => {
  const answered = new Promise<Outcomes>((resolve, reject) => {
    const onExit = (): void => reject(new Error('The attacker ended'));
    hostile.child.once('exit', onExit);
    hostile.child.once('message', (message) => {
      hostile.child.off('exit', onExit);
      resolve((message as { outcomes: Outcomes }).outcomes);
    });
  });
  hostile.child.send({ count, address });
  return answered;
};

/** The durations of the honest requests of each round, in milliseconds. */
type Rounds = (readonly number[])[];

/** The rounds without hostile requests, with hostile requests to the same process, and with some to another one. */
type Measured = {
  readonly quiet: Rounds;
  readonly underFire: Rounds;
  readonly elsewhere: Rounds;
  readonly cores: { quiet: number; underFire: number };
  outcomes: Outcomes;
};

const measureRounds = async (
  platform: WaybillProcess,
  {
    url,
    hostile,
    elsewhere,
  }: { readonly url: string; readonly hostile: Hostile; readonly elsewhere: Hostile },
  requests: number,
): Promise<Measured> => {
  const measured: Measured = {
    quiet: [],
    underFire: [],
    elsewhere: [],
    cores: { quiet: 0, underFire: 0 },
    outcomes: {},
  };
  const rounds = Math.ceil(requests / REQUESTS_PER_FIRE);
  for (let round = 0; round < rounds; round += 1) {
    const quietAt = await cpuSecondsOf(platform);
    measured.quiet.push(await honestFor(url, FIRE_SECONDS));
    const fireAt = await cpuSecondsOf(platform);
    const answered = fire(hostile, hostileAddress(round), REQUESTS_PER_FIRE);
    measured.underFire.push(await honestFor(url, FIRE_SECONDS));
    measured.outcomes = await answered;
    const endAt = await cpuSecondsOf(platform);
    measured.cores.quiet += (fireAt - quietAt) / FIRE_SECONDS / rounds;
    measured.cores.underFire += (endAt - fireAt) / FIRE_SECONDS / rounds;
    if (round % ROUNDS_PER_CONTROL !== 0) continue;
    const answeredElsewhere = fire(elsewhere, hostileAddress(round), REQUESTS_PER_FIRE);
    measured.elsewhere.push(await honestFor(url, FIRE_SECONDS));
    await answeredElsewhere;
  }
  return measured;
};

const measure = async (platform: WaybillProcess, url: string, { requests, kinds }: Attack) => {
  const hostile = await startForked('edge/hostile-requests.ts', [url, ...kinds]);
  const other = await startForked<{ readonly url: string }>('edge/refusing-server.ts', []);
  const elsewhere = await startForked('edge/hostile-requests.ts', [other.ready.url, ...kinds]);
  try {
    for (let fires = 1; fires <= WARM_UP_FIRES; fires += 1) {
      await Promise.all([
        fire(hostile, hostileAddress(-fires), REQUESTS_PER_FIRE),
        fire(elsewhere, hostileAddress(-fires), REQUESTS_PER_FIRE),
        honestFor(url, FIRE_SECONDS),
      ]);
    }
    const before = await memoryOf(platform);
    // A forced collection discards compiled code.
    await Promise.all([
      fire(hostile, hostileAddress(-WARM_UP_FIRES - 1), REQUESTS_PER_FIRE),
      honestFor(url, FIRE_SECONDS),
    ]);
    const measured = await measureRounds(platform, { url, hostile, elsewhere }, requests);
    return { ...measured, before, after: await memoryOf(platform) };
  } finally {
    await Promise.all([hostile, other, elsewhere].map(stopForked));
  }
};

const quantileOf = (all: readonly number[], share: number): number =>
  quantile(
    all.toSorted((a, b) => a - b),
    share,
  );
const p99 = (all: readonly number[]): number => quantileOf(all, 0.99);
const medianP99 = (rounds: Rounds): number => median(rounds.map(p99));
const shown = (rounds: Rounds): string =>
  `${whole(rounds.flat().length)} in ${rounds.length} rounds: p50 ${inMs(quantileOf(rounds.flat(), 0.5))}, p99 ${inMs(medianP99(rounds))} in the median round, ${inMs(Math.max(...rounds.map(p99)))} in the worst, ${inMs(p99(rounds.flat()))} of all; p99 of each round: ${rounds.map((round) => p99(round).toFixed(1)).join(' ')}`;

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
    const { quiet, underFire, elsewhere, cores, outcomes, before, after } = measured;
    const ratio = medianP99(underFire) / medianP99(quiet);
    const growthMib = (after.inUse - before.inUse) / MIB;
    say(
      `${machine()}, ${new Date().toISOString()}, ${requests} hostile requests, ${HOSTILE_PER_SECOND}/s.\n`,
    );
    say('| what | |\n| --- | --- |');
    say(`| crashes | ${crashes} |`);
    say(`| honest requests, quiet | ${shown(quiet)} |`);
    say(`| honest requests, under fire | ${shown(underFire)} |`);
    say(`| honest requests, the same fire at another process | ${shown(elsewhere)} |`);
    say(
      `| p99 under fire to quiet | ${times(ratio)} of the median rounds (goal below ${GOALS.timesSlower} ×), ${times(p99(underFire.flat()) / p99(quiet.flat()))} of all requests; elsewhere ${times(medianP99(elsewhere) / medianP99(quiet))} |`,
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
