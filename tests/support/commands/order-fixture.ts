import { standInGeocoder } from '../../../gateways/geocoding';
import { retryLoadingOn } from '../../../gateways/world';
import type { Geocoder } from '../../../commands/delivery/geocoder';
import type { Passwords } from '../../../commands/account';
import type { Aggregates } from '../../../platform/execution';
import { createAggregates } from '../../../platform/execution';
import { createNumbers } from '../../../commands/numbering';
import { createPayments, type PaymentProvider, type Payments } from '../../../commands/payment';
import type { CommandContext, Principal } from '../../../platform/execution';
import type { InputOf, SuccessOf, UseCaseName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import { createUseCases, type UseCaseRegistry } from '../../../commands/use-cases';
import {
  createReactionRuntime,
  reactor,
  RetryLater,
  type EventOf,
  type Checkpoints,
  type Parking,
  type Reactor,
  type ReactionRuntime,
} from '../../../platform/reactions';
import { startPartLoading } from '../../../commands/order';
import { orderReactors, retryOrdersOn, type Site } from '../../../commands/reactors';
import { contextFrom } from '../../../platform/reactions/reactor';
import type {
  AccountId,
  Instant,
  Millis,
  OrderId,
  ProductId,
  ShipmentId,
  TruckId,
  WarehouseId,
} from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import { order, statusOf, type OrderStatus } from '../../../domain/order';
import type { ShipmentEvent, ShipmentLoadingStarted } from '../../../domain/shipment';
import { stock, type StockEvent, type StockReplenishmentRequested } from '../../../domain/stock';
import type { WarehouseEvent } from '../../../domain/warehouse';
import { memoryEventStore, type EventStore, type RecordedEvent } from '../../../platform/event-store';
import { keyCache, memoryPersonKeys, personalEvents, sealing } from '../../../platform/personal-data';
import { personalData } from '../../../cli/composition/aggregates';
import { uuidV5, uuidV7 } from '../../../platform/ids';
import { silentLogger } from '../../../platform/telemetry';
import { everyUrl } from './every-url';
import { createScriptedProvider } from './scripted-provider';
import { peopleIn } from './people';
import { createMemoryCheckpoints, createMemoryParking } from './memory-workflow-ports';
import { seededRandom } from '../time/seeded-random';
import { createVirtualClock, type VirtualClock } from '../time/virtual-clock';

export { createScriptedProvider };
export const gbp = (amountMinor: number) => ({ amountMinor, currency: 'GBP' as CurrencyCode });
export const idOf = (name: string): string => uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', name);
export const ann = idOf('ann') as AccountId;
export const bob = idOf('bob') as AccountId;
export const system: Principal = { kind: 'system', id: 'test', roles: [] };
/** The time after which an unpaid order expires. */
export const payWithin = (30 * 60_000) as Millis;
export const customer = (id: AccountId): Principal => ({ kind: 'customer', id, roles: ['customer'] });

/** One life of the process: what it holds in memory dies with it; the store and what is durable do not. */
export type Life = {
  readonly aggregates: Aggregates;
  readonly useCases: UseCaseRegistry;
  readonly payments: Payments;
  readonly runtime: ReactionRuntime;
};

export type Durable = {
  readonly store: EventStore;
  readonly checkpoints: Checkpoints;
  readonly parking: Parking;
};

const eventsOf = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  return events;
};

/** Every warehouse that the store knows of. */
const sitesOf = async (store: EventStore): Promise<readonly Site[]> => {
  const sites = new Map<WarehouseId, Site>();
  for (const { type, data } of (await eventsOf(store)) as unknown as readonly WarehouseEvent[]) {
    if (type === 'WarehouseRegistered') sites.set(data.warehouseId, { ...data, active: true });
    const site = type.startsWith('Warehouse') ? sites.get(data.warehouseId) : undefined;
    if (site) sites.set(data.warehouseId, { ...site, active: type !== 'WarehouseDeactivated' });
  }
  return [...sites.values()];
};

/**
 * The World and a carrier in one: packs, sends a truck, loads, delivers, and supplies requested goods.
 *
 * @param permit - requests the permission to load; without it the shipment stays.
 */
