import { figures, type SomeRows } from './row';

export const addressBookRejections = {
  ADDRESS_NOT_FOUND: {
    kind: 'not-found',
    why: 'The address book has no such address.',
    remedy: 'Read the address book again, and check the id.',
    figures: { addressId: { type: 'ID', text: 'The ID of the address.' } },
    about: ['addressId'],
  },
  ADDRESS_BOOK_FULL: {
    kind: 'wrong-state',
    why: 'The address book is full.',
    says: ({ max }) => `An address book has ${max} addresses at most.`,
    remedy: 'Remove an address, or change one.',
    figures: { max: { type: 'Int', text: 'The maximum number of addresses.' } },
  },
  ADDRESS_INCOMPLETE: {
    kind: 'invalid',
    why: 'A field of the address is empty that no address can be without.',
    says: ({ field }) => `The address needs the field ${field}.`,
    remedy: 'Give the field a text.',
    figures: { field: figures.field },
  },
  COUNTRY_UNKNOWN: {
    kind: 'invalid',
    why: 'This is no country of ISO 3166-1.',
    remedy: 'Give two letters, as in GB or CN; the query `countries` has all.',
    figures: { country: { type: 'String', text: 'The country that was given.' } },
    about: ['country'],
  },
  DESTINATION_REQUIRED: {
    kind: 'invalid',
    why: 'There is neither a postal address nor a place that the order could go to.',
    remedy: 'Give `addressId`, `address` or `destination`.',
    figures: {},
    about: ['destination'],
  },
  ADDRESS_GIVEN_TWICE: {
    kind: 'invalid',
    why: 'An address of the address book and another address were given together.',
    remedy: 'Give either `addressId` or `address`.',
    figures: {},
    about: ['address'],
  },
  ADDRESS_NOT_LOCATED: {
    kind: 'invalid',
    why: 'The place of the address on the grid was not found.',
    remedy: 'Correct the address, or give its place as `destination` beside it.',
    figures: {},
    about: ['address', 'addressId'],
  },
} satisfies SomeRows;
