import { unreachable } from '../kernel';
import type { OrderId, ReplenishmentId } from '../kernel';
import { rememberedMax } from './limits';
import type { StockEvent } from './events';
import { PersistentMap } from './persistent-map';

/** `waits`: the order has a place in the queue; otherwise the goods are set aside for it. */
type Claim = { readonly quantity: number; readonly waits: boolean };

/**
 * One product in one warehouse. What is on hand is free, or waits together with what is on its way for the head of the queue;
 * what is set aside for an order is no longer on hand.
 */
export type StockState = {
  readonly onHand: number;
  /** Each order that has goods here or waits for them. */
  readonly claims: PersistentMap<OrderId, Claim>;
  /** First come, first served. Never servable as it stands: the head wants more than is on hand. */
  readonly queue: readonly { readonly orderId: OrderId; readonly quantity: number }[];
  /** What all in the queue want together. */
  readonly queued: number;
  /** Asked for and not arrived yet. */
  readonly onItsWay: ReadonlyMap<ReplenishmentId, number>;
  readonly lastShipped: readonly OrderId[];
  readonly lastArrived: readonly ReplenishmentId[];
};

export const initial: StockState = {
  onHand: 0,
  claims: PersistentMap.empty(),
  queue: [],
  queued: 0,
  onItsWay: new Map(),
  lastShipped: [],
  lastArrived: [],
};

/** What a new order could have at once: nothing while others wait. */
export const availableOf = (state: StockState): number => (state.queue.length === 0 ? state.onHand : 0);

/** How much more must be asked for so that everyone who waits is served; negative where more than that is coming. */
export const shortageOf = ({ queued, onHand, onItsWay }: StockState): number =>
  [...onItsWay.values()].reduce((shortage, quantity) => shortage - quantity, queued - onHand);

/** What is set aside for the order; 0 where nothing is, or where it still waits. */
export const setAsideFor = ({ claims }: StockState, orderId: OrderId): number => {
  const claim = claims.get(orderId);
  return claim === undefined || claim.waits ? 0 : claim.quantity;
};

/** What the order waits for; 0 where it does not. */
export const awaitedBy = ({ claims }: StockState, orderId: OrderId): number => {
  const claim = claims.get(orderId);
  return claim?.waits === true ? claim.quantity : 0;
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
  // The one that leaves is nearly always the head, and to search a long queue for it would cost.
  const rest =
    queue[0]?.orderId === orderId ? queue.slice(1) : queue.filter((waiting) => waiting.orderId !== orderId);
  return { ...state, queue: rest, queued: state.queued - awaitedBy(state, orderId) };
};

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
      const { orderId, quantity } = event.data;
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
    default:
      return unreachable(event);
  }
};

/** @throws Error where goods on hand fell below nothing: the stream is broken, and its writer stops rather than sell air. */
export const evolve = (state: StockState, event: StockEvent): StockState => {
  const after = moved(state, event);
  if (after.onHand < 0) throw new Error(`${event.type} leaves ${after.onHand} on hand`);
  return after;
};
