import { z } from 'zod';
import type { SuccessOf } from '../../../commands';
import { erasureCertificate } from '../../../commands/account';
import { named } from '../../../commands/use-case/fields';
import type { Concept } from './resolvers';

/** The certificate of an erasure, which is shown once: nothing else shows it. */
export const certificateTypes: Concept = {
  typeDefs: `
"The record of an erasure, for the person to keep."
type ErasureCertificate {
  "Identifies the erasure. A UUID."
  certificateId: String!
  "The account that was erased."
  accountId: ID!
  "The time of the erasure."
  erasedAt: DateTime!
  "The streams with personal data of the person, by kind. Empty where the key is not destroyed yet: the platform does that by itself."
  counts: [ErasedStreams!]!
  "The names of the streams, the first 1000."
  streams: [String!]!
}

"The streams of one kind whose personal data was erased."
type ErasedStreams {
  "The kind of the streams, such as \`order\`."
  category: String!
  "The number of streams."
  count: Int!
}
`,
  resolvers: {},
};

/** The success of the mutations that erase. */
export const certified = {
  makes: {
    fields: z.object({
      certificate: named(
        'ErasureCertificate',
        'The record of an erasure, for the person to keep.',
        erasureCertificate,
      ),
    }),
    from: (certificate: SuccessOf<'eraseAccount'>) => Promise.resolve({ certificate }),
  },
};
