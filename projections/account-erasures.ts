import { z } from 'zod';
import type { AccountErased, ErasureParty, PersonalDataErased } from '../domain/account';
import { tally, type AccountId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { categoryOf, type StreamName } from '../platform/event-store';
import { instant, text, uuid } from './fields';

export const ErasedKind = z
  .strictObject({
    category: z.string().describe('The kind of the streams, such as `order`.'),
    count: z.int32().describe('The number of streams.'),
  })
  .describe('The streams of one kind whose personal data was erased.');
export type ErasedKind = DocumentOf<typeof ErasedKind>;

export const AccountErasure = z
  .strictObject({
    id: uuid<AccountId>().describe('The account that was erased.'),
    certificateId: z.string().describe('Identifies the erasure, as on its certificate.'),
    by: text<ErasureParty>('text').describe('`OWNER`, or `STAFF` on the request of the owner.'),
    erasedAt: instant.describe('The time of the erasure.'),
    counts: z
      .array(ErasedKind)
      .describe('The streams with personal data of the person, by kind; empty until the key is destroyed.'),
  })
  .describe('An account that was erased, with what is finished of it.');
export type AccountErasure = DocumentOf<typeof AccountErasure>;

/** A repeat after a crash may name other streams than the event before it, and never the same ones again. */
const counted = (counts: readonly ErasedKind[], streams: readonly string[]): readonly ErasedKind[] => {
  const all = tally(streams.map((stream) => categoryOf(stream as StreamName)));
  const before = new Map(counts.map(({ category, count }) => [category, count]));
  const categories = [...new Set([...before.keys(), ...all.keys()])].sort();
  return categories.map((category) => ({
    category,
    count: (before.get(category) ?? 0) + (all.get(category) ?? 0),
  }));
};

export const accountErasures = readModel<AccountErasure, AccountErased | PersonalDataErased>(
  'account_erasures',
  {
    question: 'Which accounts were erased, when, and is it finished?',
    version: 1,
    document: AccountErasure,
    indexes: { by_time: ['erasedAt'] },
    key: ({ data }) => data.accountId,
    on: {
      AccountErased: (_, { data: { accountId: id, certificateId, by, erasedAt } }) => ({
        ...{ id, certificateId, by, erasedAt },
        counts: [],
      }),
      PersonalDataErased: (found, { data: { streams } }) =>
        found && { ...found, counts: [...counted(found.counts, streams)] },
    },
  },
);
