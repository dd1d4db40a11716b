import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import { addressBook, type AddressBookEvent } from '../domain/address-book';
import type { AccountId, AddressId, PostalAddress as Address } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { uuid } from './fields';
import { ShipTo, shownShipTo } from './ship-to';

export const PostalAddress = z
  .strictObject({
    id: uuid<AddressId>().describe('The unique identifier.'),
    ...ShipTo.shape,
    isDefault: z.boolean().describe('Whether it is the default address of its book.'),
  })
  .describe('A postal address.');
export type PostalAddress = z.output<typeof PostalAddress>;

export const AddressBook = z
  .strictObject({
    id: uuid<AccountId>().describe('The account that the book belongs to.'),
    addresses: z.array(PostalAddress).describe('The addresses, oldest first: at most 20.'),
  })
  .describe('The postal addresses of an account.');
export type AddressBook = DocumentOf<typeof AddressBook>;

const shown = (id: AddressId, address: Address, isDefault: boolean): PostalAddress => ({
  id,
  ...shownShipTo(address),
  isDefault,
});

export const addressBooks = readModel<AddressBook, AddressBookEvent | PersonalDataErased>('address_books', {
  question: 'Where does an account have its parcels sent?',
  version: 1,
  document: AddressBook,
  indexes: {},
  key: (event) => (isErasure(event) ? erasedIn(addressBook.category, event) : event.data.accountId),
  on: {
    AddressAdded: (found, { data: { accountId: id, addressId, address } }) => ({
      id,
      addresses: [...(found?.addresses ?? []), shown(addressId, address, false)],
    }),
    AddressChanged: (found, { data: { addressId, address } }) =>
      found && {
        ...found,
        addresses: found.addresses.map((one) =>
          one.id === addressId ? shown(addressId, address, one.isDefault) : one,
        ),
      },
    AddressRemoved: (found, { data: { addressId } }) => {
      const addresses = found?.addresses.filter(({ id }) => id !== addressId) ?? [];
      return found && addresses.length > 0 ? { ...found, addresses } : undefined;
    },
    PersonalDataErased: () => undefined,
    DefaultAddressChosen: (found, { data: { addressId } }) =>
      found && {
        ...found,
        addresses: found.addresses.map((one) => ({ ...one, isDefault: one.id === addressId })),
      },
  },
});
