import { paymentMovements } from '../../../projections/payment-movements';
import {
  differenceKinds,
  PaymentDifference,
  PaymentReconciliation,
  ReconciledTotals,
  type DifferenceKind,
} from '../../payments';
import type { EdgeContext, EdgeServices } from '../context';
import { combined, enumType, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

/** The comparison that runs, of each edge: they run one after the other, so that they never take the time of shoppers at once. */
const running = new WeakMap<EdgeServices['readers'], Promise<unknown>>();

const inTurn = <Result>({ readers }: EdgeServices, work: () => Promise<Result>): Promise<Result> => {
  const next = (running.get(readers) ?? Promise.resolve()).catch(() => undefined).then(work);
  running.set(readers, next);
  return next;
};

const queries: Concept = {
  typeDefs: `
extend type Query {
  "Compares what the payment provider says of a day with the books."
  paymentReconciliation(
    "The day, in the shop's time zone: \`2026-01-31\`."
    day: String!
  ): PaymentReconciliation
}
`,
  resolvers: {
    Query: {
      paymentReconciliation: allowed(
        'payment:reconcile',
        ({ day }: { readonly day: string }, { services }: EdgeContext) =>
          inTurn(services, () => services.reconcilePayments(day)),
      ),
    },
  },
};

const meanings = Object.fromEntries(
  Object.entries(differenceKinds).map(([kind, { meaning }]) => [kind, meaning]),
) as Readonly<Record<DifferenceKind, string>>;

export const paymentReconciliationConcept: Concept = combined(
  queries,
  enumType<DifferenceKind>(
    'PaymentDifferenceKind',
    'A kind of difference between the statement of the payment provider and the books.',
    meanings,
  ),
  objectType('PaymentReconciliation', PaymentReconciliation, {
    readModels: [paymentMovements],
    types: { totals: 'ReconciledTotals', differences: 'PaymentDifference' },
  }),
  objectType('ReconciledTotals', ReconciledTotals),
  objectType('PaymentDifference', PaymentDifference, { types: { kind: 'PaymentDifferenceKind' } }),
);
