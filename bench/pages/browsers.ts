/**
 * Loads a whole platform, in a process of its own, with 200 browsers that use the shop's pages:
 * `npm run build && node -r ./tests/support/typescript-hook.js bench/pages/browsers.ts [browsers] [rounds]`. Needs a system with all of
 * 127.0.0.0/8, such as Linux, because the limits count each address apart.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeOptions } from '../../tests/support/node-options';
import { Shopper } from '../../tests/support/graphql/shopper';
import { topSpeed } from '../../tests/support/process/waybill';
import { WaybillProcess } from '../../tests/support/process/waybill-process';
import { inFlight, inMs, machine, median, quantile, rateOf, say, times, whole } from '../measuring';
import { SimulatedBrowser, type DocumentIds } from './simulated-browser';

const BROWSERS = Number(process.argv[2] ?? 200);
const WARM_UP_MS = 4_000;
const PEAK_MS = 10_000;
const ALONE_MS = 2_000;
const HALF_SECONDS = 5;
const ROUNDS = Number(process.argv[3] ?? 3);
const PIECES = 100_000;
const GOAL_P95_MS = 100;

const root = join(__dirname, '../..');
const program = [
  ...nodeOptions,
  ...['-r', join(root, 'tests/support/typescript-hook.js')],
  join(root, 'cli/main.ts'),
];

/** Returns the ids of the list that the build of the pages wrote. */
const readIds = async (): Promise<DocumentIds> => {
  const list = JSON.parse(await readFile(join(root, 'dist/trusted-documents.json'), 'utf8')) as Readonly<
    Record<string, string>
  >;
  return new Map(Object.entries(list).map(([id, text]) => [/^\w+ (\w+)/.exec(text)?.[1] ?? '', id] as const));
};

/** Makes a product plentiful. @returns its id. */
const stockUp = async (staff: Shopper): Promise<string> => {
  const [productId = ''] = await staff.productsOnHand(1);
  const sites = await staff.ask<readonly { readonly id: string }[]>('{ warehouses { id } }');
  for (const { id: warehouseId } of sites)
    await staff.ask(
      'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { __typename ... on UserError { code } } }',
      { input: { warehouseId, productId, quantity: PIECES } },
    );
  return productId;
};

const UNDER_WAY = ['PLACED', 'PAID', 'SHIPPED'] as const;
const LOOK_EVERY_MS = 250;

/** Waits until all orders of the load before have arrived. */
const untilDelivered = async (staff: Shopper): Promise<void> => {
  for (const status of UNDER_WAY)
    for (let isUnderWay = true; isUnderWay;) {
      const { edges } = await staff.ask<{ readonly edges: readonly unknown[] }>(
        'query ($status: OrderStatus) { orders(first: 1, status: $status) { edges { cursor } } }',
        { status },
      );
      isUnderWay = edges.length > 0;
      if (isUnderWay) await sleep(LOOK_EVERY_MS);
    }
};

const addressOf = (number: number): string => `127.0.${20 + Math.floor(number / 200)}.${1 + (number % 200)}`;

/**
 * Sends steps at a steady rate, whether or not earlier ones are answered, so that a slow server gets no fewer of them. A browser
 * takes one step at a time. @returns the milliseconds from the moment at which each step was due to its end.
 */
const atRate = async (
  browsers: readonly SimulatedBrowser[],
  perSecond: number,
): Promise<readonly number[]> => {
  const last = new Map<SimulatedBrowser, Promise<void>>();
  const waits: number[] = [];
  const startedMs = performance.now();
  for (let at = 0; at < perSecond * HALF_SECONDS; at += 1) {
    const dueMs = startedMs + (at * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    const browser = browsers[at % browsers.length]!;
    const before = last.get(browser) ?? Promise.resolve();
    last.set(
      browser,
      before.then(() => browser.step()).then(() => void waits.push(performance.now() - dueMs)),
    );
  }
  await Promise.all(last.values());
  return waits.toSorted((a, b) => a - b);
};

type Measured = {
  readonly alone: readonly number[];
  /** Steps a second that were answered, while the work of their orders piled up. */
  readonly atFirst: number;
  /** Steps a second, with the time until all their orders had arrived. */
  readonly peak: number;
  readonly half: readonly (readonly number[])[];
};

const measure = async (browsers: readonly SimulatedBrowser[], staff: Shopper): Promise<Measured> => {
  let next = 0;
  // Each from another browser: the limits give one address only a share of the server.
  const stepOfAnother = (): Promise<void> => browsers[(next += 1) % browsers.length]!.step();
  await inFlight(1, WARM_UP_MS, stepOfAnother);
  // Before the load, because its parcels are on their way for long afterwards.
  const { waitsMs: alone } = await inFlight(1, ALONE_MS, stepOfAnother);
  await untilDelivered(staff);
  const startedMs = performance.now();
  const load = await inFlight(browsers.length, PEAK_MS, (place) => browsers[place]!.step());
  await untilDelivered(staff);
  const peak = (load.done * 1_000) / (performance.now() - startedMs);
  const half: (readonly number[])[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    half.push(await atRate(browsers, peak / 2));
    await untilDelivered(staff);
  }
  return { alone, atFirst: rateOf(load), peak, half };
};

const report = ({ alone, atFirst, peak, half }: Measured): void => {
  const ofHalf = (share: number): number => median(half.map((waitsMs) => quantile(waitsMs, share)));
  const row = (name: string, rate: number, of: (share: number) => number): void =>
    say(`| ${name} | ${whole(rate)} | ${inMs(of(0.5))} | ${inMs(of(0.95))} | ${inMs(of(0.99))} |`);
  say('| load | steps/s | p50 | p95 | p99 |\n| --- | --- | --- | --- | --- |');
  row('one step at a time', alone.length / (ALONE_MS / 1_000), (share) => quantile(alone, share));
  row('all browsers, half of the peak', peak / 2, ofHalf);
  const p95 = ofHalf(0.95);
  say(
    `\nPeak: ${whole(peak)} steps/s that it can keep up, with the deliveries of their orders; ${whole(atFirst)} were answered at first. At half of it the p95 is ${times(p95 / quantile(alone, 0.95))} that of one step at a time (goal: below ${GOAL_P95_MS} ms; ${p95 < GOAL_P95_MS ? 'reached' : 'missed'}).`,
  );
};

const run = async (): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-browsers-'));
  const administrator = { email: 'admin@example.com', password: 'a long enough password' };
  const platform = WaybillProcess.spawn(
    directory,
    { ...topSpeed, WAYBILL_ADMIN_EMAIL: administrator.email, WAYBILL_ADMIN_PASSWORD: administrator.password },
    ['start', '--json'],
    { program },
  );
  const browsers: SimulatedBrowser[] = [];
  try {
    const url = (await platform.addresses()).http ?? '';
    const staff = await Shopper.logIn(url, administrator.email, administrator.password);
    const [ids, productId] = await Promise.all([readIds(), stockUp(staff)]);
    for (let number = 0; number < BROWSERS; number += 1) {
      const browser = new SimulatedBrowser(url, addressOf(number), ids, productId);
      browsers.push(browser);
      // One after the other, because hashing passwords has a short queue.
      await browser.signUp(number);
    }
    say(`${machine()}, ${new Date().toISOString()}, ${BROWSERS} browsers.\n`);
    report(await measure(browsers, staff));
    say(`${whole(browsers.reduce((sum, { updates }) => sum + updates, 0))} live updates came meanwhile.`);
  } finally {
    for (const browser of browsers) browser.close();
    await platform.kill('SIGTERM');
    await rm(directory, { recursive: true, force: true });
  }
};

void run();
