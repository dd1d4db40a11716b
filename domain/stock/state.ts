import { PersistentMap, unreachable } from '../kernel';
import type { Instant, OrderId, ReplenishmentId, StateCodec } from '../kernel';
import { rememberedMax } from './limits';
import type { StockEvent } from './events';

/** An order's claim on the stock. `waits`: the order is in the queue; otherwise the goods are reserved. */
type Claim = { readonly quantity: number; readonly waits: boolean };

/** One product in one warehouse. Reserved goods are no longer on hand. */
export type StockState = {
  readonly onHand: number;
  /** The claim of each order that has goods here or waits for them. */
  readonly claims: PersistentMap<OrderId, Claim>;
  /** Orders in order of arrival. The head always wants more than is on hand. */
  readonly queue: readonly { readonly orderId: OrderId; readonly quantity: number }[];
  /** The sum of the quantities in the queue. */
  readonly queued: number;
  /** The quantities that are requested and have not arrived. */
  readonly onItsWay: ReadonlyMap<ReplenishmentId, number>;
  /** The time when goods were last received; absent before, and in snapshots of earlier versions. */
  readonly lastReceivedAt?: Instant | undefined;
  /** The number of times that the stock has become low; absent in snapshots of earlier versions. */
  readonly timesLow?: number | undefined;
  readonly lastShipped: readonly OrderId[];
  readonly lastArrived: readonly ReplenishmentId[];
  readonly lowStockThreshold: number;
};

export const initial: StockState = {
  onHand: 0,
  claims: PersistentMap.empty(),
  queue: [],
  queued: 0,
  onItsWay: new Map(),
  lastShipped: [],
  lastArrived: [],
  lowStockThreshold: 0,
};

/** Returns the quantity that a new order could reserve now: 0 while other orders wait. */
export const availableOf = (state: StockState): number => (state.queue.length === 0 ? state.onHand : 0);

const isLow = ({ onHand, lowStockThreshold }: StockState): boolean => onHand < lowStockThreshold;

/** Returns the facts of a stock with fewer pieces on hand than its threshold; undefined for any other. */
export const lowStockOf = (
  state: StockState,
): { readonly onHand: number; readonly threshold: number; readonly timesLow: number } | undefined => {
  const { onHand, lowStockThreshold: threshold, timesLow = 0 } = state;
  return isLow(state) ? { onHand, threshold, timesLow } : undefined;
};

/**
 * Returns the quantity to request so that the whole queue can be served; negative if more than that is already
 * requested.
 */
export const shortageOf = ({ queued, onHand, onItsWay }: StockState): number =>
  [...onItsWay.values()].reduce((shortage, quantity) => shortage - quantity, queued - onHand);

/** Returns the quantity that is reserved for the order; 0 if it has none or still waits. */
export const setAsideFor = ({ claims }: StockState, orderId: OrderId): number => {
  const claim = claims.get(orderId);
  return claim === undefined || claim.waits ? 0 : claim.quantity;
};

/** Returns the quantity that the order waits for; 0 if it does not wait. */
export const awaitedBy = ({ claims }: StockState, orderId: OrderId): number => {
  const claim = claims.get(orderId);
  return claim?.waits === true ? claim.quantity : 0;
};

type PlainState = Omit<StockState, 'claims'> & {
  readonly claims: ReturnType<StockState['claims']['entries']>;
};

export const snapshot: StateCodec<StockState> = {
  toPlain: (state): PlainState => ({ ...state, claims: state.claims.entries() }),
  fromPlain: (plain) => {
    const { claims, ...state } = plain as PlainState;
    return { ...state, claims: PersistentMap.of(claims) };
  },
};

const remembered = <Id>(ids: readonly Id[], id: Id): readonly Id[] => [...ids.slice(1 - rememberedMax), id];

const withEntry = <Key>(map: ReadonlyMap<Key, number>, key: Key, value: number): ReadonlyMap<Key, number> =>
  new Map(map).set(key, value);

