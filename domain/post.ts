import {
  accept,
  decideModeration,
  erasedText,
  evolveModeration,
  isAsSeen,
  isBlank,
  reject,
  unreachable,
  withoutReports,
  type AccountId,
  type ChangedMeanwhile,
  type Decider,
  type Decision,
  type Fact,
  type Hidden,
  type Instant,
  type Moderation,
  type ModerationCommand,
  type ModerationFact,
  type ModerationRejection,
  type PersonalData,
  type PostId,
  type ProductId,
  type Reported,
  type ReportsDismissed,
  type Restored,
  type ReviewId,
} from './kernel';

/** The topic of a post: a question is about a product; an answer is to a question, or to a review. */
export type PostTopic =
  | { readonly kind: 'product'; readonly productId: ProductId }
  | { readonly kind: 'question'; readonly questionId: PostId; readonly productId: ProductId }
  | { readonly kind: 'review'; readonly reviewId: ReviewId };

/** The author of a post: the seller of the product, the shop, an account that has bought the product, or another account. */
export const postAuthors = ['SELLER', 'SHOP', 'BUYER', 'CUSTOMER'] as const;
export type PostAuthor = (typeof postAuthors)[number];

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** Also after a withdrawal. `hiddenFor`: the reason for which a moderator has hidden the post before, and still hides it. */
export type PostWritten = Fact<
  'PostWritten',
  {
    postId: PostId;
    topic: PostTopic;
    authorId: AccountId;
    authorName: string;
    writtenAs: PostAuthor;
    text: string;
    writtenAt: Instant;
    hiddenFor?: string | undefined;
  }
>;

/** `authorId`: of an answer of the shop, another member of its staff may have edited it. */
export type PostEdited = Fact<
  'PostEdited',
  {
    postId: PostId;
    authorId: AccountId;
    authorName: string;
    /** Absent in events of earlier versions: as the post was written. */
    writtenAs?: PostAuthor | undefined;
    text: string;
    editedAt: Instant;
  }
>;

export type PostWithdrawn = Fact<'PostWithdrawn', { postId: PostId; withdrawnAt: Instant }>;

export type PostReported = Fact<'PostReported', { postId: PostId; reportedAt: Instant } & Reported>;

export type PostReportsDismissed = Fact<
  'PostReportsDismissed',
  { postId: PostId; dismissedAt: Instant } & ReportsDismissed
>;

/** It also closes the reports. */
export type PostHidden = Fact<'PostHidden', { postId: PostId; hiddenAt: Instant } & Hidden>;

export type PostRestored = Fact<'PostRestored', { postId: PostId; restoredAt: Instant } & Restored>;

export type PostEvent =
  PostWritten | PostEdited | PostWithdrawn | PostReported | PostReportsDismissed | PostHidden | PostRestored;

/** The words of a post stay, without the name. What others report about its author goes. */
const personalData: PersonalData<PostEvent> = {
  PostWritten: { person: 'authorId', erased: { authorName: erasedText } },
  PostEdited: { person: 'authorId', erased: { authorName: erasedText } },
  PostReported: { person: 'authorId', erased: { note: erasedText } },
};

export const postEventTypes = {
  PostWritten: true,
  PostEdited: true,
  PostWithdrawn: true,
  PostReported: true,
  PostReportsDismissed: true,
  PostHidden: true,
  PostRestored: true,
} as const satisfies Record<PostEvent['type'], true>;

/** Writes a post, or replaces the text of one that stands. */
type WritePost = {
  readonly type: 'WritePost';
  readonly postId: PostId;
  readonly topic: PostTopic;
  readonly authorId: AccountId;
  readonly authorName: string;
  readonly writtenAs: PostAuthor;
  readonly text: string;
  /** The text that the sender has seen, empty where there was none. Absent: any. */
  readonly expectedText?: string | undefined;
  readonly at: Instant;
};

type WithdrawPost = {
  readonly type: 'WithdrawPost';
  readonly postId: PostId;
  readonly authorId: AccountId;
  /** Whether the sender speaks for the shop. */
  readonly forShop: boolean;
  readonly at: Instant;
};

type ModeratePost = { readonly postId: PostId } & ModerationCommand;

export type PostCommand = WritePost | WithdrawPost | ModeratePost;

export type PostRejection =
  | ChangedMeanwhile
  | ModerationRejection
  | { readonly code: 'POST_NOT_FOUND'; readonly postId: PostId }
  | { readonly code: 'POST_TEXT_OUT_OF_RANGE'; readonly length: number; readonly max: number };

export type KnownPost = {
  readonly status: 'STANDING' | 'WITHDRAWN';
  readonly authorId: AccountId;
  readonly writtenAs: PostAuthor;
  readonly topic: PostTopic;
  readonly text: string;
  /** Absent until the post is reported or hidden. A hidden post that is withdrawn and written again stays hidden. */
  readonly moderation?: Moderation | undefined;
};

