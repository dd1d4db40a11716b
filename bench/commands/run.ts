/**
 * What `execute` does a second on this machine over the embedded event store, durable:
 * `node -r ./tests/support/typescript-hook.js bench/commands/run.ts`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Aggregates } from '../../commands/aggregates';
import { createAggregates } from '../../commands/execute';
import type { CommandContext } from '../../commands/port';
import type { AccountId, OrderId, ProductId, SerialNumber, WarehouseId } from '../../domain/kernel';
import { money, type CurrencyCode } from '../../domain/money';
import { order } from '../../domain/order';
import { stock } from '../../domain/stock';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore } from '../../platform/event-store';
import { silentLogger } from '../../platform/telemetry';

const RUN_MS = 3_000;
const price = money(1_300, 'GBP' as CurrencyCode);

const context = (): CommandContext => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  principal: { kind: 'system', id: 'bench', roles: [] },
});

let numbers = 0;

/** An order of three lines, each time another. */
const place = (aggregates: Aggregates) => {
  const orderId = randomUUID() as OrderId;
  const at = realClock.now();
  const line = {
    productId: randomUUID() as ProductId,
    productNumber: 7 as SerialNumber,
    sku: '85123A',
    name: 'White hanging heart T-light holder',
    quantity: 6,
    unitPrice: price,
    currentPrice: price,
  };
  return aggregates.execute(
    order,
    orderId,
    {
      type: 'PlaceOrder',
      orderId,
      number: (numbers += 1) as SerialNumber,
      customerId: randomUUID() as AccountId,
      lines: [line, { ...line, sku: '71053' }, { ...line, sku: '84406B' }],
      destination: { x: 3, y: 4 },
      payBy: at,
      at,
    },
    context(),
  );
};

const productId = randomUUID() as ProductId;
const warehouseId = 1 as WarehouseId;

/** The hottest stream there is: everyone wants the same product of the same warehouse. */
const reserve = (aggregates: Aggregates) =>
  aggregates.execute(
    stock,
    `${warehouseId}-${productId}`,
    {
      type: 'ReserveStock',
      warehouseId,
      productId,
      orderId: randomUUID() as OrderId,
      quantity: 1,
      at: realClock.now(),
    },
    context(),
  );

const measure = async (
  what: string,
  places: number,
  work: () => Promise<{ kind: string }>,
): Promise<void> => {
  const waits: number[] = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: places }, async () => {
      while (performance.now() - start < RUN_MS) {
        const from = performance.now();
        const { kind } = await work();
        if (kind !== 'accepted') throw new Error(`${what}: ${kind}`);
        waits.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  waits.sort((a, b) => a - b);
  const at = (share: number): string => (waits[Math.floor(waits.length * share)] ?? 0).toFixed(2);
  const rate = Math.round(waits.length / seconds).toLocaleString('en');
  process.stdout.write(`${what.padEnd(44)} ${rate.padStart(8)}/s  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms\n`);
};

const main = async (): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const deps = { store, clock: realClock, random: realRandom, logger: silentLogger };
  process.stdout.write(`${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}\n`);
  try {
    for (const soleWriter of [true, false]) {
      const aggregates = createAggregates({ ...deps, soleWriter });
      await aggregates.execute(
        stock,
        `${warehouseId}-${productId}`,
        { type: 'ReceiveStock', warehouseId, productId, quantity: 1e9, at: realClock.now() },
        context(),
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