const withoutEntry = <Key>(map: ReadonlyMap<Key, number>, key: Key): ReadonlyMap<Key, number> => {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
};

const withoutPlace = (state: StockState, orderId: OrderId): StockState => {
  const { queue } = state;
  // The leaving order is nearly always the head, and a search of a long queue is slow.
  const rest =
    queue[0]?.orderId === orderId ? queue.slice(1) : queue.filter((waiting) => waiting.orderId !== orderId);
  return { ...state, queue: rest, queued: state.queued - awaitedBy(state, orderId) };
};

/** The order keeps some pieces, and its place in the queue. */
const withLess = (
  state: StockState,
  {
    orderId,
    quantity,
    awaited,
    kept,
  }: {
    readonly orderId: OrderId;
    readonly quantity: number;
    readonly awaited: number;
    readonly kept: number;
  },
): StockState => ({
  ...state,
  onHand: state.onHand + quantity,
  claims: state.claims.with(orderId, { quantity: kept, waits: awaited > 0 }),
  queue:
    awaited > 0
      ? state.queue.map((waiting) => (waiting.orderId === orderId ? { orderId, quantity: kept } : waiting))
      : state.queue,
  queued: state.queued - awaited,
});

const withArrival = (state: StockState, replenishmentId: ReplenishmentId | undefined): StockState =>
  replenishmentId === undefined
    ? state
    : {
        ...state,
        onItsWay: withoutEntry(state.onItsWay, replenishmentId),
        lastArrived: remembered(state.lastArrived, replenishmentId),
      };

const moved = (state: StockState, event: StockEvent): StockState => {
  const { onHand } = state;
  switch (event.type) {
    case 'StockReceived':
      return {
        ...withArrival(state, event.data.replenishmentId),
        onHand: onHand + event.data.quantity,
        lastReceivedAt: event.data.receivedAt,
      };
    case 'StockRemoved':
      return { ...state, onHand: onHand - event.data.quantity };
    case 'StockReserved': {
      const { orderId, quantity, backorderFilled } = event.data;
      return {
        ...(backorderFilled ? withoutPlace(state, orderId) : state),
        onHand: onHand - quantity,
        claims: state.claims.with(orderId, { quantity, waits: false }),
      };
    }
    case 'StockBackordered': {
      const { orderId, quantity } = event.data;
      return {
        ...state,
        claims: state.claims.with(orderId, { quantity, waits: true }),
        queue: [...state.queue, { orderId, quantity }],
        queued: state.queued + quantity,
      };
    }
    case 'StockReleased': {
      const { orderId, quantity, awaited, kept } = event.data;
      if (kept !== undefined) return withLess(state, { orderId, quantity, awaited, kept });
      return {
        ...(awaitedBy(state, orderId) > 0 ? withoutPlace(state, orderId) : state),
        onHand: onHand + quantity,
        claims: state.claims.without(orderId),
      };
    }
    case 'StockShipped':
      return {
        ...state,
        claims: state.claims.without(event.data.orderId),
        lastShipped: remembered(state.lastShipped, event.data.orderId),
      };
    case 'StockReplenishmentRequested': {
      const { replenishmentId, quantity } = event.data;
      return { ...state, onItsWay: withEntry(state.onItsWay, replenishmentId, quantity) };
    }
    case 'StockThresholdSet':
      return { ...state, lowStockThreshold: event.data.threshold };
    default:
      return unreachable(event);
  }
};

/**
 * Applies an event.
 *
 * @throws Error if the stock on hand becomes negative: the stream is corrupt.
 */
export const evolve = (state: StockState, event: StockEvent): StockState => {
  const after = moved(state, event);
  if (after.onHand < 0) throw new Error(`${event.type} leaves ${after.onHand} on hand`);
  return isLow(after) && !isLow(state) ? { ...after, timesLow: (state.timesLow ?? 0) + 1 } : after;
};
