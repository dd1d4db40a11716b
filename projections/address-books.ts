import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import { addressBook, type AddressBookEvent, type PostalAddress as Address } from '../domain/address-book';
import type { AccountId, AddressId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { uuid } from './fields';

export const PostalAddress = z
  .strictObject({
    id: uuid<AddressId>().describe('The unique identifier.'),
    recipient: z.string().describe('The name of the recipient.'),
    line1: z.string().describe('The street and the house number.'),
    line2: z.string().nullable().describe('The second line; null where there is none.'),
    city: z.string().describe('The city.'),
    region: z.string().nullable().describe('The state, province or county; null where none was given.'),
    postalCode: z.string().nullable().describe('The postal code; null where none was given.'),
    country: z.string().describe('The country: two capital letters, ISO 3166-1.'),
    telephone: z
      .string()
      .nullable()
      .describe('The telephone number for the delivery; null where none was given.'),
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

const shown = (id: AddressId, address: Address, isDefault: boolean): PostalAddress => {
  const { recipient, line1, line2 = null, city, region = null, postalCode = null } = address;
  const { country, telephone = null } = address;
  return { id, recipient, line1, line2, city, region, postalCode, country, telephone, isDefault };
};

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
