/**
 * Compares a store of many events with one of few:
 * `node -r ./tests/support/typescript-hook.js bench/long-life/flat.ts [few] [many]`, 10,000 and 1,000,000 events unless given.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldFingerprint } from '../../cli/fingerprints/fold-fingerprint';
import type { OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { order } from '../../domain/order';
import { stock } from '../../domain/stock';
import { realClock, realRandom } from '../../platform/clock';
import {
  openEmbeddedEventStore,
  streamName,
  type EmbeddedEventStore,
  type ExpectedRevision,
} from '../../platform/event-store';
import { createAggregates, type Aggregates } from '../../platform/execution';
import { silentLogger } from '../../platform/telemetry';
import { appendOrder, asNew, EVENTS_OF_AN_ORDER } from '../event-store/order-story';
import { contextOfBench, orderToPlace } from '../commands/orders';
import { inMs, inTurns, machine, median, say, times, whole } from '../measuring';

const ROUNDS = 7;
const COMMANDS_A_ROUND = 400;
const PLACES = 8;
const EVENTS_AN_APPEND = 500;
const STOCKS = 36;

const warehouseId = 1 as WarehouseId;
const at = realClock.now();
const productOf = (index: number): ProductId => `product-${index}` as ProductId;
const stockIdOf = (index: number): string => `${warehouseId}-${productOf(index)}`;

/** Writes half of the events as the streams of 36 stocks, and half as orders of eight events each. @returns orders. */
const fill = async (store: EmbeddedEventStore, events: number): Promise<readonly string[]> => {
  const orders: string[] = [];
  const fillStock = async (index: number): Promise<void> => {
    const goods = { warehouseId, productId: productOf(index) };
    let expected: ExpectedRevision = 'no-stream';
    let left = Math.floor(events / 2 / STOCKS);
    let facts = [{ type: 'StockReceived', data: { ...goods, quantity: 1e8, receivedAt: at } as object }];
    while (left > 0) {
      while (facts.length < Math.min(EVENTS_AN_APPEND, left)) {
        const sold = { ...goods, orderId: randomUUID(), quantity: 1 };
        facts.push({ type: 'StockReserved', data: { ...sold, backorderFilled: false, reservedAt: at } });
        facts.push({ type: 'StockShipped', data: { ...sold, shippedAt: at } });
      }
      const result = await store.append(streamName('stock', stockIdOf(index)), expected, facts.map(asNew));
      if (result.kind !== 'appended') throw new Error(result.kind);
      expected = result.revision;
      left -= facts.length;
      facts = [];
    }
  };
  const fillOrders = async (): Promise<void> => {
    while (orders.length * EVENTS_OF_AN_ORDER < events / 2) orders.push((await appendOrder(store)).orderId);
  };
  const stocks = Array.from({ length: STOCKS }, (_, index) => fillStock(index));
  await Promise.all([...stocks, ...Array.from({ length: 64 }, fillOrders)]);
  return orders;
};

/** Opens the store as a process that starts. */
const open = async (directory: string) => {
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const runtime = { clock: realClock, random: realRandom, logger: silentLogger };
  const snapshots = { store: store.snapshots, fold: foldFingerprint() };
  return { store, aggregates: createAggregates({ store, ...runtime, soleWriter: true, snapshots }) };
};

type Opened = Awaited<ReturnType<typeof open>>;
type Figures = Readonly<Record<string, number>>;

const reserve = async (aggregates: Aggregates, index: number): Promise<void> => {
  const goods = { warehouseId, productId: productOf(index) };
  const orderId = randomUUID() as OrderId;
  const command = { type: 'ReserveStock', ...goods, orderId, quantity: 1, at } as const;
  const { kind } = await aggregates.of(stock).execute(stockIdOf(index), command, contextOfBench());
  if (kind !== 'accepted') throw new Error(kind);
};

const place = async (aggregates: Aggregates): Promise<void> => {
  const command = orderToPlace();
  const { kind } = await aggregates
    .of(order)
    .execute(command.orderId, command, contextOfBench(), { assumeNew: true });
  if (kind !== 'accepted') throw new Error(kind);
};