export type PostState = { readonly status: 'NONE' } | KnownPost;

const initial: PostState = { status: 'NONE' };

const existing = (state: PostState, event: PostEvent): KnownPost => {
  if (state.status === 'NONE') throw new Error(`${event.type} before PostWritten`);
  return state;
};

const moderated = (state: PostState, event: PostEvent, fact: ModerationFact): KnownPost => {
  const known = existing(state, event);
  return { ...known, moderation: evolveModeration(known.moderation, fact) };
};

const evolve = (state: PostState, event: PostEvent): PostState => {
  switch (event.type) {
    case 'PostWritten': {
      const { authorId, writtenAs, topic, text } = event.data;
      const moderation = state.status === 'NONE' ? undefined : state.moderation;
      return { status: 'STANDING', authorId, writtenAs, topic, text, moderation };
    }
    case 'PostEdited': {
      const known = existing(state, event);
      const { authorId, writtenAs = known.writtenAs, text } = event.data;
      return { ...known, authorId, writtenAs, text };
    }
    case 'PostWithdrawn': {
      const known = existing(state, event);
      return { ...known, status: 'WITHDRAWN', moderation: withoutReports(known.moderation) };
    }
    case 'PostReported':
      return moderated(state, event, { type: 'Reported', data: event.data });
    case 'PostReportsDismissed':
      return moderated(state, event, { type: 'ReportsDismissed', data: event.data });
    case 'PostHidden':
      return moderated(state, event, { type: 'Hidden', data: event.data });
    case 'PostRestored':
      return moderated(state, event, { type: 'Restored', data: event.data });
    default:
      return unreachable(event);
  }
};

type PostDecision = Decision<PostEvent, PostRejection>;

/** UTF-16 units, as browsers count them. */
export const postTextLengthMax = 2_000;

const notFound = ({ postId }: Pick<PostCommand, 'postId'>): PostDecision =>
  reject({ code: 'POST_NOT_FOUND', postId });

const writePost = (command: WritePost, state: PostState): PostDecision => {
  const { postId, topic, authorId, authorName, writtenAs, text, expectedText, at } = command;
  if (isBlank(text) || text.length > postTextLengthMax)
    return reject({ code: 'POST_TEXT_OUT_OF_RANGE', length: text.length, max: postTextLengthMax });
  if (state.status === 'STANDING') {
    if (state.text === text && state.writtenAs === writtenAs) return accept();
    if (!isAsSeen(expectedText, state.text)) return reject({ code: 'CHANGED_MEANWHILE' });
    return accept({
      type: 'PostEdited',
      data: { postId, authorId, authorName, writtenAs, text, editedAt: at },
    });
  }
  const hiddenFor = state.status === 'NONE' ? undefined : state.moderation?.hiddenFor;
  return accept({
    type: 'PostWritten',
    data: { postId, topic, authorId, authorName, writtenAs, text, writtenAt: at, hiddenFor },
  });
};

const withdrawPost = ({ postId, authorId, forShop, at }: WithdrawPost, state: PostState): PostDecision => {
  if (state.status === 'NONE') return notFound({ postId });
  // The existence of another author's post is private here.
  const isOwn = state.authorId === authorId || (forShop && state.writtenAs === 'SHOP');
  if (!isOwn) return notFound({ postId });
  if (state.status === 'WITHDRAWN') return accept();
  return accept({ type: 'PostWithdrawn', data: { postId, withdrawnAt: at } });
};

const moderationEvent = (postId: PostId, fact: ModerationFact): PostEvent => {
  switch (fact.type) {
    case 'Reported':
      return { type: 'PostReported', data: { postId, ...fact.data } };
    case 'ReportsDismissed':
      return { type: 'PostReportsDismissed', data: { postId, ...fact.data } };
    case 'Hidden':
      return { type: 'PostHidden', data: { postId, ...fact.data } };
    case 'Restored':
      return { type: 'PostRestored', data: { postId, ...fact.data } };
    default:
      return unreachable(fact);
  }
};

const moderatePost = (command: ModeratePost, state: PostState): PostDecision => {
  if (state.status !== 'STANDING') return notFound(command);
  const decision = decideModeration(command, state);
  if (!decision.ok) return decision;
  return accept(...decision.events.map((fact) => moderationEvent(command.postId, fact)));
};

const decide = (command: PostCommand, state: PostState): PostDecision => {
  switch (command.type) {
    case 'WritePost':
      return writePost(command, state);
    case 'WithdrawPost':
      return withdrawPost(command, state);
    case 'Report':
    case 'DismissReports':
    case 'Hide':
    case 'Restore':
      return moderatePost(command, state);
    default:
      return unreachable(command);
  }
};

/** A question or an answer. */
export const post: Decider<PostState, PostCommand, PostEvent, PostRejection> = {
  category: 'post',
  initial,
  decide,
  evolve,
  personalData,
};
