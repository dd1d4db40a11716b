import { z } from 'zod';
import type { HelpfulVoteEvent } from '../domain/helpful-vote';
import type { AccountId, VoteId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { uuid } from './fields';

export const HelpfulVote = z
  .strictObject({
    id: uuid<VoteId>().describe('The unique identifier, derived from the voter and the contribution.'),
    voterId: uuid<AccountId>().describe("The voter's account."),
    contributionId: uuid<string>().describe('The review, the question or the answer.'),
  })
  .describe('The vote of one account that a review, a question or an answer is helpful.');
export type HelpfulVote = DocumentOf<typeof HelpfulVote>;

/** A retracted vote is removed. */
export const helpfulVotes = readModel<HelpfulVote, HelpfulVoteEvent>('helpful_votes', {
  question: 'What has each account found helpful?',
  version: 1,
  document: HelpfulVote,
  indexes: {},
  key: ({ data }) => data.voteId,
  on: {
    HelpfulVoteCast: (_, { data: { voteId, voterId, on } }) => ({
      id: voteId,
      voterId,
      contributionId: on.kind === 'review' ? on.reviewId : on.postId,
    }),
    HelpfulVoteRetracted: () => undefined,
  },
});
