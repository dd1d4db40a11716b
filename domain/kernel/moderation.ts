import { accept, reject, unreachable, type Decision } from './decider';
import type { AccountId, PostId, ReviewId } from './ids';
import type { Instant } from './instant';

/** Something that an account has published: a review, or a post (a question or an answer). */
export type Contribution =
  | { readonly kind: 'review'; readonly reviewId: ReviewId }
  | { readonly kind: 'post'; readonly postId: PostId };

/** The reasons for which an account may report a contribution. Public and stable. */
export const reportReasons = ['SPAM', 'OFFENSIVE', 'PRIVATE', 'UNTRUE', 'OTHER'] as const;
export type ReportReason = (typeof reportReasons)[number];

// The data of the events of moderation, in the stream of what is moderated. Each event says its own time besides.
export type Reported = {
  readonly reporterId: AccountId;
  readonly reason: ReportReason;
  readonly note: string;
  /** The author, with whose data the note is erased. Absent in reports of earlier versions. */
  readonly authorId?: AccountId | undefined;
};
export type ReportsDismissed = { readonly moderatorId: AccountId };
export type Hidden = {
  readonly moderatorId: AccountId;
  readonly hiddenFor: string;
};
export type Restored = { readonly moderatorId: AccountId };

/** An event of moderation. Each aggregate stores it under a name of its own. */
export type ModerationFact =
  | { readonly type: 'Reported'; readonly data: Reported & { readonly reportedAt: Instant } }
  | { readonly type: 'ReportsDismissed'; readonly data: ReportsDismissed & { readonly dismissedAt: Instant } }
  | { readonly type: 'Hidden'; readonly data: Hidden & { readonly hiddenAt: Instant } }
  | { readonly type: 'Restored'; readonly data: Restored & { readonly restoredAt: Instant } };

/** Reports a contribution to the moderators. An account reports it once, until its reports are dealt with. */
type Report = {
  readonly type: 'Report';
  readonly reporterId: AccountId;
  readonly reason: ReportReason;
  readonly note: string;
  readonly at: Instant;
};
/** Closes the reports without a change of the contribution. */
type DismissReports = {
  readonly type: 'DismissReports';
  readonly moderatorId: AccountId;
  readonly at: Instant;
};
/** Hides a contribution from all but its author and the moderators. */
type Hide = {
  readonly type: 'Hide';
  readonly moderatorId: AccountId;
  readonly reason: string;
  readonly at: Instant;
};
/** Shows a hidden contribution again. */
type Restore = { readonly type: 'Restore'; readonly moderatorId: AccountId; readonly at: Instant };

export type ModerationCommand = Report | DismissReports | Hide | Restore;

export type ModerationRejection =
  { readonly code: 'OWN_CONTRIBUTION' } | { readonly code: 'ALREADY_HIDDEN'; readonly hiddenFor: string };

/** The moderation of one contribution. */
export type Moderation = {
  /** The reason for which it is hidden. */
  readonly hiddenFor?: string | undefined;
  /** The accounts whose reports are open. */
  readonly reporters: readonly AccountId[];
};

const untouched: Moderation = { reporters: [] };

/** Returns the moderation after a withdrawal, which closes the reports. */
export const withoutReports = (moderation: Moderation | undefined): Moderation | undefined =>
  moderation && { ...moderation, reporters: [] };

/** With so many open reports, a further one adds nothing that a moderator needs. */
export const openReportsMax = 50;

export const evolveModeration = (
  moderation: Moderation | undefined = untouched,
  fact: ModerationFact,
): Moderation => {
  switch (fact.type) {
    case 'Reported':
      return { ...moderation, reporters: [...moderation.reporters, fact.data.reporterId] };
    case 'ReportsDismissed':
      return { ...moderation, reporters: [] };
    case 'Hidden':
      return { hiddenFor: fact.data.hiddenFor, reporters: [] };
    case 'Restored':
      return { reporters: [] };
    default:
      return unreachable(fact);
  }
};

type ModerationDecision = Decision<ModerationFact, ModerationRejection>;

type Moderated = { readonly authorId: AccountId; readonly moderation?: Moderation | undefined };

const report = (
  { reporterId, reason, note, at }: Report,
  authorId: AccountId,
  { reporters }: Moderation,
): ModerationDecision => {
  // An author withdraws it instead.
  if (reporterId === authorId) return reject({ code: 'OWN_CONTRIBUTION' });
  if (reporters.includes(reporterId) || reporters.length >= openReportsMax) return accept();
  return accept({ type: 'Reported', data: { reporterId, reason, note, authorId, reportedAt: at } });
};

const hide = ({ moderatorId, reason, at }: Hide, { hiddenFor }: Moderation): ModerationDecision => {
  if (hiddenFor === reason) return accept();
  if (hiddenFor !== undefined) return reject({ code: 'ALREADY_HIDDEN', hiddenFor });
  return accept({ type: 'Hidden', data: { moderatorId, hiddenFor: reason, hiddenAt: at } });
};

/** Decides on the moderation of a contribution that is not withdrawn. */
export const decideModeration = (
  command: ModerationCommand,
  { authorId, moderation = untouched }: Moderated,
): ModerationDecision => {
  switch (command.type) {
    case 'Report':
      return report(command, authorId, moderation);
    case 'DismissReports': {
      const { moderatorId, at } = command;
      if (moderation.reporters.length === 0) return accept();
      return accept({ type: 'ReportsDismissed', data: { moderatorId, dismissedAt: at } });
    }
    case 'Hide':
      return hide(command, moderation);
    case 'Restore': {
      const { moderatorId, at } = command;
      if (moderation.hiddenFor === undefined) return accept();
      return accept({ type: 'Restored', data: { moderatorId, restoredAt: at } });
    }
    default:
      return unreachable(command);
  }
};
