import type { Rejection } from '../../../commands/rejections';
import { Fault } from '../../../platform/faults';
import type { EdgeContext } from '../context';
import type { SimulatedWorld, WorldFaults } from '../deps';
import { staff } from '../caller';
import { given } from './mutation';
import type { Concept } from './resolvers';
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

/** What `turnWorldFaults` may be refused for. */
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

const turn = (_root: unknown, { input }: TurnArguments, { viewer, services }: EdgeContext): object => {
  staff(viewer);
  const faults = faultsOf(input);
  const world = services.simulatedWorld;
  if (world === undefined) return userErrorOf({ code: 'WORLD_NOT_SIMULATED' }, []);
  world.setFaults(faults);
  return { __typename: 'TurnWorldFaultsSuccess', simulatedWorld: world, consistencyToken: null };
};

const faultFields = (type: string): string => `
  "How many messages in a hundred are lost, in each direction: 0 to ${PERCENT_MAX}."
  flakiness: ${type}
  "How many in a hundred come twice: 0 to ${PERCENT_MAX}."
  duplicate: ${type}
  "How many in a hundred are overtaken by later ones: 0 to ${PERCENT_MAX}."
  reorder: ${type}
  "How late every message may come, in milliseconds: 0 to ${mostOf.delayMsMax}."
  delayMsMax: ${type}
  "How many frames in a hundred break the connection when they arrive: 0 to ${PERCENT_MAX}."
  disconnect: ${type}`;

const typeDefs = `
extend type Query {
  "The World simulator of this process; null where the World runs elsewhere. For staff."
  simulatedWorld: SimulatedWorld
}

extend type Mutation {
  "Makes the line to the World simulator worse or better while it runs; what is left out stays as it is. For staff."
  turnWorldFaults(
    "What is asked."
    input: TurnWorldFaultsInput!
  ): TurnWorldFaultsResult
}

"What \`turnWorldFaults\` needs."
input TurnWorldFaultsInput {${faultFields('Int')}
  "Makes no difference here: turned to the same place again, the dial stays where it is."
  idempotencyKey: ID
}

"\`turnWorldFaults\` has happened."
type TurnWorldFaultsSuccess {
  "The simulator, with its dial as it is now."
  simulatedWorld: SimulatedWorld!
  "Always null: nothing is stored, and the dial begins anew with the process."
  consistencyToken: ConsistencyToken
}

"What comes of \`turnWorldFaults\`."
union TurnWorldFaultsResult = TurnWorldFaultsSuccess | WorldNotSimulatedError

"A World simulator that runs."
type SimulatedWorld {
  "What goes wrong on its line."
  faults: WorldFaults!
  "What went over its line since it was started."
  counters: WorldCounters!
}

"What goes wrong on the World simulator's line, in both directions."
type WorldFaults {${faultFields('Float!')}
}

"What went over the World simulator's line since it was started, both sides together."
type WorldCounters {
  "Connections that were let in."
  connections: SafeInt!
  "Commands that arrived, copies included."
  received: SafeInt!
  "Copies of commands that were acted on before: acknowledged, and dropped."
  duplicatesDropped: SafeInt!
  "Commands that were acted on."
  effects: SafeInt!
  "Commands that were refused."
  refused: SafeInt!
  "Answers that were sent, copies included."
  sent: SafeInt!
  "Answers that were sent again, because nobody acknowledged them."
  resent: SafeInt!
  "Commands and acks that were lost on their way in."
  lostIncoming: SafeInt!
  "Answers and acks that were lost on their way out."
  lostOutgoing: SafeInt!
  "Connections that were closed because of what came over them."
  malformed: SafeInt!
}
`;

export const simulatedWorld: Concept = {
  typeDefs,
  resolvers: {
    Query: {
      simulatedWorld: (_root: unknown, _args: object, { viewer, services }: EdgeContext) => {
        staff(viewer);
        return services.simulatedWorld ?? null;
      },
    },
    Mutation: { turnWorldFaults: turn },
    SimulatedWorld: {
      faults: (world: SimulatedWorld) => world.stats().faults,
      counters: (world: SimulatedWorld) => {
        const { repeated, acted, ...others } = world.stats().counters;
        return { ...others, duplicatesDropped: repeated, effects: acted };
      },
    },
  },
};
