import type { AccountId } from '../../../domain/kernel';
import type { MerchantStatus } from '../../../domain/merchant';
import { accounts } from '../../../projections/accounts';
import { Merchant, merchants as applicants } from '../../../projections/merchants';
import { signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, enumType, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

type MerchantsArguments = PageArguments & { readonly status?: MerchantStatus | null };

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The accounts that applied to sell, the last changed first. For staff."
  merchants(${pageArguments}
    "Only those in this state."
    status: MerchantStatus
  ): MerchantConnection
  "The application of the signed-in account to sell; null before it."
  ownMerchant: Merchant
}
`,
  resolvers: {
    Query: {
      merchants: allowed('merchant:read', ({ status, ...page }: MerchantsArguments, { services }) =>
        connectionOf(services.readers.merchants.list(status ?? undefined), page),
      ),
      ownMerchant: allowed('account', (_args: object, { loaders, viewer }) =>
        loaders.merchants.load(signedIn(viewer).id, viewer),
      ),
    },
  },
};

const statuses = enumType<MerchantStatus>('MerchantStatus', 'The state of an account that applied to sell.', {
  APPLIED: 'Staff have not decided yet.',
  APPROVED: 'It may sell.',
  REFUSED: 'Staff refused it; it may apply again.',
  DISABLED: 'Staff disabled it: its products are not sold.',
});

const merchantType = objectType('Merchant', Merchant, {
  readModels: [applicants, accounts],
  types: { status: 'MerchantStatus' },
  fields: {
    account: {
      type: 'Account',
      description: 'The account that applied; null for those who may not see it.',
      resolve: ({ id }: Merchant, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.accounts.load(id, viewer),
    },
  },
});

const shownMerchant = {
  shows: shown('merchant', 'Merchant', ({ accountId }: { readonly accountId: AccountId }, context) =>
    context.loaders.merchants.load(accountId, context.viewer),
  ),
};

export const merchantMutations = {
  applyAsMerchant: shownMerchant,
  approveMerchant: shownMerchant,
  refuseMerchant: shownMerchant,
  disableMerchant: shownMerchant,
  enableMerchant: shownMerchant,
} satisfies Mutations;

export const merchants: Concept = combined(
  queries,
  statuses,
  merchantType,
  connectionType('Merchant', 'accounts'),
  mutationsConcept(merchantMutations),
);
