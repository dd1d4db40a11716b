import { z } from 'zod';
import { helpfulVote } from '../../domain/helpful-vote';
import type { AccountId, Contribution, ModerationCommand } from '../../domain/kernel';
import { post, type PostState } from '../../domain/post';
import { review, type ReviewState } from '../../domain/review';
import type { Aggregates, CommandContext } from '../../platform/execution';
import { voteId as voteIdOf } from '../../platform/ids';
import { named } from '../use-case/fields';
import {
  callerIdSchema,
  postIdSchema,
  reasonSchema,
  reportReasonSchema,
  reviewIdSchema,
  textSchema,
} from '../use-case/input';
import { nothing, outcomeOf, rejected, type Outcome } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

const contributionSchema = named(
  'Contribution',
  '`kind` is `review` with a review ID, or `post` with the ID of a question or an answer.',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('review'), reviewId: reviewIdSchema }),
    z.object({ kind: z.literal('post'), postId: postIdSchema }),
  ]),
);

const moderate = async (
  on: Contribution,
  command: ModerationCommand,
  context: CommandContext,
  { aggregates }: UseCaseDeps,
): Promise<Outcome<typeof nothing, never>> =>
  on.kind === 'review'
    ? outcomeOf(
        await aggregates.of(review).execute(on.reviewId, { reviewId: on.reviewId, ...command }, context),
        nothing,
      )
    : outcomeOf(
        await aggregates.of(post).execute(on.postId, { postId: on.postId, ...command }, context),
        nothing,
      );

/** Tests whether a review, a question or an answer is shown to all. */
export const isShown = <State extends PostState | ReviewState>(
  state: State,
): state is Extract<State, { readonly authorId: AccountId }> =>
  state.status === 'STANDING' && state.moderation?.hiddenFor === undefined;

/** Returns the author of what is shown to all; undefined where there is no such thing, or it is hidden. */
const authorOfShown = async (aggregates: Aggregates, on: Contribution): Promise<AccountId | undefined> => {
  const state =
    on.kind === 'review'
      ? await aggregates.of(review).load(on.reviewId)
      : await aggregates.of(post).load(on.postId);
  return isShown(state) ? state.authorId : undefined;
};

const keyOf = (on: Contribution) => (on.kind === 'review' ? on.reviewId : on.postId);

const notFound = (on: Contribution) =>
  on.kind === 'review'
    ? rejected({ code: 'REVIEW_NOT_FOUND', reviewId: on.reviewId })
    : rejected({ code: 'POST_NOT_FOUND', postId: on.postId });

const voting = { voterId: callerIdSchema, on: contributionSchema };

const NOTE_LENGTH_MAX = 500;

export const moderationUseCases = {
  voteHelpful: useCase({
    summary:
      'Votes that a review, a question or an answer of another account is helpful. An account has one vote on each.',
    allow: { by: 'owner', or: 'review:change' },
    input: z.object(voting),
    success: z.object({}),
    rejections: ['CONTRIBUTION_NOT_FOUND', 'OWN_CONTRIBUTION'],
    handle: async ({ voterId, on }, context, { aggregates, clock }) => {
      const authorId = await authorOfShown(aggregates, on);
      if (authorId === undefined) return rejected({ code: 'CONTRIBUTION_NOT_FOUND' });
      if (authorId === voterId) return rejected({ code: 'OWN_CONTRIBUTION' });
      const voteId = voteIdOf(voterId, keyOf(on));
      const command = { type: 'CastHelpfulVote', voteId, voterId, on, at: clock.now() } as const;
      return outcomeOf(await aggregates.of(helpfulVote).execute(voteId, command, context), nothing);
    },
  }),

  retractHelpfulVote: useCase({
    summary: 'Retracts the vote of the caller that a review, a question or an answer is helpful.',
    allow: { by: 'owner', or: 'review:change' },
    input: z.object(voting),
    success: z.object({}),
    rejections: [],
    handle: async ({ voterId, on }, context, { aggregates, clock }) => {
      const voteId = voteIdOf(voterId, keyOf(on));
      const command = { type: 'RetractHelpfulVote', voteId, on, at: clock.now() } as const;
      return outcomeOf(await aggregates.of(helpfulVote).execute(voteId, command, context), nothing);
    },
  }),

  reportContribution: useCase({
    summary:
      'Reports a review, a question or an answer to the moderators. A second report of the account changes nothing while the first is open.',
    allow: { by: 'owner', or: 'review:change' },
    input: z.object({
      reporterId: callerIdSchema,
      on: contributionSchema,
      reason: reportReasonSchema,
      note: textSchema(NOTE_LENGTH_MAX).describe('A note to the moderators.').exactOptional(),
    }),
    success: z.object({}),
    rejections: ['REVIEW_NOT_FOUND', 'POST_NOT_FOUND', 'OWN_CONTRIBUTION'],
    handle: async ({ reporterId, on, reason, note = '' }, context, deps) => {
      if ((await authorOfShown(deps.aggregates, on)) === undefined) return notFound(on);
      return moderate(on, { type: 'Report', reporterId, reason, note, at: deps.clock.now() }, context, deps);
    },
  }),

  dismissReports: useCase({
    summary: 'Closes the reports of a review, a question or an answer, which stays as it is.',
    allow: 'review:moderate',
    input: z.object({ moderatorId: callerIdSchema, on: contributionSchema }),
    success: z.object({}),
    rejections: ['REVIEW_NOT_FOUND', 'POST_NOT_FOUND'],
    handle: ({ moderatorId, on }, context, deps) =>
      moderate(on, { type: 'DismissReports', moderatorId, at: deps.clock.now() }, context, deps),
  }),

  hideContribution: useCase({
    summary:
      'Hides a review, a question or an answer from all but its author, who sees the reason. A hidden review does not count in the rating.',
    allow: 'review:moderate',
    input: z.object({
      moderatorId: callerIdSchema,
      on: contributionSchema,
      reason: reasonSchema.describe('The reason. The author sees it.'),
    }),
    success: z.object({}),
    rejections: ['REVIEW_NOT_FOUND', 'POST_NOT_FOUND', 'ALREADY_HIDDEN'],
    handle: ({ moderatorId, on, reason }, context, deps) =>
      moderate(on, { type: 'Hide', moderatorId, reason, at: deps.clock.now() }, context, deps),
  }),

  restoreContribution: useCase({
    summary: 'Shows a hidden review, question or answer again.',
    allow: 'review:moderate',
    input: z.object({ moderatorId: callerIdSchema, on: contributionSchema }),
    success: z.object({}),
    rejections: ['REVIEW_NOT_FOUND', 'POST_NOT_FOUND'],
    handle: ({ moderatorId, on }, context, deps) =>
      moderate(on, { type: 'Restore', moderatorId, at: deps.clock.now() }, context, deps),
  }),
};
