import type { AccountId } from '../../../domain/kernel';
import {
  dueOf,
  SellerPayout,
  sellerPayouts as payoutsReadModel,
  type PayoutAmounts,
} from '../../../projections/seller-payouts';
import { signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import { combined, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

const MONTH_LENGTH = '2026-01'.length;

type OfSeller = PageArguments & { readonly sellerId: AccountId };

const payoutsOf = ({ services }: EdgeContext, sellerId: AccountId, page: PageArguments) =>
  connectionOf(services.readers.sellerPayouts.ofSeller(sellerId), page);

const money = ({ currency }: PayoutAmounts, amountMinor: number) => ({ currency, amountMinor });

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The payout statements of the signed-in account, the latest month first. For sellers."
  ownPayouts(${pageArguments}
  ): SellerPayoutConnection
  "The payout statements of a seller, the latest month first."
  sellerPayouts(${pageArguments}
    "The seller's account."
    sellerId: ID!
  ): SellerPayoutConnection
}

"The sums of one month in one currency."
type PayoutAmounts {
  "The price of what was paid in the month, with its tax, before discounts."
  sold: Money!
  "The discounts on it."
  discounts: Money!
  "The sums that went back to customers in the month, also for sales of earlier months."
  refunded: Money!
  "The sum that is due to the seller: sold, less discounts, less refunded. Below 0 where more went back than was sold."
  due: Money!
}
`,
  resolvers: {
    Query: {
      ownPayouts: allowed('product:sell', (page: PageArguments, context: EdgeContext) =>
        payoutsOf(context, signedIn(context.viewer).id, page),
      ),
      sellerPayouts: allowed('payout:read', ({ sellerId, ...page }: OfSeller, context: EdgeContext) =>
        payoutsOf(context, sellerId, page),
      ),
    },
    PayoutAmounts: {
      sold: (amounts: PayoutAmounts) => money(amounts, amounts.sold),
      discounts: (amounts: PayoutAmounts) => money(amounts, amounts.discounts),
      refunded: (amounts: PayoutAmounts) => money(amounts, amounts.refunded),
      due: dueOf,
    },
  },
};

export const payouts: Concept = combined(
  queries,
  objectType('SellerPayout', SellerPayout, {
    readModels: [payoutsReadModel],
    omit: ['sellerId'],
    types: { amounts: 'PayoutAmounts' },
    fields: {
      id: { type: 'ID!' },
      isOver: {
        type: 'Boolean!',
        description: 'Whether the month is over, so that the statement does not change any more.',
        resolve: ({ month }: SellerPayout, _args: object, { services }: EdgeContext) =>
          month < services.clock.now().slice(0, MONTH_LENGTH),
      },
    },
  }),
  connectionType('SellerPayout', 'payout statements'),
);
