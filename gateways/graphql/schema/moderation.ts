import { z } from 'zod';
import { postIdSchema, reviewIdSchema } from '../../../commands/use-case/input';
import type { Contribution, ReportReason } from '../../../domain/kernel';
import { Fault } from '../../../platform/faults';
import { ModerationCase, moderationCases, Report } from '../../../projections/moderation-cases';
import { posts } from '../../../projections/posts';
import { reviews } from '../../../projections/reviews';
import type { EdgeContext } from '../context';
import { instead, mutationsConcept, shown, type Mutations } from './mutation';
import { combined, enumType, objectType } from './object-type';
import { connectionOf, connectionType, named, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

type Arguments = PageArguments & { readonly state?: ModerationCase['state'] | null };

const queries: Concept = {
  typeDefs: `
"A review, a question or an answer."
union Contribution = Review | Post

extend type Query {
  "Reviews, questions and answers that were reported or are hidden, the oldest case first."
  moderationCases(${pageArguments}
    "The state of the cases."
    state: ModerationState = OPEN
  ): ModerationCaseConnection
}
`,
  resolvers: {
    Query: {
      moderationCases: allowed('review:moderate', ({ state, ...page }: Arguments, { services }) =>
        connectionOf(services.readers.moderationCases.list(state ?? 'OPEN'), page),
      ),
    },
  },
};

const state = enumType<ModerationCase['state']>('ModerationState', 'The state of a case of moderation.', {
  OPEN: 'It was reported, and is shown.',
  HIDDEN: 'It is hidden.',
});

const reason = enumType<ReportReason>('ReportReason', 'The reason of a report.', {
  SPAM: 'It is advertising, or was written many times.',
  OFFENSIVE: 'It insults or threatens.',
  PRIVATE: 'It has data of a person that are private.',
  UNTRUE: 'It is not true.',
  OTHER: 'Another reason, which the note says.',
});

const contributionOf = async (
  kind: ModerationCase['kind'],
  id: string,
  { loaders, viewer }: EdgeContext,
): Promise<object | null> =>
  kind === 'REVIEW'
    ? named('Review', await loaders.reviews.load(id, viewer))
    : named('Post', await loaders.posts.load(id, viewer));

const caseType = objectType('ModerationCase', ModerationCase, {
  readModels: [moderationCases, reviews, posts],
  omit: ['kind'],
  types: { state: 'ModerationState', reports: 'Report' },
  fields: {
    contribution: {
      type: 'Contribution',
      description: 'The moderated review, question or answer; null while the read models do not show it yet.',
      resolve: ({ kind, id }: ModerationCase, _args: object, context: EdgeContext) =>
        contributionOf(kind, id, context),
    },
  },
});

const contributionArguments = z.object({
  reviewId: reviewIdSchema.describe('The ID of the review. Give it or `postId`.').optional(),
  postId: postIdSchema.describe('The ID of the question or the answer. Give it or `reviewId`.').optional(),
});

const toContribution = ({ reviewId, postId }: z.output<typeof contributionArguments>): Contribution => {
  if (reviewId && !postId) return { kind: 'review', reviewId };
  if (postId && !reviewId) return { kind: 'post', postId };
  throw new Fault('INPUT_INVALID', 'reviewId: give either a reviewId or a postId');
};

const onContribution = {
  replaces: { on: instead(contributionArguments, toContribution) },
  shows: shown('contribution', 'Contribution', ({ on }: { readonly on: Contribution }, context) =>
    on.kind === 'review'
      ? contributionOf('REVIEW', on.reviewId, context)
      : contributionOf('POST', on.postId, context),
  ),
};

export const moderationMutations = {
  voteHelpful: onContribution,
  retractHelpfulVote: onContribution,
  reportContribution: onContribution,
  dismissReports: onContribution,
  hideContribution: onContribution,
  restoreContribution: onContribution,
} satisfies Mutations;

export const moderation: Concept = combined(
  queries,
  state,
  reason,
  objectType('Report', Report, { omit: ['reporterId', 'authorId'], types: { reason: 'ReportReason' } }),
  caseType,
  connectionType('ModerationCase', 'cases of moderation'),
  mutationsConcept(moderationMutations),
);
