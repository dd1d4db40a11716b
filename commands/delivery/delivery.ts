import { z } from 'zod';
import { addressBook } from '../../domain/address-book';
import { refusalOfAddress, tidiedAddress } from '../../domain/kernel';
import type { AccountId, AddressId, Place, PostalAddress } from '../../domain/kernel';
import type { Geocoder } from './geocoder';
import { named } from '../use-case/fields';
import { addressIdSchema, placeSchema } from '../use-case/input';
import { rejected, type Rejected } from '../use-case/outcome';
import { addressRejections, postalAddressSchema } from './postal-address';
import type { UseCaseDeps } from '../use-case/use-case';

export type DeliveryDeps = UseCaseDeps & { readonly geocoder: Geocoder };

/** The ways to say where an order goes. An address without a place is at the place that the geocoder finds. */
export const deliveryFields = {
  destination: placeSchema
    .describe('The place where the order is delivered. Needed where no postal address is given.')
    .exactOptional(),
  addressId: addressIdSchema
    .describe("The address of the customer's address book that the order is sent to. Not with `address`.")
    .exactOptional(),
  address: postalAddressSchema
    .describe('The postal address that the order is sent to. Not with `addressId`.')
    .exactOptional(),
};

/** The destination of an order, as an earlier answer had it. */
export const seenDeliverySchema = named(
  'DeliverySeen',
  'The destination of an order: its place, and the postal address there if one is known.',
  z.object({
    destination: placeSchema.describe('The place.'),
    address: postalAddressSchema
      .describe('The postal address. Absent where only the place is known.')
      .exactOptional(),
  }),
);

export const deliveryRejections = [
  'DESTINATION_REQUIRED',
  'ADDRESS_GIVEN_TWICE',
  'ADDRESS_NOT_FOUND',
  'ADDRESS_NOT_LOCATED',
  'PLACE_OUT_OF_RANGE',
  ...addressRejections,
] as const;

type DeliveryRefusal = Rejected<(typeof deliveryRejections)[number]>;

/** The wish of a customer, as `deliveryFields` declares it. */
export type DeliveryWish = {
  readonly destination?: Place | undefined;
  readonly addressId?: AddressId | undefined;
  readonly address?: PostalAddress | undefined;
};

/** The place where an order goes, with the postal address where one was given. */
export type Delivery = { readonly destination: Place; readonly shipTo?: PostalAddress | undefined };

const addressOf = async (
  { aggregates }: DeliveryDeps,
  customerId: AccountId,
  { addressId, address }: DeliveryWish,
): Promise<PostalAddress | DeliveryRefusal | undefined> => {
  if (addressId === undefined) return address && tidiedAddress(address);
  if (address !== undefined) return rejected({ code: 'ADDRESS_GIVEN_TWICE' });
  const { addresses } = await aggregates.of(addressBook).load(customerId);
  return addresses[addressId] ?? rejected({ code: 'ADDRESS_NOT_FOUND', addressId });
};

/** Returns where an order of the customer goes. A place that is given beside an address is where the address is. */
export const deliveryOf = async (
  deps: DeliveryDeps,
  customerId: AccountId,
  wish: DeliveryWish,
): Promise<Delivery | DeliveryRefusal> => {
  const shipTo = await addressOf(deps, customerId, wish);
  if (shipTo !== undefined && 'kind' in shipTo) return shipTo;
  const { destination } = wish;
  if (destination !== undefined) return { destination, shipTo };
  if (shipTo === undefined) return rejected({ code: 'DESTINATION_REQUIRED' });
  const refusal = refusalOfAddress(shipTo);
  if (refusal !== undefined) return rejected(refusal);
  const located = await deps.geocoder.locate(shipTo);
  return located === undefined ? rejected({ code: 'ADDRESS_NOT_LOCATED' }) : { destination: located, shipTo };
};

export const isRefused = (delivery: Delivery | DeliveryRefusal): delivery is DeliveryRefusal =>
  'kind' in delivery;
