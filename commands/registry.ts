import type { z } from 'zod';
import { accountUseCases } from './account';
import { addressBookUseCases } from './address-book';
import { carrierUseCases } from './carrier';
import { cartUseCases } from './cart';
import { catalogueUseCases } from './catalogue';
import { notificationUseCases } from './notification';
import { orderUseCases } from './order';
import { reviewUseCases } from './review';
import { shipmentUseCases } from './shipment';
import { warehouseUseCases } from './warehouse';
import { worldUseCases } from './world';

/** The use cases by aggregate. Each group is a gRPC service. */
export const useCaseGroups = {
  Account: { about: 'Accounts, sessions and roles.', useCases: accountUseCases },
  AddressBook: { about: 'The postal addresses of accounts.', useCases: addressBookUseCases },
  Catalogue: { about: 'The products that are sold.', useCases: catalogueUseCases },
  Cart: { about: 'The carts of customers.', useCases: cartUseCases },
  Order: { about: 'Orders, from the cart to the delivery and back.', useCases: orderUseCases },
  Notification: { about: 'E-mails to accounts.', useCases: notificationUseCases },
  Shipment: { about: 'Reports of the World and of carriers.', useCases: shipmentUseCases },
  Carrier: { about: 'Messages from and to carriers.', useCases: carrierUseCases },
  Warehouse: { about: 'Warehouses and their stock.', useCases: warehouseUseCases },
  World: { about: 'The link to the World.', useCases: worldUseCases },
  Review: { about: 'Reviews of products and sellers.', useCases: reviewUseCases },
} as const;

/** Every use case by its name. */
export const useCases = {
  ...accountUseCases,
  ...addressBookUseCases,
  ...catalogueUseCases,
  ...cartUseCases,
  ...orderUseCases,
  ...notificationUseCases,
  ...shipmentUseCases,
  ...carrierUseCases,
  ...warehouseUseCases,
  ...reviewUseCases,
  ...worldUseCases,
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
