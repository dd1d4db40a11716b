import { mutationsConcept, type Mutations } from './mutation';
import { connectionOf, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

const typeDefs = `
extend type Query {
  "Messages from and to carriers that wait for people, newest first: those that made no sense when they came, and those that no carrier acknowledged. \`note\` says why. For staff."
  parkedCarrierMessages(${pageArguments}
  ): ExchangeConnection
}
`;

export const carrierMutations = {
  retryCarrierMessage: { repeats: ['messageId'] },
  markCarrierMessageHandled: { repeats: ['messageId'] },
} satisfies Mutations;

const mutations = mutationsConcept(carrierMutations);

export const carriers: Concept = {
  typeDefs: typeDefs + mutations.typeDefs,
  resolvers: {
    ...mutations.resolvers,
    Query: {
      parkedCarrierMessages: allowed('carrier:read', async (page: PageArguments, { services }) =>
        connectionOf(services.readers.exchanges.parked(), page),
      ),
    },
  },
};
