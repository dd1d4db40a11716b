import type { Listing, Readers } from '../../../gateways/graphql';
import { positionOf } from '../../../platform/event-store';
import type { ExchangeLogEntry } from '../../../projections/exchange-log';
import type { ProductFamily } from '../../../projections/product-families';
import type { Promotion } from '../../../projections/promotions';
import type { SalesDay } from '../../../projections/sales-by-day';
import type { WebhookEndpoint } from '../../../projections/webhook-endpoints';
import type { WebhookDelivery } from '../../../gateways/webhooks';
import type { ShippingMethod } from '../../../projections/shipping-methods';
import type { CountryTax } from '../../../projections/tax-rates';
import type { WorldLinkDocument } from '../../../projections/world-links';

/** The documents that belong to the shop. */
type ShopOwnDocuments = {
  readonly exchanges: readonly ExchangeLogEntry[];
  readonly promotions: readonly Promotion[];
  readonly productFamilies: readonly ProductFamily[];
  readonly shippingMethods: readonly ShippingMethod[];
  readonly taxRates: readonly CountryTax[];
  readonly sales: readonly SalesDay[];
  readonly worldLinks: readonly WorldLinkDocument[];
  readonly webhookEndpoints: readonly WebhookEndpoint[];
  readonly webhookDeliveries: readonly WebhookDelivery[];
};

/** Readers over what only staff may see. */
export const staffReaders = (
  shop: ShopOwnDocuments,
  told: <Result>(what: string, result: Result) => Promise<Result>,
  listing: <D>(what: string, documents: readonly D[]) => Listing<D>,
): Pick<
  Readers,
  | 'exchanges'
  | 'parkedEvents'
  | 'parkedReactions'
  | 'productFamilies'
  | 'promotions'
  | 'sales'
  | 'sellerPayouts'
  | 'shippingMethods'
  | 'taxRates'
  | 'webhookDeliveries'
  | 'webhookEndpoints'
  | 'worldLinks'
> => ({
  parkedEvents: { list: () => listing('parkedEvents.list', []) },
  parkedReactions: { list: () => listing('parkedReactions.list', []) },
  promotions: {
    getMany: (wanted) =>
      told(
        'promotions',
        shop.promotions
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(1) })),
      ),
    list: () => listing('promotions.list', shop.promotions),
  },
  webhookEndpoints: {
    getMany: (wanted) =>
      told(
        'webhookEndpoints',
        shop.webhookEndpoints
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(1) })),
      ),
    list: (ownerId) =>
      listing(
        'webhookEndpoints.list',
        shop.webhookEndpoints.filter((one) => (ownerId ?? one.ownerId) === one.ownerId),
      ),
  },
  webhookDeliveries: {
    ofEndpoint: (endpointId, status) =>
      listing(
        'webhookDeliveries.ofEndpoint',
        shop.webhookDeliveries.filter(
          (one) => one.endpointId === endpointId && (status ?? one.status) === one.status,
        ),
      ),
  },
  productFamilies: {
    getMany: (wanted) =>
      told(
        'productFamilies',
        shop.productFamilies
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(1) })),
      ),
    list: (sellerId) =>
      listing(
        'productFamilies.list',
        shop.productFamilies.filter((one) => sellerId === undefined || one.sellerId === sellerId),
      ),
  },
  shippingMethods: {
    getMany: (wanted) =>
      told(
        'shippingMethods',
        shop.shippingMethods
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(1) })),
      ),
    list: () => told('shippingMethods.list', shop.shippingMethods),
  },
  taxRates: {
    getMany: (wanted) =>
      told(
        'taxRates',
        shop.taxRates
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(1) })),
      ),
    list: () => told('taxRates.list', shop.taxRates),
  },
  exchanges: {
    ofLink: (link) =>
      listing(
        'exchanges.ofLink',
        shop.exchanges.filter((one) => one.link === link),
      ),
    ofShipment: (number) =>
      listing(
        'exchanges.ofShipment',
        shop.exchanges.filter(({ shipmentNumber }) => shipmentNumber === number),
      ),
    withWords: () => listing('exchanges.withWords', shop.exchanges),
    parked: () =>
      listing(
        'exchanges.parked',
        shop.exchanges.filter(({ parked }) => parked),
      ),
  },
  sellerPayouts: { ofSeller: () => listing('sellerPayouts.ofSeller', []) },
  sales: {
    list: ({ from = '', to = '9' }) =>
      listing(
        'sales.list',
        shop.sales.filter(({ day }) => day >= from && day <= to),
      ),
  },
  worldLinks: { list: () => told('worldLinks.list', shop.worldLinks), unacked: () => told('unacked', 2) },
});
