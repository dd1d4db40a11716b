import { fold, type OrderId, type ShipmentId } from '../../domain/kernel';
import {
  isCalledOff,
  order,
  orderEventTypes,
  orderTransitions,
  orderWaysOut,
  statusOf,
  type OrderEvent,
  type OrderState,
  type OrderStatus,
} from '../../domain/order';
import { entryOf, isFact, type Book, type Breach } from './breach';

export type OrderBook = Book & {
  readonly statusOf: (orderId: OrderId) => OrderStatus | undefined;
  /** As of the events that it has seen. */
  readonly isCalledOff: (orderId: OrderId) => boolean;
  /** Returns the number of orders in each status. */
  readonly counts: () => Readonly<Partial<Record<OrderStatus, number>>>;
  readonly streams: () => number;
};

export const isOver = (status: OrderStatus): boolean => orderWaysOut[status].isFinal;

const statusIn = (state: OrderState): OrderStatus | undefined =>
  state.progress === 'NONE' ? undefined : statusOf(state);

const isAllowed = (
  from: OrderStatus | undefined,
  to: OrderStatus | undefined,
  type: OrderEvent['type'],
): boolean => {
  if (from === to) return true;
  if (to === undefined) return false;
  return from === undefined ? type === 'OrderPlaced' : (orderTransitions[from][type]?.includes(to) ?? false);
};

/**
 * V8 for orders: each status is a valid successor of the one before. V7: every order ends, unless one of its shipments is parked
 * with a reason.
 *
 * @param isParked - whether a shipment waits for staff.
 */
export const orderBook = (isParked: (shipmentId: ShipmentId) => boolean): OrderBook => {
  const states = new Map<OrderId, OrderState>();
  const found: Breach[] = [];

  const follow = (event: OrderEvent): void => {
    const { orderId } = event.data;
    const before = entryOf(states, orderId, () => order.initial);
    const breach = (detail: string): void =>
      void found.push({ invariant: 'V8', subject: `order-${orderId}`, detail });
    try {
      const after = fold(order.evolve, before, [event]);
      const [from, to] = [statusIn(before), statusIn(after)];
      if (!isAllowed(from, to, event.type))
        breach(`${event.type} led from ${from ?? 'nothing'} to ${to ?? 'nothing'}`);
      states.set(orderId, after);
    } catch (error) {
      breach(error instanceof Error ? error.message : String(error));
    }
  };

  const unfinished = (): readonly Breach[] =>
    [...states].flatMap(([orderId, state]): readonly Breach[] => {
      const status = statusIn(state);
      if (status === undefined || state.progress === 'NONE' || isOver(status)) return [];
      if (state.parts.some(({ shipmentId }) => isParked(shipmentId))) return [];
      return [{ invariant: 'V7', subject: `order-${orderId}`, detail: `is still ${status}` }];
    });

  return {
    see: (event) => {
      if (isFact<OrderEvent>(orderEventTypes, event)) follow(event);
    },
    breaches: (settled) => (settled ? [...found, ...unfinished()] : found),
    statusOf: (orderId) => statusIn(states.get(orderId) ?? order.initial),
    isCalledOff: (orderId) => {
      const state = states.get(orderId) ?? order.initial;
      return state.progress !== 'NONE' && isCalledOff(state);
    },
    streams: () => states.size,
    counts: () => {
      const counts: Partial<Record<OrderStatus, number>> = {};
      for (const state of states.values()) {
        const status = statusIn(state);
        if (status !== undefined) counts[status] = (counts[status] ?? 0) + 1;
      }
      return counts;
    },
  };
};
