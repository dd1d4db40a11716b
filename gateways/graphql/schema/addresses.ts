import { countries, type AddressId } from '../../../domain/kernel';
import { addressBooks, PostalAddress } from '../../../projections/address-books';
import { signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

/** Returns the address book of the signed-in account. Staff see no other than their own. */
const ownAddresses = async ({ loaders, viewer }: EdgeContext): Promise<readonly PostalAddress[]> =>
  (await loaders.addressBooks.load(signedIn(viewer).id, viewer))?.addresses ?? [];

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The address book of the signed-in account, the oldest address first: at most 20."
  addresses: [PostalAddress!]
  "The countries of postal addresses: two capital letters each, ISO 3166-1."
  countries: [String!]
}
`,
  resolvers: {
    Query: {
      addresses: allowed('account', (_args: object, context) => ownAddresses(context)),
      countries: allowed('everyone', () => [...countries]),
    },
  },
};

const addressType = objectType('PostalAddress', PostalAddress, { readModels: [addressBooks] });

const shownAddress = {
  shows: shown(
    'address',
    'PostalAddress',
    async ({ addressId }: { readonly addressId: AddressId }, context) =>
      (await ownAddresses(context)).find(({ id }) => id === addressId) ?? null,
  ),
};

export const addressMutations = {
  addAddress: shownAddress,
  changeAddress: shownAddress,
  removeAddress: {},
  chooseDefaultAddress: shownAddress,
} satisfies Mutations;

export const addresses: Concept = combined(queries, addressType, mutationsConcept(addressMutations));
