import { standInGeocoder } from '../../../gateways/geocoding';
import type { Aggregates } from '../../../platform/execution';
import { createAggregates } from '../../../platform/execution';
import { inProcessCommands } from '../../../commands/client/in-process';
import { createNumbers, type Numbers } from '../../../commands/numbering';
import { createPayments } from '../../../commands/payment';
import type { CommandClient, InputOf, SuccessOf, UseCaseName } from '../../../commands';
import type { Principal } from '../../../platform/execution';
import { createUseCases } from '../../../commands/use-cases';
import {
  createReactionRuntime,
  type Checkpoints,
  type Parking,
  type Reactor,
} from '../../../platform/reactions';
import { orderReactors, retryOrdersOn, type Site } from '../../../commands/reactors';
import type {
  AccountId,
  Millis,
  OrderId,
  ProductId,
  SerialNumber,
  WarehouseId,
} from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import { order, statusOf } from '../../../domain/order';
import { product } from '../../../domain/product';
import { realClock, realRandom } from '../../../platform/clock';
import { categoryOf, streamIdOf, type EventStore, type RecordedEvent } from '../../../platform/event-store';
import { memoryEventStore } from '../../../platform/event-store/memory';
import { uuidV5, uuidV7 } from '../../../platform/ids';
import type { Document, ReadModels } from '../../../platform/read-models';
import { memoryReadModels } from '../../../platform/read-models/memory';
import { silentLogger } from '../../../platform/telemetry';
import type { Projection } from '../../../platform/projections/projection';
import { everyUrl } from './every-url';
import { createMemoryCheckpoints, createMemoryParking } from './memory-workflow-ports';
import { noErasures } from './people';
import { createScriptedProvider } from './order-fixture';

/** The state that survives a process. */
export type Durable = {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
  readonly parking: Parking;
};

export const createDurable = (): Durable => ({
  store: memoryEventStore(realClock),
  readModels: memoryReadModels(),
  checkpoints: createMemoryCheckpoints(),
  parking: createMemoryParking(),
});

export const staff: Principal = { kind: 'system', id: 'spec', roles: [] };
export const gbp = (amountMinor: number) => ({ amountMinor, currency: 'GBP' as CurrencyCode });

/** The dependencies of a running platform, with real time. */
export type Running = Durable & {
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly commands: CommandClient;
  readonly warehouses: () => Promise<readonly Site[]>;
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  readonly clock: typeof realClock;
  readonly random: typeof realRandom;
  readonly logger: typeof silentLogger;
};

const everyEvent = async (store: EventStore): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  return events;
};

const sitesOf = async (store: EventStore): Promise<Site[]> =>
  (await everyEvent(store))
    .filter(({ type }) => type === 'WarehouseRegistered')
    .map(({ data }) => ({ ...(data as Omit<Site, 'active'>), active: true }));

/** Keeps read models up to date, an event at a time: slow, and plainly right. */
const project = async (
  { store, readModels }: Durable,
  projections: readonly Projection<never, never>[],
  signal: AbortSignal,
): Promise<void> => {
  for (const { collection } of projections) await readModels.ensure(collection);
  for await (const { events } of store.subscribe({ signal }))
    for (const event of events)
      for (const each of projections) {
        const { collection, handlers } = each as unknown as Projection;
        const handler = handlers[event.type];
        const upserts: { document: Document; position: typeof event.position }[] = [];
        for (const id of handler?.ids(event) ?? []) {
          const before = (await readModels.get(collection, id))?.document;
          const document = handler?.evolve(before, event, id);
          if (document) upserts.push({ document, position: event.position });
        }
        await readModels.write({ collection, upserts, deletes: [], position: event.position });
      }
};

