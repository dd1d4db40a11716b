import type { AccountId, Contribution, Instant, VoteId } from '../../../domain/kernel';
import type { HelpfulVoteCast, HelpfulVoteRetracted } from '../../../domain/helpful-vote';

/** One vote and its facts. */
export const voteId = 'vote-1' as VoteId;
export const voterId = 'eve' as AccountId;
const at = '2026-11-02T11:00:00.000Z' as Instant;

export const cast = (on: Contribution): HelpfulVoteCast => ({
  type: 'HelpfulVoteCast',
  data: { voteId, voterId, on, castAt: at },
});
export const retracted = (on: Contribution): HelpfulVoteRetracted => ({
  type: 'HelpfulVoteRetracted',
  data: { voteId, on, retractedAt: at },
});
