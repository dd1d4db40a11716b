import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAggregates } from '../../platform/execution';
import type { OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { stock } from '../../domain/stock';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore } from '../../platform/event-store';
import { silentLogger } from '../../platform/telemetry';
import { median } from '../measuring';
import { contextOfBench } from './orders';

const EVENTS = 10_000;
const AT_ONCE = 256;

const warehouseId = 1 as WarehouseId;

type Stock = typeof stock.initial;
type StockEvent = Parameters<typeof stock.evolve>[1];

/** Returns the history of a stock that was received once and reserved for one order after the other. */
const historyOf = (productId: ProductId) => {
  const at = realClock.now();
  const receive = { type: 'ReceiveStock', warehouseId, productId, quantity: 1e9, at } as const;
  const reserve = () =>
    ({
      type: 'ReserveStock',
      warehouseId,
      productId,
      orderId: randomUUID() as OrderId,
      quantity: 1,
      at,
    }) as const;
  return { receive, reserve };
};

const foldOf = (events: readonly StockEvent[]): number => {
  const start = performance.now();
  let state: Stock = stock.initial;
  for (const event of events) state = stock.evolve(state, event);
  return performance.now() - start;
};

/**
 * Measures a stream of 10,000 events, in milliseconds: the fold in memory, and the read, parse and fold from the file.
 */
export const measureFold = async (
  rounds: number,
): Promise<{ readonly foldMs: number; readonly loadMs: number }> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const deps = { store, clock: realClock, random: realRandom, logger: silentLogger, soleWriter: true };
  const productId = randomUUID() as ProductId;
  const { receive, reserve } = historyOf(productId);
  const id = `${warehouseId}-${productId}`;
  try {
    const aggregates = createAggregates(deps);
    const events: StockEvent[] = [];
    const run = async (command: typeof receive | ReturnType<typeof reserve>): Promise<void> => {
      const answer = await aggregates.of(stock).execute(id, command, contextOfBench());
      if (answer.kind !== 'accepted') throw new Error(answer.kind);
      events.push(...answer.events);
    };
    await run(receive);
    while (events.length < EVENTS)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, EVENTS - events.length) }, () => run(reserve())),
      );
    const folds = Array.from({ length: rounds }, () => foldOf(events));
    const loads: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // New aggregates have an empty cache.
      const start = performance.now();
      await createAggregates(deps).of(stock).load(id);
      loads.push(performance.now() - start);
    }
    return { foldMs: median(folds), loadMs: median(loads) };
  } finally {
    await store.close();
    await rm(directory, { recursive: true });
  }
};