/** Brings up everything but gateways: commands in process, workflows, read models. */
export const startPlatform = (
  durable: Durable,
  {
    reactions,
    projections,
  }: {
    readonly reactions: (running: Running) => readonly Reactor[];
    readonly projections: readonly Projection<never, never>[];
  },
) => {
  const [clock, random, logger] = [realClock, realRandom, silentLogger];
  const { store } = durable;
  const aggregates = createAggregates({ store, clock, random, logger, soleWriter: true });
  const numbers = createNumbers({ aggregates, clock, random });
  const paying = { aggregates, clock, random, logger, provider: createScriptedProvider() };
  const deps = { ...paying, ...noErasures, numbers, ...createPayments(paying) };
  const passwords = { hash: async () => 'hash', matches: async () => true };
  const commands = inProcessCommands(
    createUseCases({ ...deps, passwords, webhookUrls: everyUrl, geocoder: standInGeocoder }),
    {
      clock,
    },
  );
  const warehouses = (): Promise<Site[]> => sitesOf(store);
  const productByNumber = async (number: SerialNumber): Promise<ProductId | undefined> => {
    for (const { stream } of await everyEvent(store)) {
      if (categoryOf(stream) !== product.category) continue;
      const state = await aggregates.of(product).load(streamIdOf(stream));
      if (state.status !== 'NONE' && state.number === number) return streamIdOf(stream) as ProductId;
    }
    return undefined;
  };
  const running: Running = {
    ...durable,
    ...{ aggregates, numbers, commands, warehouses, productByNumber, clock, random, logger },
  };
  const runtime = createReactionRuntime({
    ...durable,
    ...{ clock, random, logger, retryOn: retryOrdersOn },
    reactors: [...orderReactors({ ...deps, warehouses }), ...reactions(running)],
  });
  const stopping = new AbortController();
  const projecting = project(durable, projections, stopping.signal);
  runtime.start();

  const send = <Name extends UseCaseName>(name: Name, input: InputOf<Name>, as: Principal = staff) =>
    commands.send(name, input, { commandId: uuidV7(clock, random), correlationId: 'spec', principal: as });

  const demand = async <Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    as?: Principal,
  ): Promise<SuccessOf<Name>> => {
    const outcome = await send(name, input, as);
    if (outcome.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
    return outcome.value;
  };

  const ann = uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'ann') as AccountId;
  const asAnn: Principal = { kind: 'customer', id: ann, roles: ['customer'] };

  return {
    ...running,
    send,
    demand,
    registerProduct: async (sku: string): Promise<ProductId> =>
      (
        await demand('registerProduct', {
          ...{ sku, name: `the ${sku}`, description: '', category: 'desk', price: gbp(500) },
        })
      ).productId,
    registerWarehouse: async (x: number, y: number): Promise<WarehouseId> =>
      (await demand('registerWarehouse', { name: `${x},${y}`, place: { x, y } })).warehouseId,
    /** Orders and pays. */
    buy: async (productId: ProductId, quantity: number, carrierAccount?: string): Promise<OrderId> => {
      await demand('addToCart', { customerId: ann, productId, quantity }, asAnn);
      const bought = {
        ...{ customerId: ann, destination: { x: 3, y: -4 }, paymentMethod: 'test' },
        ...(carrierAccount !== undefined && { carrierAccount }),
      };
      return (await demand('placeOrder', bought, asAnn)).orderId;
    },
    statusOf: async (orderId: OrderId): Promise<string> => {
      const state = await aggregates.of(order).load(orderId);
      return state.progress === 'NONE' ? 'NONE' : statusOf(state);
    },
    events: () => everyEvent(store),
    count: async (type: string): Promise<number> =>
      (await everyEvent(store)).filter((event) => event.type === type).length,
    stop: async (): Promise<void> => {
      stopping.abort();
      await Promise.all([runtime.stop(), projecting]);
    },
  };
};

export type Platform = ReturnType<typeof startPlatform>;

/** Waits until something is so. @throws when it takes longer than that. */
export const until = async (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patienceMs = 10_000,
): Promise<void> => {
  const deadline = realClock.monotonicMs() + patienceMs;
  while (!(await isSo())) {
    if (realClock.monotonicMs() > deadline) throw new Error(`This did not happen: ${what}`);
    await realClock.sleep(5 as Millis);
  }
};
