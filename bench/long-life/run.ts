/**
 * Measures a shop as its streams grow, on the embedded engines:
 * `node -r ./tests/support/typescript-hook.js bench/long-life/run.ts [commands|platform] [orders] [step]`.
 * `commands` runs the use cases and the store alone; `platform` the whole platform with its simulators.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandExecution } from '../../cli/roles/commands';
import { parseRoles } from '../../cli/roles/role-names';
import { startPlatform } from '../../cli/composition/start-platform';
import type { CommandClient } from '../../commands';
import type { Millis, OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { stock } from '../../domain/stock';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { openEmbeddedEventStore, type EventStore } from '../../platform/event-store';
import { memoryReadModels } from '../../platform/read-models';
import { rootContext, type Aggregates } from '../../platform/execution';
import { createLogger, createMetricsRegistry } from '../../platform/telemetry';
import { noErasures } from '../../tests/support/commands/people';
import { inMs, machine, quantile, say, whole } from '../measuring';
import { openShop, shoppers, type Bought, type Shop } from './shop';

const IN_FLIGHT = 40;
const SETTLE_WITHIN_MS = 120_000;

/** A shop that takes orders. `settled`: resolves when what follows from them is done. */
type Running = {
  readonly store: EventStore;
  readonly commands: CommandClient;
  readonly shop: Shop;
  readonly after: (bought: Bought) => Promise<unknown>;
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const runtime = { clock: realClock, random: realRandom, logger: createLogger('error') };
const contextOf = () => rootContext(randomUUID(), { kind: 'system', id: 'bench', roles: [] });

const stockOf = (aggregates: Aggregates, warehouseId: WarehouseId, productId: ProductId) => {
  const goods = { warehouseId, productId };
  const send = async (command: Parameters<typeof stock.decide>[0]): Promise<void> => {
    const { kind } = await aggregates.of(stock).execute(`${warehouseId}-${productId}`, command, contextOf());
    if (kind !== 'accepted') throw new Error(kind);
  };
  return {
    receive: (quantity: number) => send({ type: 'ReceiveStock', ...goods, quantity, at: realClock.now() }),
    reserve: (orderId: OrderId) =>
      send({ type: 'ReserveStock', ...goods, orderId, quantity: 1, at: realClock.now() }),
    ship: (orderId: OrderId) => send({ type: 'ShipStock', ...goods, orderId, at: realClock.now() }),
  };
};

/** Runs the use cases over the store; the bench reserves and ships the goods itself. */
const commandsAlone = async (directory: string): Promise<Running> => {
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const { config } = readConfig({});
  const metrics = createMetricsRegistry();
  const engines = { store, embeddedStore: store, readModels: memoryReadModels(), ...noErasures };
  const execution = commandExecution({ engines, config, metrics, runtime });
  const { aggregates, commands } = execution;
  const shop = await openShop(commands, (warehouseId, productId, quantity) =>
    stockOf(aggregates, warehouseId, productId).receive(quantity),
  );
  const warehouseOf = (orderId: OrderId): WarehouseId =>
    shop.warehouses[Number.parseInt(orderId.slice(0, 4), 16) % shop.warehouses.length] as WarehouseId;
  return {
    store,
    commands,
    shop,
    after: ({ orderId, products }) =>
      Promise.all(
        products.map(async (productId) => {
          const goods = stockOf(aggregates, warehouseOf(orderId), productId);
          await goods.reserve(orderId);
          await goods.ship(orderId);
        }),
      ),
    settled: () => Promise.resolve(),
    close: async () => {
      for (const { close } of execution.stop ?? []) await close();
      await store.close();
    },
  };
};

const wholePlatform = async (directory: string): Promise<Running> => {
  const { config } = readConfig({
    ...{ WAYBILL_DATA_DIR: directory, WAYBILL_LOG_LEVEL: 'error', WAYBILL_SEED: 'off' },
    ...{ WAYBILL_HTTP_PORT: '0', WAYBILL_GRPC_PORT: '0', WAYBILL_CARRIER_PORT: '0' },
    ...{ WAYBILL_WORLD_AMAZON_PORT: '0', WAYBILL_WORLD_UPS_PORT: '0', WAYBILL_SIMULATION_SPEED: '100000' },
  });
  const platform = await startPlatform(config, parseRoles([]), runtime);
  const { commands, engines } = platform;
  const shop = await openShop(commands, (warehouseId, productId, quantity) =>
    commands.send(
      'replenish',
      { warehouseId, productId, quantity },
      { ...contextOf(), principal: { kind: 'system', id: 'bench', roles: ['staff'] } },
    ),
  );
  const settled = async (): Promise<void> => {
    const deadlineMs = performance.now() + SETTLE_WITHIN_MS;
    let last: string | undefined;
    for (;;) {
      const head = await engines.store.head();
      if (head === last) return;
      if (performance.now() > deadlineMs) throw new Error('New events do not stop in time');
      last = head;
      await realClock.sleep(1_500 as Millis);
    }
  };
  await settled();
  return {
    ...{ store: engines.store, commands, shop, settled },
    after: () => Promise.resolve(),
    close: () => platform.close(),
  };
};

const mib = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;

const memory = (): string => {
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
  return `RSS ${mib(rss)}, heap ${mib(heapUsed)} of ${mib(heapTotal)}, external ${mib(external)}`;
};

const measureStep = async (
  { store, after }: Running,
  buy: (index: number) => Promise<Bought>,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<void> => {
  const waitsMs: number[] = [];
  const startedMs = performance.now();
  const cpuBefore = process.cpuUsage();
  let next = from;
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async (_, customer) => {
      while (next < from + count) {
        next += 1;
        const bought = await buy(customer);
        waitsMs.push(bought.placedMs);
        await after(bought);
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpuBefore);
  const seconds = (performance.now() - startedMs) / 1_000;
  waitsMs.sort((a, b) => a - b);
  say(
    [
      `orders ${whole(from + count)}`,
      `events ${Number(await store.head())}`,
      `${whole(count / seconds)} orders/s`,
      `placeOrder p50 ${inMs(quantile(waitsMs, 0.5))}, p99 ${inMs(quantile(waitsMs, 0.99))}`,
      `processor ${inMs((user + system) / 1_000 / count)} an order`,
      memory(),
    ].join(' | '),
  );
};

const main = async ([
  mode = 'commands',
  orders = '20000',
  step = '5000',
]: readonly string[]): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  say(`${machine()}, ${mode}`);
  const running = await (mode === 'platform' ? wholePlatform : commandsAlone)(directory);
  try {
    say(`opened: ${memory()}`);
    const buy = shoppers(running.commands, running.shop, 1);
    for (let from = 0; from < Number(orders); from += Number(step))
      await measureStep(running, buy, { from, count: Number(step) });
    await running.settled();
    say(`idle: ${memory()}`);
    await realClock.sleep(10_000 as Millis);
    say(`after 10 s: ${memory()}`);
  } finally {
    await running.close();
    await rm(directory, { recursive: true });
  }
};

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
