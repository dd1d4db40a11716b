import type { z } from 'zod';
import { accountUseCases } from './account';
import { addressBookUseCases } from './delivery/address-book';
import { afterSalesUseCases } from './after-sales';
import { carrierUseCases } from './shipment/carrier';
import { cartUseCases } from './cart/cart';
import { offerUseCases } from './cart/cart-offer';
import { categoryUseCases } from './catalogue/categories';
import { catalogueUseCases } from './catalogue/catalogue';
import { moderationUseCases } from './contributions/moderation';
import { merchantUseCases } from './merchant';
import { notificationUseCases } from './notification';
import { orderUseCases } from './order';
import { pictureUseCases } from './catalogue/picture';
import { priceUseCases } from './catalogue/price-schedules';
import { postUseCases } from './contributions/post';
import { productFamilyUseCases } from './product-family';
import { promotionUseCases } from './promotion';
import { reviewUseCases } from './contributions/review';
import { shipmentUseCases } from './shipment/shipment';
import { shippingUseCases } from './shipping';
import { taxUseCases } from './tax';
import { warehouseUseCases } from './warehouse';
import { webhookUseCases } from './webhook';
import { worldUseCases } from './world';

/** The use cases by aggregate. Each group is a gRPC service. */
export const useCaseGroups = {
  Account: { about: 'Accounts, sessions and roles.', useCases: accountUseCases },
  AddressBook: { about: 'The postal addresses of accounts.', useCases: addressBookUseCases },
  Catalogue: {
    about: 'The products that are sold, and their prices.',
    useCases: { ...catalogueUseCases, ...priceUseCases },
  },
  Category: { about: 'The tree in which shoppers find products.', useCases: categoryUseCases },
  ProductFamily: {
    about: 'Families of products that differ in the values of options.',
    useCases: productFamilyUseCases,
  },
  Picture: { about: 'Pictures that accounts upload.', useCases: pictureUseCases },
  Cart: { about: 'The carts of customers.', useCases: { ...cartUseCases, ...offerUseCases } },
  Promotion: { about: 'Coupons and automatic promotions.', useCases: promotionUseCases },
  Shipping: { about: 'The methods by which orders are sent.', useCases: shippingUseCases },
  Tax: { about: 'The rates at which orders are taxed.', useCases: taxUseCases },
  Order: { about: 'Orders, from the cart to the delivery and back.', useCases: orderUseCases },
  AfterSales: { about: 'Requests about goods that were delivered.', useCases: afterSalesUseCases },
  Notification: { about: 'E-mails to accounts.', useCases: notificationUseCases },
  Shipment: { about: 'Reports of the World and of carriers.', useCases: shipmentUseCases },
  Carrier: { about: 'Messages from and to carriers.', useCases: carrierUseCases },
  Warehouse: { about: 'Warehouses and their stock.', useCases: warehouseUseCases },
  World: { about: 'The link to the World.', useCases: worldUseCases },
  Webhook: { about: 'Endpoints of others that receive integration events.', useCases: webhookUseCases },
  Review: { about: 'Reviews of products and sellers.', useCases: reviewUseCases },
  Post: { about: 'Questions on products, and answers.', useCases: postUseCases },
  Moderation: {
    about: 'Votes, reports and moderation of what accounts publish.',
    useCases: moderationUseCases,
  },
  Merchant: { about: 'Accounts that apply to sell.', useCases: merchantUseCases },
} as const;

/** Every use case by its name. */
export const useCases = {
  ...accountUseCases,
  ...addressBookUseCases,
  ...catalogueUseCases,
  ...priceUseCases,
  ...categoryUseCases,
  ...productFamilyUseCases,
  ...pictureUseCases,
  ...cartUseCases,
  ...offerUseCases,
  ...promotionUseCases,
  ...shippingUseCases,
  ...taxUseCases,
  ...orderUseCases,
  ...afterSalesUseCases,
  ...notificationUseCases,
  ...shipmentUseCases,
  ...carrierUseCases,
  ...warehouseUseCases,
  ...reviewUseCases,
  ...postUseCases,
  ...moderationUseCases,
  ...merchantUseCases,
  ...worldUseCases,
  ...webhookUseCases,
};

type UseCases = typeof useCases;

export type UseCaseName = keyof UseCases;
export type InputOf<Name extends UseCaseName> = z.output<UseCases[Name]['input']>;
export type SuccessOf<Name extends UseCaseName> = z.output<UseCases[Name]['success']>;
/** The rejections that a use case declares. */
export type CodeOf<Name extends UseCaseName> = UseCases[Name]['rejections'][number];
/** The names of the use cases that have a GraphQL mutation. */
export type MutationName = {
  [Name in UseCaseName]: true extends UseCases[Name]['internal'] ? never : Name;
}[UseCaseName];
