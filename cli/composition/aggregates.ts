import { account } from '../../domain/account';
import { addressBook } from '../../domain/address-book';
import { administrators } from '../../domain/administrators';
import { afterSales } from '../../domain/after-sales';
import { automaticPromotions } from '../../domain/automatic-promotions';
import { carrierInbound } from '../../domain/carrier-inbound';
import { carrierMessage } from '../../domain/carrier-message';
import { cart } from '../../domain/cart';
import { definedRoles } from '../../domain/defined-roles';
import { erasures } from '../../domain/erasures';
import { helpfulVote } from '../../domain/helpful-vote';
import { idempotencyKey } from '../../domain/idempotency-key';
import { installation } from '../../domain/installation';
import { invoice } from '../../domain/invoice';
import { invoiceSeries } from '../../domain/invoice-series';
import type { AnyFact, Decider, Upcasters } from '../../domain/kernel';
import { merchant } from '../../domain/merchant';
import { notification } from '../../domain/notification';
import { numbering } from '../../domain/numbering';
import { order } from '../../domain/order';
import { payment } from '../../domain/payment';
import { picture } from '../../domain/picture';
import { post } from '../../domain/post';
import { product } from '../../domain/product';
import { productFamily } from '../../domain/product-family';
import { promotion } from '../../domain/promotion';
import { categories as categoryTree } from '../../domain/categories';
import { review } from '../../domain/review';
import { shipment } from '../../domain/shipment';
import { shippingMethods } from '../../domain/shipping-methods';
import { stock } from '../../domain/stock';
import { taxRates } from '../../domain/tax-rates';
import { trackingNumber } from '../../domain/tracking-number';
import { warehouse } from '../../domain/warehouse';
import { webhookEndpoints } from '../../domain/webhook-endpoints';
import { worldCommand } from '../../domain/world-command';
import { worldLink } from '../../domain/world-link';
import type { PersonalRules } from '../../platform/personal-data';

/** An aggregate as the program reads it from a store. */
export type Stored = Pick<Decider<unknown, never, AnyFact, never>, 'category' | 'upcasters' | 'initial'> & {
  readonly evolve: (state: never, event: never) => unknown;
  readonly personalData?: PersonalRules | undefined;
};

const aggregates: readonly Stored[] = [
  account,
  addressBook,
  administrators,
  afterSales,
  automaticPromotions,
  carrierInbound,
  carrierMessage,
  cart,
  definedRoles,
  erasures,
  helpfulVote,
  idempotencyKey,
  installation,
  invoice,
  invoiceSeries,
  merchant,
  notification,
  numbering,
  order,
  payment,
  picture,
  post,
  product,
  productFamily,
  promotion,
  categoryTree,
  review,
  shipment,
  shippingMethods,
  stock,
  taxRates,
  trackingNumber,
  warehouse,
  webhookEndpoints,
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

/** The fields of all events that are personal data, by event type. Every store that the program opens seals them. */
export const personalData: PersonalRules = Object.assign(
  {},
  ...aggregates.map((aggregate) => aggregate.personalData),
) as PersonalRules;
