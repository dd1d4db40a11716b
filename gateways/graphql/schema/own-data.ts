import type { Document } from '../../../platform/read-models';
import { accounts } from '../../../projections/accounts';
import { addressBooks } from '../../../projections/address-books';
import { afterSalesRequests } from '../../../projections/after-sales';
import { carts } from '../../../projections/carts';
import { invoices } from '../../../projections/invoices';
import { merchants } from '../../../projections/merchants';
import { notifications } from '../../../projections/notifications';
import { orderDetails } from '../../../projections/order-details';
import { posts } from '../../../projections/posts';
import { reviews } from '../../../projections/reviews';
import { sessions } from '../../../projections/sessions';
import { signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import type { Listing } from '../readers/readers';
import { allowed, type Concept } from './resolvers';

/** The documents of one list. */
const LIST_MAX = 1_000;
/** The text of all lists together. */
const BYTES_MAX = 4 * 1024 * 1024;
const PAGE = 100;

/** The latest documents of a list. `isComplete`: whether there are no others. */
type Part<D> = { readonly isComplete: boolean; readonly items: readonly D[] };

/** Reads lists, the latest documents first, until the limit of each or of all together is reached. */
const boundedReading = () => {
  let bytesLeft = BYTES_MAX;
  return async <D extends Document>(listing: Listing<D>): Promise<Part<D>> => {
    const items: D[] = [];
    let after: string | undefined;
    while (items.length < LIST_MAX) {
      const page = await listing.page({ first: PAGE, after });
      for (const { document, cursor } of page.items) {
        bytesLeft -= Buffer.byteLength(JSON.stringify(document));
        if (bytesLeft < 0) return { isComplete: false, items };
        items.push(document);
        after = cursor;
      }
      if (!page.hasMore) return { isComplete: true, items };
    }
    return { isComplete: false, items };
  };
};

/** By the kind of a stream with personal data: the part of the copy that has them. */
export const partOfCategory = {
  account: 'account',
  address_book: 'addresses',
  after_sales: 'afterSales',
  // The place of a delivery is that of its order.
  carrier_message: 'orders',
  invoice: 'invoices',
  merchant: 'merchant',
  notification: 'notifications',
  order: 'orders',
  post: 'questionsAndAnswers',
  review: 'reviews',
  shipment: 'orders',
} as const;

/** Returns what the read models show about the signed-in account. Staff get no other than their own. */
const ownData = async ({ viewer, loaders, services }: EdgeContext) => {
  const { id } = signedIn(viewer);
  const { readers, clock } = services;
  const read = boundedReading();
  const content = {
    account: await loaders.accounts.load(id, viewer),
    addresses: (await loaders.addressBooks.load(id, viewer))?.addresses ?? [],
    sessions: await readers.sessions.ofAccount(id),
    cart: await loaders.carts.load(id, viewer),
    orders: await read(readers.orders.list({ customerId: id })),
    reviews: await read(readers.reviews.byAuthor(id)),
    afterSales: await read(readers.afterSales.list({ customerId: id })),
    notifications: await read(readers.notifications.list({ accountId: id })),
    questionsAndAnswers: await read(readers.posts.byAuthor(id)),
    invoices: await read(readers.invoices.list({ customerId: id })),
    merchant: await loaders.merchants.load(id, viewer),
  };
  return { at: clock.now(), content };
};

const readModels = [
  ...[accounts, addressBooks, sessions, carts, orderDetails],
  ...[reviews, afterSalesRequests, notifications, posts, invoices, merchants],
];

/** The data of the signed-in account, as a copy to keep. */
export const ownDataCopy: Concept = {
  typeDefs: `
extend type Query {
  "A copy of what is stored about the signed-in account."
  downloadMyData: DataCopy
}

"A copy of what is stored about an account, for its owner."
type DataCopy {
  "The time when the copy was made."
  at: DateTime!
  """
  Profile, addresses, sessions, cart, orders, invoices, reviews, questions and answers, after-sales requests, notifications and the
  application as a merchant. Of each list the latest ${LIST_MAX}, and of all lists together 4 MiB; \`isComplete\` is false where there are more.
  """
  content: JSON!
}
`,
  resolvers: { Query: { downloadMyData: allowed('account', (_args: object, context) => ownData(context)) } },
  readModels: { DataCopy: readModels },
};
