import type { Rejection } from '../../../commands/rejections';
import { Fault } from '../../../platform/faults';
import type { EdgeContext } from '../context';
import type { SimulatedWorld, WorldFaults } from '../deps';
import { given } from './given';
import { allowed, type Concept } from './resolvers';
import { userErrorOf } from './user-errors';

type Turned = { readonly [Name in keyof WorldFaults]?: number | null };
type TurnArguments = { readonly input: Turned };

const PERCENT_MAX = 99;
const mostOf: Readonly<Record<keyof WorldFaults, number>> = {
  flakiness: PERCENT_MAX,
  duplicate: PERCENT_MAX,
  reorder: PERCENT_MAX,
  delayMsMax: 60_000,
  disconnect: PERCENT_MAX,
};

/** The rejections of `turnWorldFaults`. */
export const turnWorldFaultsRejections = [
  'WORLD_NOT_SIMULATED',
] as const satisfies readonly Rejection['code'][];

const faultsOf = ({
  flakiness,
  duplicate,
  reorder,
  delayMsMax,
  disconnect,
}: Turned): Partial<WorldFaults> => {
  const faults = given({ flakiness, duplicate, reorder, delayMsMax, disconnect });
  for (const [name, value] of Object.entries(faults)) {
    const most = mostOf[name as keyof WorldFaults];
    if (value < 0 || value > most) throw new Fault('INPUT_INVALID', `${name}: 0 to ${most}`);
  }
  return faults;
};

const turn = ({ input }: TurnArguments, { services, language }: EdgeContext): object => {
  const faults = faultsOf(input);
  const world = services.simulatedWorld;
  if (world === undefined) return userErrorOf({ code: 'WORLD_NOT_SIMULATED' }, [], language);
  world.setFaults(faults);
  return { __typename: 'TurnWorldFaultsSuccess', simulatedWorld: world, consistencyToken: null };
};

const faultFields = (type: string): string => `
  "The percentage of messages that are lost, in each direction: 0 to ${PERCENT_MAX}."
  flakiness: ${type}
  "The percentage of messages that arrive twice: 0 to ${PERCENT_MAX}."
  duplicate: ${type}
  "The percentage of messages that arrive after later ones: 0 to ${PERCENT_MAX}."
  reorder: ${type}
  "The longest delay of a message, in milliseconds: 0 to ${mostOf.delayMsMax}."
  delayMsMax: ${type}
  "The percentage of frames that break the connection when they arrive: 0 to ${PERCENT_MAX}."
  disconnect: ${type}`;

const typeDefs = `
extend type Query {
  "The World simulator of this process; null where the World runs elsewhere. For staff."
  simulatedWorld: SimulatedWorld
}

extend type Mutation {
  "Changes the faults of the connection to the World simulator. Fields that are left out stay as they are. For staff."
  turnWorldFaults(
    "The input of the mutation."
    input: TurnWorldFaultsInput!
  ): TurnWorldFaultsResult
}

"The input of \`turnWorldFaults\`."
input TurnWorldFaultsInput {${faultFields('Int')}
  "Has no effect here: the same input again sets the same faults."
  idempotencyKey: ID
}

"The success of \`turnWorldFaults\`."
type TurnWorldFaultsSuccess {
  "The simulator with its faults as they are now."
  simulatedWorld: SimulatedWorld!
  "Always null: the faults are not stored, and are set to their defaults when the process starts."
  consistencyToken: ConsistencyToken
}

"The success of \`turnWorldFaults\`, or the reason for its rejection."
union TurnWorldFaultsResult = TurnWorldFaultsSuccess | WorldNotSimulatedError

"A running World simulator."
type SimulatedWorld {
  "The faults of the simulator's connections."
  faults: WorldFaults!
  "The counters of the simulator since its start."
  counters: WorldCounters!
}

"The faults of the World simulator's connections, in both directions."
type WorldFaults {${faultFields('Float!')}
}

"The counters of the World simulator since its start, for both directions together."
type WorldCounters {
  "The number of connections that were accepted."
  connections: SafeInt!
  "The number of commands that arrived, including copies."
  received: SafeInt!
  "The number of copies of commands that were executed before. They were acknowledged and dropped."
  duplicatesDropped: SafeInt!
  "The number of commands that were executed."
  effects: SafeInt!
  "The number of commands that were refused."
  refused: SafeInt!
  "The number of answers that were sent, including copies."
  sent: SafeInt!
  "The number of answers that were sent again because no acknowledgement arrived."
  resent: SafeInt!
  "The number of commands and acknowledgements that were lost on their way in."
  lostIncoming: SafeInt!
  "The number of answers and acknowledgements that were lost on their way out."
  lostOutgoing: SafeInt!
  "The number of connections that were closed because of a malformed frame."
  malformed: SafeInt!
}
`;

export const simulatedWorld: Concept = {
  typeDefs,
  resolvers: {
    Query: {
      simulatedWorld: allowed('world:read', (_args: object, { services }) => services.simulatedWorld ?? null),
    },
    Mutation: { turnWorldFaults: allowed('world:faults', turn) },
    SimulatedWorld: {
      faults: (world: SimulatedWorld) => world.stats().faults,
      counters: (world: SimulatedWorld) => {
        const { repeated, acted, ...others } = world.stats().counters;
        return { ...others, duplicatesDropped: repeated, effects: acted };
      },
    },
  },
};
