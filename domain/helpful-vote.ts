import {
  accept,
  plainState,
  unreachable,
  type AccountId,
  type Contribution,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type VoteId,
} from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type HelpfulVoteCast = Fact<
  'HelpfulVoteCast',
  { voteId: VoteId; voterId: AccountId; on: Contribution; castAt: Instant }
>;

export type HelpfulVoteRetracted = Fact<
  'HelpfulVoteRetracted',
  { voteId: VoteId; on: Contribution; retractedAt: Instant }
>;

export type HelpfulVoteEvent = HelpfulVoteCast | HelpfulVoteRetracted;

export const helpfulVoteEventTypes = {
  HelpfulVoteCast: true,
  HelpfulVoteRetracted: true,
} as const satisfies Record<HelpfulVoteEvent['type'], true>;

type CastHelpfulVote = {
  readonly type: 'CastHelpfulVote';
  readonly voteId: VoteId;
  readonly voterId: AccountId;
  readonly on: Contribution;
  readonly at: Instant;
};

type RetractHelpfulVote = {
  readonly type: 'RetractHelpfulVote';
  readonly voteId: VoteId;
  readonly on: Contribution;
  readonly at: Instant;
};

export type HelpfulVoteCommand = CastHelpfulVote | RetractHelpfulVote;

export type HelpfulVoteState = { readonly isCast: boolean };

const initial: HelpfulVoteState = { isCast: false };

const evolve = (_state: HelpfulVoteState, event: HelpfulVoteEvent): HelpfulVoteState => ({
  isCast: event.type === 'HelpfulVoteCast',
});

const decide = (
  command: HelpfulVoteCommand,
  { isCast }: HelpfulVoteState,
): Decision<HelpfulVoteEvent, never> => {
  const { voteId, on, at } = command;
  switch (command.type) {
    case 'CastHelpfulVote':
      if (isCast) return accept();
      return accept({
        type: 'HelpfulVoteCast',
        data: { voteId, voterId: command.voterId, on, castAt: at },
      });
    case 'RetractHelpfulVote':
      if (!isCast) return accept();
      return accept({ type: 'HelpfulVoteRetracted', data: { voteId, on, retractedAt: at } });
    default:
      return unreachable(command);
  }
};

/** The vote of one account that a review or a post is helpful. It can be cast and retracted any number of times. */
export const helpfulVote: Decider<HelpfulVoteState, HelpfulVoteCommand, HelpfulVoteEvent, never> = {
  category: 'helpful_vote',
  initial,
  decide,
  evolve,
  snapshot: plainState(),
};