export const obligingWorld = (
  useCases: UseCaseRegistry,
  permit: (event: EventOf<ShipmentLoadingStarted>, context: CommandContext) => Promise<boolean> = async () =>
    true,
): Reactor => {
  const gateway = (event: RecordedEvent, purpose: string): CommandContext => ({
    ...contextFrom(event, purpose),
    principal: { kind: 'gateway', id: 'world', roles: [] },
  });
  const truckId = 7 as TruckId;
  const none = async (): Promise<void> => undefined;
  return reactor<ShipmentEvent | StockReplenishmentRequested>('world', {
    ShipmentCreated: async (event) => {
      const { shipmentId, warehouseId } = event.data;
      await useCases.recordTruckArrived({ shipmentId, truckId, warehouseId }, gateway(event, 'arrived'));
      await useCases.recordPacked({ shipmentId }, gateway(event, 'packed'));
    },
    ShipmentLoadingStarted: async (event) => {
      if (!(await permit(event, gateway(event, 'start-loading')))) return;
      await useCases.recordLoaded({ shipmentId: event.data.shipmentId }, gateway(event, 'loaded'));
    },
    ShipmentLoaded: async (event) => {
      await useCases.recordDelivered({ shipmentId: event.data.shipmentId }, gateway(event, 'delivered'));
    },
    StockReplenishmentRequested: async (event) => {
      await useCases.receiveStock(event.data, gateway(event, 'arrived'));
    },
    ShipmentPacked: none,
    ShipmentTruckDispatched: none,
    ShipmentTruckArrived: none,
    ShipmentDeliveryStarted: none,
    ShipmentDelivered: none,
    ShipmentTrackingAssigned: none,
    ShipmentDestinationChanged: none,
    ShipmentFailed: none,
    ShipmentRetried: async (event) => {
      const { shipmentId, step } = event.data;
      if (step === 'packing') await useCases.recordPacked({ shipmentId }, gateway(event, 'packed'));
    },
    ShipmentParked: none,
    ShipmentStatusRequested: none,
    ShipmentCancelled: none,
  });
};

/** The effect of each event on the stock on hand. */
const onHandSigns: Partial<Record<StockEvent['type'], number>> = {
  StockReceived: 1,
  StockReserved: -1,
  StockReleased: 1,
  StockRemoved: -1,
};

export type BenchOptions = {
  /** Whether the World does its part. Default true. */
  readonly world?: boolean;
  readonly provider?: PaymentProvider;
  readonly clock?: VirtualClock;
  readonly checkpointEveryMs?: number;
  /** Whether personal data is stored sealed. Default false. */
  readonly sealed?: boolean;
  readonly geocoder?: Geocoder;
  /** Whether money is held with the order and taken at the dispatch. Default false. */
  readonly takesAtDispatch?: boolean;
};

/** `keyed`: the id is an idempotency key that the sender chose. */
type SendOptions = { readonly as?: Principal; readonly id?: string | undefined; readonly keyed?: boolean };

/** Everything that an order needs, in memory and virtual time. */
export const createOrderBench = ({
  world = true,
  provider = createScriptedProvider(),
  clock = createVirtualClock(),
  checkpointEveryMs = 250,
  sealed = false,
  geocoder = standInGeocoder,
  takesAtDispatch = false,
}: BenchOptions = {}) => {
  const random = seededRandom(11);
  let salt = 0;
  // Costs nothing, and yet is salted, as the real one is.
  const passwords: Passwords = {
    hash: async (password) => `${salt++}:${password}`,
    matches: async (password, hash) => hash?.split(':')[1] === password,
  };
  const rawStore = memoryEventStore(clock);
  const keys = memoryPersonKeys(seededRandom(12));
  const keysInUse = keyCache(keys, clock);
  const store = sealed
    ? sealing(rawStore, personalEvents(personalData, keysInUse, seededRandom(13)))
    : rawStore;
  const personKeys = {
    ...keys,
    destroy: async (person: string, at: Instant) => {
      await keys.destroy(person, at);
      keysInUse.forget(person);
    },
  };
  const parking = createMemoryParking();
  const durable: Durable = { store, checkpoints: createMemoryCheckpoints(), parking };
  let commands = 0;

  const live = (on: Durable = durable, more: readonly Reactor[] = []): Life => {
    const logger = silentLogger;
    const aggregates = createAggregates({ store: on.store, clock, random, logger });
    const numbers = createNumbers({ aggregates, clock, random });
    const paying = { aggregates, clock, random, logger, provider, takesAtDispatch };
    const people = peopleIn(on.store, clock);
    const payments = createPayments(paying);
    const deps = { ...paying, ...payments, numbers, people, personKeys };
    const useCases = createUseCases({
      ...{ ...deps, passwords, payWithin },
      ...{ webhookUrls: everyUrl, geocoder },
    });
    const permit = async (
      { data: { orderId, shipmentId } }: EventOf<ShipmentLoadingStarted>,
      context: CommandContext,
    ): Promise<boolean> => {
      const leave = await startPartLoading(
        { aggregates, clock },
        { orderId, shipmentId, attempt: 1 },
        context,
      );
      if (leave.kind === 'rejected' && leave.rejection.code === 'ORDER_NOT_CAPTURED')
        throw new RetryLater('The money is not taken');
      return leave.kind === 'accepted';
    };
    const workflows = orderReactors({
      ...deps,
      warehouses: () => sitesOf(on.store),
    });
    const runtime = createReactionRuntime({
      ...on,
      clock,
      random,
      logger,
      reactors: [
        ...workflows,
        ...(world ? [obligingWorld(useCases, takesAtDispatch ? permit : undefined)] : []),
        ...more,
      ],
      retryOn: [...retryOrdersOn, ...retryLoadingOn],
      limits: { retryEveryMs: 60_000, checkpointEveryMs },
    });
    return { aggregates, useCases, payments, runtime };
  };

  let life = live();

  const send = async <Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    { as = system, id = `command ${commands++}`, keyed = false }: SendOptions = {},
  ) => {
    const context = { commandId: idOf(id), keyed, correlationId: 'c', principal: as };
    return clock.drive(life.useCases[name](input, context));
  };

  const demand = async <Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    more?: SendOptions,
  ): Promise<SuccessOf<Name>> => {
    const outcome = await send(name, input, more);
    if (outcome.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
    return outcome.value;
  };

  const refusal = async <Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    more?: SendOptions,
  ): Promise<Rejection> => {
    const outcome = await send(name, input, more);
    if (outcome.kind !== 'rejected') throw new Error(`${name} was not refused: ${JSON.stringify(outcome)}`);
    return outcome.rejection;
  };

  /** Lets the workflows do all that there is to do now. */
  const settle = async (runtime: ReactionRuntime = life.runtime): Promise<void> => {
    for (let turn = 0; turn < 1_000; turn += 1) {
      await clock.advance(20);
      const { position, kept } = runtime.status();
      if (kept === 0 && position === (await store.head())) return;
    }
    throw new Error(`The reactors do not finish: ${JSON.stringify(runtime.status())}`);
  };

  return {
    clock,
    store,
    rawStore,
    personKeys,
    durable,
    parking,
    provider,
    live,
    send,
    demand,
    refusal,
    settle,
    start: () => life.runtime.start(),
    stop: () => clock.drive(life.runtime.stop()),
    /** A new life on what is durable; the one before is forgotten. */
    restart: (on?: Durable, more?: readonly Reactor[]): Life => (life = live(on, more)),
    life: () => life,
    status: async (orderId: OrderId): Promise<OrderStatus | 'NONE'> => {
      const state = await clock.drive(life.aggregates.of(order).load(orderId));
      return state.progress === 'NONE' ? 'NONE' : statusOf(state);
    },
    stockOf: (warehouseId: WarehouseId, productId: ProductId) =>
      clock.drive(life.aggregates.of(stock).load(`${warehouseId}-${productId}`)),
    events: () => eventsOf(store),
    /** Returns the number of events of a type. */
    count: async (type: string): Promise<number> =>
      (await eventsOf(store)).filter((event) => event.type === type).length,
    /** received = on hand + reserved + shipped + removed, in every stock (V4). */
    stockSums: async (): Promise<void> => {
      const apart = new Map<string, number>();
      for (const event of await eventsOf(store)) {
        const { type, data } = event as unknown as StockEvent;
        if (!event.stream.startsWith('stock-')) continue;
        const sign = onHandSigns[type] ?? 0;
        const quantity = 'quantity' in data ? data.quantity : 0;
        apart.set(event.stream, (apart.get(event.stream) ?? 0) + sign * quantity);
      }
      for (const [stream, onHand] of apart) {
        const state = await clock.drive(life.aggregates.of(stock).load(stream.slice('stock-'.length)));
        expect({ stream, onHand: state.onHand }).toEqual({ stream, onHand });
      }
    },
    freshId: () => uuidV7(clock, random),
  };
};

