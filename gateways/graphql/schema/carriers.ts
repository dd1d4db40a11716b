import type { CarrierMessageId } from '../../../domain/kernel';
import { mutation, mutationsConcept } from './mutation';
import { forStaff } from './admin';
import { connectionOf, pageArguments, type PageArguments } from './relay';
import type { Concept } from './resolvers';

const typeDefs = `
extend type Query {
  "Messages from and to carriers that wait for people, newest first: those that made no sense when they came, and those that no carrier acknowledged. \`note\` says why. For staff."
  parkedCarrierMessages(${pageArguments}
  ): ExchangeConnection
}
`;

type OfMessage = { readonly messageId: CarrierMessageId };

export const carrierMutations = {
  retryCarrierMessage: mutation('retryCarrierMessage', {
    description:
      'Has a message tried again that waits for people: one of a carrier’s is applied, one to a carrier sent. What comes of it is in `exchangeLog`. For staff.',
    input: `
  "The message: its \`id\` among \`parkedCarrierMessages\`."
  messageId: ID!`,
    success: `
  "The message."
  messageId: ID!`,
    rejections: ['CARRIER_MESSAGE_NOT_FOUND', 'CARRIER_MESSAGE_SETTLED'],
    command: ({ messageId }: OfMessage) => ({ messageId }),
    keep: (_value, { messageId }): OfMessage => ({ messageId }),
  }),
};

const mutations = mutationsConcept(carrierMutations);

export const carriers: Concept = {
  typeDefs: typeDefs + mutations.typeDefs,
  resolvers: {
    ...mutations.resolvers,
    Query: {
      parkedCarrierMessages: forStaff(async (page: PageArguments, { services }) =>
        connectionOf(services.readers.exchanges.parked(), page),
      ),
    },
  },
};
