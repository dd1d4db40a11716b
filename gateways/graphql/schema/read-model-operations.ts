import type { Permission } from '../../../commands/use-case/permissions';
import type { RejectionCode } from '../../../commands/rejections';
import { Fault } from '../../../platform/faults';
import type { Operation } from '../../../platform/projections';
import type { Concept } from './resolvers';
import { staffMutations, type StaffMutation } from './staff-mutation';

type Mutation = {
  /** Default `read-model:change`. */
  readonly permission?: Permission;
  readonly description: string;
  /** The fields of the input, as SDL. */
  readonly input: string;
  readonly fields: readonly string[];
  readonly operation: (input: never) => Operation;
  readonly rejections: readonly RejectionCode[];
};

const nameField = `
  "The name of the read model, as \`projections\` shows it."
  name: String!`;

const ofOne = (action: 'promote' | 'rollback' | 'retire', description: string): Mutation => ({
  description,
  input: nameField,
  fields: ['name'],
  operation: ({ name }: { readonly name: string }) => ({ action, readModel: name }),
  rejections: ['READ_MODEL_NOT_FOUND', 'READ_MODEL_WRONG_STATE'],
});

const ofCopy = (action: 'pause' | 'resume', description: string): Mutation => ({
  description,
  input: `${nameField}
  "The version of the copy; the one that is shown to readers where it is left out."
  version: Int`,
  fields: ['name', 'version'],
  operation: ({ name, version }: { readonly name: string; readonly version?: number | null }) => ({
    action,
    readModel: name,
    version: version ?? undefined,
  }),
  rejections: ['READ_MODEL_NOT_FOUND', 'READ_MODEL_WRONG_STATE'],
});

/** @throws Fault `INPUT_INVALID` for a budget of no events. */
const rebuildOf = ({
  names,
  promotes,
  budget,
}: {
  readonly names: readonly string[];
  readonly promotes: boolean | null;
  readonly budget?: number | null;
}): Operation => {
  if (typeof budget === 'number' && budget < 1) throw new Fault('INPUT_INVALID', 'budget: give 1 or more');
  return {
    action: 'rebuild',
    readModels: names,
    promotes: promotes ?? true,
    budget: budget ?? undefined,
  };
};

const mutations: Readonly<Record<string, Mutation>> = {
  rebuildReadModels: {
    description:
      'Builds new copies of read models from the first event, beside the ones that are shown. `projections` shows the progress. All are begun, or none.',
    input: `
  "The names of the read models, as \`projections\` shows them."
  names: [String!]!
  "Whether a copy is shown to readers as soon as it has caught up. Without it, the copy waits for \`promoteReadModel\`."
  promotes: Boolean = true
  "The most events of the history that are read in a second, from 1, so that the rebuild leaves time for other work. Without a limit where it is left out."
  budget: Int`,
    fields: ['names', 'promotes', 'budget'],
    operation: rebuildOf,
    rejections: ['READ_MODEL_NOT_FOUND', 'READ_MODEL_WRONG_STATE'],
  },
  pauseReadModel: ofCopy(
    'pause',
    'Stops a copy of a read model, also over restarts, until `resumeReadModel`.',
  ),
  resumeReadModel: ofCopy('resume', 'Lets a copy of a read model that was stopped go on.'),
  promoteReadModel: ofOne(
    'promote',
    'Shows the other copy of a read model to readers, at once. It must have caught up.',
  ),
  rollBackReadModel: ofOne(
    'rollback',
    'Shows the copy from before the last promotion to readers again, at once.',
  ),
  retireReadModel: ofOne('retire', 'Removes every copy of a read model that is not shown to readers.'),
  replayParkedEvent: {
    permission: 'parked-work:retry',
    description:
      'Processes an event again that a read model left out. Its documents become what they would be if it had never failed.',
    input: `
  "The \`id\` among \`parkedEvents\`."
  parkedEventId: ID!`,
    fields: ['parkedEventId'],
    operation: ({ parkedEventId }: { readonly parkedEventId: string }) => ({
      action: 'replay',
      parkedEventId,
    }),
    rejections: [
      'PARKED_EVENT_NOT_FOUND',
      'PARKED_EVENT_FAILS',
      'READ_MODEL_NOT_FOUND',
      'READ_MODEL_WRONG_STATE',
    ],
  },
};

/** The rejections of each mutation of the copies of read models. */
export const readModelRejections: Readonly<Record<string, readonly RejectionCode[]>> = Object.fromEntries(
  Object.entries(mutations).map(([name, { rejections }]) => [name, rejections]),
);

const success = `
  "The read models as they are now."
  projections: [Projection!]!`;

const staffMutationOf = ({ operation, ...mutation }: Mutation): StaffMutation => ({
  permission: 'read-model:change',
  ...mutation,
  success,
  notStored: 'read models are no part of the history.',
  perform: async (input, { services }) => {
    const outcome = await services.operations.perform(operation(input));
    if (outcome.kind === 'rejected') return outcome;
    const names = new Set(outcome.copies.map(({ readModel }) => readModel));
    const projections = (await services.projections()).filter((one) => names.has(one.name));
    return { kind: 'done', success: { projections } };
  },
});

/** The operations on the copies of read models. */
export const readModelOperations: Concept = staffMutations(
  Object.fromEntries(Object.entries(mutations).map(([name, mutation]) => [name, staffMutationOf(mutation)])),
);
