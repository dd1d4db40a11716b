import { cast, retracted, voteId, voterId } from '../tests/support/domain/helpful-votes';
import { given } from '../tests/support/domain/given';
import { helpfulVote, type HelpfulVoteCommand } from './helpful-vote';
import type { Instant, PostId } from './kernel';

const on = { kind: 'post', postId: 'post-1' as PostId } as const;
const at = '2026-11-02T11:00:00.000Z' as Instant;
const vote: HelpfulVoteCommand = { type: 'CastHelpfulVote', voteId, voterId, on, at };
const retract: HelpfulVoteCommand = { type: 'RetractHelpfulVote', voteId, on, at };

it('is cast once', () => {
  given(helpfulVote, [])
    .when(vote)
    .then([cast(on)]);
  given(helpfulVote, [cast(on)])
    .when(vote)
    .then([]);
});

it('is retracted once', () => {
  given(helpfulVote, [cast(on)])
    .when(retract)
    .then([retracted(on)]);
  given(helpfulVote, []).when(retract).then([]);
});

it('is cast again', () =>
  given(helpfulVote, [cast(on), retracted(on)])
    .when(vote)
    .then([cast(on)]));
