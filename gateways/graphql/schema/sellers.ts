import { add } from '../../../domain/money';
import { catalogue } from '../../../projections/catalogue';
import { orderDetails } from '../../../projections/order-details';
import { SellerOrder, sellerOrders } from '../../../projections/seller-orders';
import { signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import { totalOfLine } from './orders';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

const queries = `
extend type Query {
  "The products that the signed-in account sells, by name, also those that are no longer sold. For sellers."
  ownProducts(${pageArguments}
    "The words to find, in any order; the last one may be incomplete."
    query: String
  ): ProductConnection
  "The orders that contain products of the signed-in account, with these products only, the latest sale first. For sellers."
  sellerOrders(${pageArguments}
  ): SellerOrderConnection
}
`;

type OwnProductsArguments = PageArguments & { readonly query?: string | null };

const resolvers: Concept['resolvers'] = {
  Query: {
    ownProducts: allowed('product:sell', (args: OwnProductsArguments, { viewer, services }) => {
      const text = args.query?.trim();
      const listing = services.readers.products.ofSeller(signedIn(viewer).id, text === '' ? undefined : text);
      return connectionOf(listing, args);
    }),
    sellerOrders: allowed('product:sell', (args: PageArguments, { viewer, services }) =>
      connectionOf(services.readers.sellerOrders.ofSeller(signedIn(viewer).id), args),
    ),
  },
};

const sellerOrderType = objectType('SellerOrder', SellerOrder, {
  readModels: [sellerOrders, orderDetails, catalogue],
  omit: ['sellerId'],
  types: { lines: 'OrderLine' },
  fields: {
    id: { type: 'ID!' },
    orderId: { type: 'ID!', description: 'The unique identifier of the order.' },
    number: { type: 'String!', resolve: ({ number }: SellerOrder) => String(number) },
    status: {
      type: 'OrderStatus',
      description: 'The status of the whole order; null while the read model does not show the order yet.',
      resolve: async ({ orderId }: SellerOrder, _args: object, { loaders }: EdgeContext) =>
        (await loaders.orderForSellers(orderId))?.status ?? null,
    },
    noteToSeller: {
      type: 'String',
      description: "The customer's note to every seller of the order; null where there is none.",
      resolve: async ({ orderId }: SellerOrder, _args: object, { loaders }: EdgeContext) =>
        (await loaders.orderForSellers(orderId))?.noteToSeller ?? null,
    },
    gift: {
      type: 'Gift',
      description: 'Present where the order is a gift; null otherwise.',
      resolve: async ({ orderId }: SellerOrder, _args: object, { loaders }: EdgeContext) =>
        (await loaders.orderForSellers(orderId))?.gift ?? null,
    },
    total: {
      type: 'Money!',
      description: "The price of the seller's products after their discounts.",
      resolve: ({ lines }: SellerOrder) => lines.map(totalOfLine).reduce(add),
    },
  },
});

export const sellers: Concept = combined(
  { typeDefs: queries, resolvers },
  sellerOrderType,
  connectionType('SellerOrder', 'orders'),
);
