import { account } from '../domain/account';
import { addressBook } from '../domain/address-book';
import { administrators } from '../domain/administrators';
import { carrierInbound } from '../domain/carrier-inbound';
import { carrierMessage } from '../domain/carrier-message';
import { cart } from '../domain/cart';
import { idempotencyKey } from '../domain/idempotency-key';
import { installation } from '../domain/installation';
import type { AnyFact, Decider, Upcasters } from '../domain/kernel';
import { notification } from '../domain/notification';
import { numbering } from '../domain/numbering';
import { order } from '../domain/order';
import { payment } from '../domain/payment';
import { product } from '../domain/product';
import { review } from '../domain/review';
import { shipment } from '../domain/shipment';
import { stock } from '../domain/stock';
import { trackingNumber } from '../domain/tracking-number';
import { warehouse } from '../domain/warehouse';
import { worldCommand } from '../domain/world-command';
import { worldLink } from '../domain/world-link';

/** Fields by event type. */
type Fields = Readonly<Record<string, readonly string[]>>;

/** An aggregate as the program reads it from a store. */
export type Stored = Pick<Decider<unknown, never, AnyFact, never>, 'category' | 'upcasters' | 'initial'> & {
  readonly evolve: (state: never, event: never) => unknown;
  readonly personalData?: Fields | undefined;
};

const aggregates: readonly Stored[] = [
  account,
  addressBook,
  administrators,
  carrierInbound,
  carrierMessage,
  cart,
  idempotencyKey,
  installation,
  notification,
  numbering,
  order,
  payment,
  product,
  review,
  shipment,
  stock,
  trackingNumber,
  warehouse,
  worldCommand,
  worldLink,
];

/** Returns the aggregate of a stream category; undefined for streams of other programs. */
export const aggregateOf = (category: string): Stored | undefined =>
  aggregates.find((aggregate) => aggregate.category === category);

/** The stream categories of all aggregates. */
export const categories: ReadonlySet<string> = new Set(aggregates.map(({ category }) => category));

/** The upcasters of all aggregates. Every store that the program opens reads events through them. */
export const eventUpcasters: Upcasters = Object.assign(
  {},
  ...aggregates.map(({ upcasters }) => upcasters),
) as Upcasters;

/** The fields of all events that are personal data, by event type. */
export const personalData: Fields = Object.assign(
  {},
  ...aggregates.map((aggregate) => aggregate.personalData),
) as Fields;
