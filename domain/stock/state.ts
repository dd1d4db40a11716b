import { unreachable } from '../kernel';
import type { OrderId, ReplenishmentId } from '../kernel';
import { rememberedMax } from './limits';
import type { StockEvent } from './events';

/**
 * One product in one warehouse. Goods on hand are free or wait, together with goods on their way, for the head of the queue;
 * goods set aside are `reserved`.
 */
export type StockState = {
  readonly onHand: number;
  readonly reserved: ReadonlyMap<OrderId, number>;
  /** First come, first served. Never servable as it stands: the head wants more than is on hand. */
  readonly queue: readonly { readonly orderId: OrderId; readonly quantity: number }[];
  /** Asked for and not arrived yet. */
  readonly onItsWay: ReadonlyMap<ReplenishmentId, number>;
  readonly lastShipped: readonly OrderId[];
  readonly lastArrived: readonly ReplenishmentId[];
};

export const initial: StockState = {
  onHand: 0,
  reserved: new Map(),
  queue: [],
  onItsWay: new Map(),
  lastShipped: [],
  lastArrived: [],
};

const sum = (quantities: Iterable<number>): number => {
  let total = 0;
  for (const quantity of quantities) total += quantity;
  return total;
};

const queued = ({ queue }: StockState): number => sum(queue.map(({ quantity }) => quantity));

/** What a new order could have at once: nothing while others wait. */
export const availableOf = (state: StockState): number => (state.queue.length === 0 ? state.onHand : 0);

/** How much more must be asked for so that everyone who waits is served; negative where more than that is coming. */
export const shortageOf = (state: StockState): number =>
  queued(state) - state.onHand - sum(state.onItsWay.values());

/** What is set aside for the order; 0 where nothing is, or where it still waits. */
export const setAsideFor = (state: StockState, orderId: OrderId): number => state.reserved.get(orderId) ?? 0;

/** What the order waits for; 0 where it does not. */
export const awaitedBy = (state: StockState, orderId: OrderId): number =>
  state.queue.find((waiting) => waiting.orderId === orderId)?.quantity ?? 0;

const remembered = <Id>(ids: readonly Id[], id: Id): readonly Id[] => [...ids.slice(1 - rememberedMax), id];

const withEntry = <Key>(map: ReadonlyMap<Key, number>, key: Key, value: number): ReadonlyMap<Key, number> =>
  new Map(map).set(key, value);

const withoutEntry = <Key>(map: ReadonlyMap<Key, number>, key: Key): ReadonlyMap<Key, number> => {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
};

const withoutOrder = (state: StockState, orderId: OrderId): StockState => ({
  ...state,
  reserved: withoutEntry(state.reserved, orderId),
  queue: state.queue.filter((waiting) => waiting.orderId !== orderId),
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
      };
    case 'StockRemoved':
      return { ...state, onHand: onHand - event.data.quantity };
    case 'StockReserved': {
      const { orderId, quantity, backorderFilled } = event.data;
      return {
        ...state,
        onHand: onHand - quantity,
        reserved: withEntry(state.reserved, orderId, quantity),
        queue: backorderFilled ? state.queue.filter((waiting) => waiting.orderId !== orderId) : state.queue,
      };
    }
    case 'StockBackordered': {
      const { orderId, quantity } = event.data;
      return { ...state, queue: [...state.queue, { orderId, quantity }] };
    }
    case 'StockReleased':
      return { ...withoutOrder(state, event.data.orderId), onHand: onHand + event.data.quantity };
    case 'StockShipped':
      return {
        ...state,
        reserved: withoutEntry(state.reserved, event.data.orderId),
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
