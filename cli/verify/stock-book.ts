import type { OrderId } from '../../domain/kernel';
import { unreachable } from '../../domain/kernel';
import { stockEventTypes, type StockEvent } from '../../domain/stock';
import type { StreamName } from '../../platform/event-store';
import { entryOf, isFact, type Book, type Breach } from './breach';

/** One product in one warehouse, in pieces. */
export type StockSums = {
  readonly received: number;
  readonly onHand: number;
  readonly reserved: number;
  readonly shipped: number;
  readonly removed: number;
};

export type StockBook = Book & {
  /** Returns the sums over all warehouses and products. */
  readonly sums: () => StockSums;
  /** Returns the quantity that left a stream of stock. */
  readonly shippedFrom: (stream: StreamName) => number;
  /** Returns the goods that are reserved, with their orders. */
  readonly setAside: () => readonly {
    readonly stream: StreamName;
    readonly orderId: OrderId;
    readonly quantity: number;
  }[];
  readonly streams: () => Iterable<StreamName>;
};

type Account = {
  received: number;
  onHand: number;
  shipped: number;
  removed: number;
  readonly reserved: Map<OrderId, number>;
};

const open = (): Account => ({ received: 0, onHand: 0, shipped: 0, removed: 0, reserved: new Map() });

const reservedIn = ({ reserved }: Account): number =>
  [...reserved.values()].reduce((sum, quantity) => sum + quantity, 0);

/** An event that can move pieces. Every other event of stock has no quantity. */
type Movement = Extract<StockEvent, { readonly data: { readonly quantity: number } }>;

const isMovement = (event: StockEvent): event is Movement => 'quantity' in event.data;

/** Applies a movement. @returns its breach, if any. */
const enter = (account: Account, { type, data }: Movement): string | undefined => {
  switch (type) {
    case 'StockReceived':
      account.received += data.quantity;
      account.onHand += data.quantity;
      return undefined;
    case 'StockRemoved':
      account.removed += data.quantity;
      account.onHand -= data.quantity;
      return undefined;
    case 'StockReserved': {
      const before = account.reserved.get(data.orderId);
      account.onHand -= data.quantity;
      account.reserved.set(data.orderId, (before ?? 0) + data.quantity);
      return before === undefined ? undefined : `set aside twice for order ${data.orderId}`;
    }
    case 'StockReleased':
    case 'StockShipped': {
      const held = account.reserved.get(data.orderId) ?? 0;
      account.reserved.delete(data.orderId);
      if (type === 'StockShipped') account.shipped += data.quantity;
      else account.onHand += data.quantity;
      // An order that waits has nothing set aside, and keeps its place.
      const kept = type === 'StockReleased' && data.awaited === 0 ? (data.kept ?? 0) : 0;
      if (kept > 0) account.reserved.set(data.orderId, kept);
      if (held === data.quantity + kept) return undefined;
      return `${type} of ${data.quantity} where ${held} were set aside for order ${data.orderId}`;
    }
    case 'StockBackordered':
    case 'StockReplenishmentRequested':
      return undefined;
    default:
      return unreachable(type);
  }
};

/** V4: per product and warehouse, received = on hand + reserved + shipped + removed, and on hand is never negative. */
export const stockBook = (): StockBook => {
  const accounts = new Map<StreamName, Account>();
  const found: Breach[] = [];
  const breach = (subject: StreamName, detail: string): void =>
    void found.push({ invariant: 'V4', subject, detail });

  const sumsOf = (account: Account): StockSums => ({ ...account, reserved: reservedIn(account) });

  return {
    see: (event) => {
      if (!isFact<StockEvent>(stockEventTypes, event) || !isMovement(event)) return;
      const account = entryOf(accounts, event.stream, open);
      const wrong = enter(account, event);
      if (wrong !== undefined) breach(event.stream, wrong);
      if (account.onHand < 0) breach(event.stream, `${account.onHand} on hand after ${event.type}`);
    },
    breaches: () => {
      const unequal = [...accounts].flatMap(([subject, account]): readonly Breach[] => {
        const { received, onHand, reserved, shipped, removed } = sumsOf(account);
        if (received === onHand + reserved + shipped + removed) return [];
        const detail = `received ${received} ≠ on hand ${onHand} + reserved ${reserved} + shipped ${shipped} + removed ${removed}`;
        return [{ invariant: 'V4', subject, detail }];
      });
      return [...found, ...unequal];
    },
    sums: () =>
      [...accounts.values()].map(sumsOf).reduce(
        (sum, one) => ({
          received: sum.received + one.received,
          onHand: sum.onHand + one.onHand,
          reserved: sum.reserved + one.reserved,
          shipped: sum.shipped + one.shipped,
          removed: sum.removed + one.removed,
        }),
        { received: 0, onHand: 0, reserved: 0, shipped: 0, removed: 0 },
      ),
    shippedFrom: (stream) => accounts.get(stream)?.shipped ?? 0,
    setAside: () =>
      [...accounts].flatMap(([stream, { reserved }]) =>
        [...reserved].map(([orderId, quantity]) => ({ stream, orderId, quantity })),
      ),
    streams: () => accounts.keys(),
  };
};