export type OrderBench = ReturnType<typeof createOrderBench>;

/** Two warehouses and two products: `near` holds 10 mugs, `far` 100 mugs and 5 pens. */
export const furnish = async (bench: OrderBench) => {
  const near = (await bench.demand('registerWarehouse', { name: 'Near', place: { x: 0, y: 0 } })).warehouseId;
  const far = (await bench.demand('registerWarehouse', { name: 'Far', place: { x: 50, y: 0 } })).warehouseId;
  const product = (sku: string, price: number) =>
    bench.demand('registerProduct', { sku, name: sku, description: '', category: 'desk', price: gbp(price) });
  const mug = (await product('MUG', 500)).productId;
  const pen = (await product('PEN', 120)).productId;
  const receive = (warehouseId: WarehouseId, productId: ProductId, quantity: number) =>
    bench.demand('receiveStock', { warehouseId, productId, quantity });
  await receive(near, mug, 10);
  await receive(far, mug, 100);
  await receive(far, pen, 5);
  return { near, far, mug, pen };
};

/** Puts goods into a cart and orders them. */
export const buy = async (
  bench: OrderBench,
  lines: readonly (readonly [ProductId, number])[],
  {
    by = ann,
    pay = 'test',
    ...more
  }: {
    readonly by?: AccountId;
    readonly pay?: string | null;
    readonly warehouseId?: WarehouseId;
    readonly address?: NonNullable<InputOf<'placeOrder'>['address']>;
  } = {},
): Promise<OrderId> => {
  for (const [productId, quantity] of lines)
    await bench.demand('addToCart', { customerId: by, productId, quantity }, { as: customer(by) });
  const { orderId } = await bench.demand(
    'placeOrder',
    {
      customerId: by,
      destination: { x: 1, y: 1 },
      ...(pay === null ? {} : { paymentMethod: pay }),
      ...more,
    },
    { as: customer(by) },
  );
  return orderId;
};

export const shipmentsOf = async (bench: OrderBench, orderId: OrderId): Promise<readonly ShipmentId[]> =>
  (await bench.events())
    .filter(
      ({ type, data }) => type === 'ShipmentCreated' && (data as { orderId: OrderId }).orderId === orderId,
    )
    .map(({ data }) => (data as { shipmentId: ShipmentId }).shipmentId);
