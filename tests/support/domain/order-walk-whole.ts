import type { AnyFact, AnyRejection, Decider } from '../../../domain/kernel';
import { order, type KnownOrder, type OrderCommand } from '../../../domain/order';
import { payment, type PaymentCommand, type PaymentState } from '../../../domain/payment';
import {
  shipment,
  type KnownShipment,
  type ShipmentCommand,
  type ShipmentState,
} from '../../../domain/shipment';
import { orderCommandFacts as facts } from './one-part-order';

/**
 * An order of one part with its present shipment and its latest payment. The walk combines the three deciders as the
 * reactors, the outside systems and people do, and visits every state that they can be in together.
 */
export type Whole = {
  readonly order: KnownOrder;
  readonly shipment: ShipmentState;
  readonly payment: PaymentState;
  /** Former payments; a second one follows a decline. */
  readonly payments: number;
  /** Whether money is held with the order and taken before the shipment leaves. */
  readonly isHeld: boolean;
};

/** A step without people: the platform's, an outside system's, or the clock's. Returns the states that it may lead to. */
export type Step = (whole: Whole) => readonly Whole[];

export const { orderId, at, payBy } = facts;
export const to = { orderId, at };

export const after = <State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
  decider: Decider<State, Command, Event, Rejection>,
  state: State,
  command: Command,
): State => {
  const decision = decider.decide(command, state);
  return decision.ok ? decision.events.reduce(decider.evolve, state) : state;
};

export const withOrder = (whole: Whole, command: OrderCommand): Whole => ({
  ...whole,
  order: after(order, whole.order, command) as KnownOrder,
});
export const withShipment = (whole: Whole, command: ShipmentCommand): Whole => ({
  ...whole,
  shipment: after(shipment, whole.shipment, command),
});
export const withPayment = (whole: Whole, command: PaymentCommand): Whole => ({
  ...whole,
  payment: after(payment, whole.payment, command),
});

export const partOf = ({ order: { parts } }: Whole) => parts[0];
export const parcelOf = (whole: Whole): KnownShipment | undefined =>
  whole.shipment.status === 'NONE' ? undefined : whole.shipment;
