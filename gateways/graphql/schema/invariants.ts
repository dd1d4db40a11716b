import type { RejectionCode } from '../../../commands/rejections';
import type { EdgeContext } from '../context';
import type { InvariantReport } from '../deps';
import { combined } from './object-type';
import { allowed, type Concept } from './resolvers';
import { staffMutations } from './staff-mutation';

const typeDefs = `
extend type Query {
  "The invariants, as the last check found them; \`checkInvariants\` begins one. Each process of the edge has its own. For staff."
  invariants: InvariantCheck
}

"The invariants with what is known of them."
type InvariantCheck {
  "The progress of the check that runs, in a sentence; null while none runs."
  progress: String
  "The reason why the last check failed; null where it did not."
  failure: String
  "The position of the last stored event; null before the first."
  head: ConsistencyToken
  "The invariants."
  invariants: [Invariant!]!
}

"A statement that holds at every moment, unless Waybill has a defect."
type Invariant {
  "The number of the invariant, such as \`V2\`."
  id: ID!
  "The invariant in words."
  statement: String!
  "Whether a breach was found in what was looked at."
  state: InvariantState!
  "The time of the last check; null where it was not checked."
  checkedAt: DateTime
  "Everything up to this position was looked at; null where nothing was."
  position: ConsistencyToken
  "The number of streams or documents that were looked at."
  lookedAt: SafeInt!
  "The things that \`lookedAt\` counts: \`streams\` or \`documents\`."
  unit: String!
  "A remark on what was not looked at, with the reason; null where everything was."
  note: String
  "The number of breaches that were found."
  breachCount: SafeInt!
  "The first breaches."
  breaches: [InvariantBreach!]!
}

"Whether a breach of an invariant was found."
enum InvariantState {
  "Nothing was looked at."
  NOT_CHECKED
  "No breach was found in what was looked at."
  NO_BREACH
  "A breach was found."
  BREACHED
}

"A breach of an invariant."
type InvariantBreach {
  "The stream, or the read model with the id of its document."
  subject: String!
  "The breach in words."
  detail: String!
  "The name of the stream; null where it is a document."
  stream: String
}
`;

const stateOf = ({ checkedAt, breachCount }: InvariantReport): string => {
  if (breachCount > 0) return 'BREACHED';
  return checkedAt === null ? 'NOT_CHECKED' : 'NO_BREACH';
};

const shown = async ({ services }: EdgeContext): Promise<object> => ({
  ...services.invariants.report(),
  head: (await services.events.head()) ?? null,
});

const queries: Concept = {
  typeDefs,
  resolvers: {
    Query: { invariants: allowed('event:read', (_args: object, context) => shown(context)) },
    Invariant: { state: stateOf },
    InvariantBreach: {
      stream: ({ subject, isStream }: InvariantReport['breaches'][number]) => (isStream ? subject : null),
    },
  },
};

/** The rejections of the mutation: it has none. */
export const checkInvariantsRejections: Readonly<Record<string, readonly RejectionCode[]>> = {
  checkInvariants: [],
};

/** The check of the invariants while the platform runs. */
export const invariants: Concept = combined(
  queries,
  staffMutations({
    checkInvariants: {
      permission: 'event:read',
      description:
        'Begins a check of the invariants on the side, unless one runs. It goes on where the last one ended, and ends after a minute.',
      input: '',
      fields: [],
      rejections: checkInvariantsRejections['checkInvariants'] ?? [],
      success: `
  "The check that runs."
  check: InvariantCheck!`,
      notStored: 'a check writes nothing.',
      perform: async (_input, context) => {
        context.services.invariants.check();
        return { kind: 'done', success: { check: await shown(context) } };
      },
    },
  }),
);
