/**
 * Measures commands a second over the embedded event store, durable:
 * `node -r ./tests/support/typescript-hook.js bench/commands/run.ts`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Aggregates } from '../../platform/execution';
import { createAggregates } from '../../platform/execution';
import type { OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { order } from '../../domain/order';
import { stock } from '../../domain/stock';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore } from '../../platform/event-store';
import { silentLogger } from '../../platform/telemetry';
import { inFlight, inMs, machine, quantile, rateOf, say, whole } from '../measuring';
import { contextOfBench, orderToPlace } from './orders';

const RUN_MS = 3_000;

const place = (aggregates: Aggregates) => {
  const command = orderToPlace();
  return aggregates.of(order).execute(command.orderId, command, contextOfBench(), { assumeNew: true });
};

const productId = randomUUID() as ProductId;
const warehouseId = 1 as WarehouseId;

/** Reserves the same product of the same warehouse for each order: the hottest possible stream. */
const reserve = (aggregates: Aggregates) =>
  aggregates.of(stock).execute(
    `${warehouseId}-${productId}`,
    {
      type: 'ReserveStock',
      warehouseId,
      productId,
      orderId: randomUUID() as OrderId,
      quantity: 1,
      at: realClock.now(),
    },
    contextOfBench(),
  );

const measure = async (
  what: string,
  places: number,
  work: () => Promise<{ kind: string }>,
): Promise<void> => {
  const run = await inFlight(places, RUN_MS, async () => {
    const { kind } = await work();
    if (kind !== 'accepted') throw new Error(`${what}: ${kind}`);
  });
  const [p50, p99] = [quantile(run.waitsMs, 0.5), quantile(run.waitsMs, 0.99)].map(inMs);
  say(`${what.padEnd(56)} ${whole(rateOf(run)).padStart(8)}/s  p50 ${p50}  p99 ${p99}`);
};

const main = async (): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const deps = { store, clock: realClock, random: realRandom, logger: silentLogger };
  say(machine());
  try {
    for (const soleWriter of [true, false]) {
      const aggregates = createAggregates({ ...deps, soleWriter });
      await aggregates
        .of(stock)
        .execute(
          `${warehouseId}-${productId}`,
          { type: 'ReceiveStock', warehouseId, productId, quantity: 1e9, at: realClock.now() },
          contextOfBench(),
        );
      const who = soleWriter ? 'sole writer' : 'one of several writers';
      for (const places of [1, 64, 512])
        await measure(`place an order, ${places} in flight, ${who}`, places, () => place(aggregates));
      for (const places of [64, 512])
        await measure(`reserve one stock, ${places} in flight, ${who}`, places, () => reserve(aggregates));
    }
  } finally {
    await store.close();
    await rm(directory, { recursive: true });
  }
};

void main();
