import type { ShippingMethodId } from '../../../domain/kernel';
import { ShippingMethod, shippingMethods as offered } from '../../../projections/shipping-methods';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The methods by which orders are sent, in the order in which they were offered: at most 20. The offer of a cart has what each costs."
  shippingMethods: [ShippingMethod!]
}
`,
  resolvers: {
    Query: {
      shippingMethods: allowed('everyone', (_args: object, { services }) =>
        services.readers.shippingMethods.list(),
      ),
    },
  },
};

const methodType = objectType('ShippingMethod', ShippingMethod, { readModels: [offered] });

export const shippingMethodMutations = {
  offerShippingMethod: {
    shows: shown(
      'shippingMethod',
      'ShippingMethod',
      ({ shippingMethodId }: { readonly shippingMethodId: ShippingMethodId }, { loaders, viewer }) =>
        loaders.shippingMethods.load(shippingMethodId, viewer),
    ),
  },
  withdrawShippingMethod: {},
} satisfies Mutations;

export const shippingMethods: Concept = combined(
  queries,
  methodType,
  mutationsConcept(shippingMethodMutations),
);
