import { AccountErasure, accountErasures, ErasedKind } from '../../../projections/account-erasures';
import { combined, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The accounts that were erased, the latest first, with what is finished. It has no personal data. For administrators."
  accountErasures(${pageArguments}
  ): AccountErasureConnection
}
`,
  resolvers: {
    Query: {
      accountErasures: allowed('account:erase', (page: PageArguments, { services }) =>
        connectionOf(services.readers.accountErasures.list(), page),
      ),
    },
  },
};

/** The erasures that staff see. */
export const erasures: Concept = combined(
  queries,
  objectType('AccountErasure', AccountErasure, {
    readModels: [accountErasures],
    types: { counts: 'ErasedKind' },
    fields: {
      isFinished: {
        type: 'Boolean!',
        description:
          'Whether the key is destroyed and the streams are recorded; the platform goes on by itself.',
        resolve: ({ counts }: AccountErasure) => counts.length > 0,
      },
    },
  }),
  objectType('ErasedKind', ErasedKind),
  connectionType('AccountErasure', 'erasures'),
);