/** Returns the median duration of a piece of work with some in flight, in milliseconds. */
const medianMs = async (work: () => Promise<unknown>): Promise<number> => {
  const waitsMs: number[] = [];
  let left = COMMANDS_A_ROUND;
  await Promise.all(
    Array.from({ length: PLACES }, async () => {
      while (left-- > 0) {
        const from = performance.now();
        await work();
        waitsMs.push(performance.now() - from);
      }
    }),
  );
  return median(waitsMs);
};

/** Returns the median time from the answer of a command until a subscription has its event, in milliseconds. */
const liveLagMs = async ({ store, aggregates }: Opened): Promise<number> => {
  const stopping = new AbortController();
  const arrived = new Map<string, () => void>();
  const after = await store.head();
  const following = (async () => {
    for await (const { events } of store.subscribe({ after, signal: stopping.signal }))
      for (const { stream } of events) arrived.get(stream)?.();
  })();
  const lag = await medianMs(async () => {
    const command = orderToPlace();
    const seen = new Promise<void>((resolve) => arrived.set(streamName('order', command.orderId), resolve));
    await aggregates.of(order).execute(command.orderId, command, contextOfBench(), { assumeNew: true });
    await seen;
  });
  stopping.abort();
  await following;
  return lag;
};

const measure = async (directory: string, orders: readonly string[]): Promise<Figures> => {
  const startedMs = performance.now();
  const opened = await open(directory);
  const { store, aggregates } = opened;
  await reserve(aggregates, 0);
  const startMs = performance.now() - startedMs;
  // Every stock once, so that the round measures commands and not first loads.
  await Promise.all(Array.from({ length: STOCKS }, (_, index) => reserve(aggregates, index)));
  const oldOrder = (): string => orders[Math.floor(Math.random() * orders.length)] ?? '';
  const figures = {
    'start: open, first command on a long stream': startMs,
    'place an order': await medianMs(() => place(aggregates)),
    'reserve one of 36 long stocks': await medianMs(() =>
      reserve(aggregates, Math.floor(Math.random() * STOCKS)),
    ),
    'load an old order': await medianMs(() => aggregates.of(order).load(oldOrder())),
    'place an order, until a subscription has it': await liveLagMs(opened),
  };
  await store.close();
  return figures;
};

const prepare = async (events: number) => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const { store, aggregates } = await open(directory);
  const orders = await fill(store, events);
  // The first command on each long stream reads it whole and makes its snapshot due.
  const fromMs = performance.now();
  for (let index = 0; index < STOCKS; index += 1) await reserve(aggregates, index);
  const perSecond = events / 2 / ((performance.now() - fromMs) / 1_000);
  await store.close();
  const { size } = await stat(join(directory, 'events.db'));
  say(
    `${whole(events)} events, ${whole(size / 1e6)} MB; long streams read whole: ${whole(perSecond)} events/s`,
  );
  return { directory, orders };
};

const main = async ([few = '10000', many = '1000000']: readonly string[]): Promise<void> => {
  say(`${machine()}, medians of ${ROUNDS} rounds in turns, ${PLACES} in flight`);
  const stores = [await prepare(Number(few)), await prepare(Number(many))];
  try {
    const [small = [], large = []] = await inTurns(
      ROUNDS,
      stores.map(
        ({ directory, orders }) =>
          () =>
            measure(directory, orders),
      ),
    );
    for (const what of Object.keys(small[0] ?? {})) {
      const [before, after] = [small, large].map((rounds) =>
        median(rounds.map((round) => round[what] ?? NaN)),
      );
      say(
        `${what.padEnd(48)} ${inMs(before ?? NaN)} | ${inMs(after ?? NaN)} | ${times((after ?? NaN) / (before ?? NaN))}`,
      );
    }
  } finally {
    for (const { directory } of stores) await rm(directory, { recursive: true });
  }
};

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
