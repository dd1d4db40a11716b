import {
  accept,
  decideModeration,
  erasedText,
  evolveModeration,
  isAsSeen,
  picturesLeftOut,
  picturesProblem,
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
  type Picture,
  type PictureId,
  type PicturesProblem,
  type ProductId,
  type Reported,
  type ReportsDismissed,
  type Restored,
  type ReviewId,
} from './kernel';

export type ReviewSubject =
  | { readonly kind: 'product'; readonly productId: ProductId }
  | { readonly kind: 'seller'; readonly sellerId: AccountId };

/** A whole number from 1 (worst) to 5 (best). */
export type Rating = 1 | 2 | 3 | 4 | 5;

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
// `hiddenFor`: the reason for which a moderator has hidden the review; its rating counts nowhere meanwhile.
// `photos`: all pictures of the author; absent where there are none. `removedPhotos`: those that the review no longer has.
export type ReviewWritten = Fact<
  'ReviewWritten',
  {
    reviewId: ReviewId;
    authorId: AccountId;
    authorName: string;
    subject: ReviewSubject;
    rating: Rating;
    text: string;
    photos?: readonly Picture[] | undefined;
    writtenAt: Instant;
    hiddenFor?: string | undefined;
  }
>;

export type ReviewEdited = Fact<
  'ReviewEdited',
  {
    reviewId: ReviewId;
    subject: ReviewSubject;
    rating: Rating;
    previousRating: Rating;
    text: string;
    photos?: readonly Picture[] | undefined;
    removedPhotos?: readonly PictureId[] | undefined;
    editedAt: Instant;
    hiddenFor?: string | undefined;
  }
>;

/** `rating`: the rating that no longer counts. */
export type ReviewWithdrawn = Fact<
  'ReviewWithdrawn',
  {
    reviewId: ReviewId;
    subject: ReviewSubject;
    rating: Rating;
    removedPhotos?: readonly PictureId[] | undefined;
    withdrawnAt: Instant;
    hiddenFor?: string | undefined;
  }
>;

/** The photos were removed because the account of their author was erased. */
export type ReviewPhotosRemoved = Fact<
  'ReviewPhotosRemoved',
  { reviewId: ReviewId; removedPhotos: readonly PictureId[]; removedAt: Instant }
>;

export type ReviewReported = Fact<'ReviewReported', { reviewId: ReviewId; reportedAt: Instant } & Reported>;

export type ReviewReportsDismissed = Fact<
  'ReviewReportsDismissed',
  { reviewId: ReviewId; dismissedAt: Instant } & ReportsDismissed
>;

/** `rating`: the rating that no longer counts. It also closes the reports. */
export type ReviewHidden = Fact<
  'ReviewHidden',
  { reviewId: ReviewId; subject: ReviewSubject; rating: Rating; hiddenAt: Instant } & Hidden
>;

/** `rating`: the rating that counts again. */
export type ReviewRestored = Fact<
  'ReviewRestored',
  { reviewId: ReviewId; subject: ReviewSubject; rating: Rating; restoredAt: Instant } & Restored
>;

export type ReviewEvent =
  | ReviewWritten
  | ReviewEdited
  | ReviewWithdrawn
  | ReviewPhotosRemoved
  | ReviewReported
  | ReviewReportsDismissed
  | ReviewHidden
  | ReviewRestored;

/** The words of a review stay, as its rating does, without the name and the photos. What others report about the author goes. */
const personalData: PersonalData<ReviewEvent> = {
  ReviewWritten: { person: 'authorId', erased: { authorName: erasedText } },
  ReviewReported: { person: 'authorId', erased: { note: erasedText } },
};

export const reviewEventTypes = {
  ReviewWritten: true,
  ReviewEdited: true,
  ReviewWithdrawn: true,
  ReviewPhotosRemoved: true,
  ReviewReported: true,
  ReviewReportsDismissed: true,
  ReviewHidden: true,
  ReviewRestored: true,
} as const satisfies Record<ReviewEvent['type'], true>;

type To = { readonly reviewId: ReviewId; readonly authorId: AccountId; readonly at: Instant };

/** Writes a review, also after a withdrawal. */
type WriteReview = To & {
  readonly type: 'WriteReview';
  readonly authorName: string;
  readonly subject: ReviewSubject;
  readonly rating: number;
  readonly text: string;
  readonly photos?: readonly Picture[] | undefined;
};

/** Without `photos` they stay. */
type EditReview = To & {
  readonly type: 'EditReview';
  readonly rating: number;
  readonly text: string;
  readonly photos?: readonly Picture[] | undefined;
  /** The review that the sender has seen. Absent: any. */
  readonly expected?:
    { readonly rating: number; readonly text: string; readonly photoIds: readonly PictureId[] } | undefined;
};

type WithdrawReview = To & { readonly type: 'WithdrawReview' };

type RemovePhotos = {
  readonly type: 'RemovePhotos';
  readonly reviewId: ReviewId;
  readonly at: Instant;
};

type ModerateReview = { readonly reviewId: ReviewId } & ModerationCommand;

export type ReviewCommand = WriteReview | EditReview | WithdrawReview | RemovePhotos | ModerateReview;

export type ReviewRejection =
  | ChangedMeanwhile
  | ModerationRejection
  | PicturesProblem
  | { readonly code: 'REVIEW_NOT_FOUND'; readonly reviewId: ReviewId }
  | { readonly code: 'REVIEW_ALREADY_WRITTEN'; readonly reviewId: ReviewId }
  | {
      readonly code: 'RATING_OUT_OF_RANGE';
      readonly rating: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'REVIEW_TEXT_TOO_LONG'; readonly length: number; readonly max: number };

export type KnownReview = {
  readonly status: 'STANDING' | 'WITHDRAWN';
  readonly authorId: AccountId;
  readonly subject: ReviewSubject;
  readonly rating: Rating;
  readonly text: string;
  /** Absent where there are none. */
  readonly photos?: readonly Picture[] | undefined;
  /** Absent until the review is reported or hidden. A hidden review that is withdrawn and written again stays hidden. */
  readonly moderation?: Moderation | undefined;
};

export type ReviewState = { readonly status: 'NONE' } | KnownReview;

const initial: ReviewState = { status: 'NONE' };

const existing = (state: ReviewState, event: ReviewEvent): KnownReview => {
  if (state.status === 'NONE') throw new Error(`${event.type} before ReviewWritten`);
  return state;
};

const moderated = (state: ReviewState, event: ReviewEvent, fact: ModerationFact): KnownReview => {
  const known = existing(state, event);
  return { ...known, moderation: evolveModeration(known.moderation, fact) };
};

const evolve = (state: ReviewState, event: ReviewEvent): ReviewState => {
  switch (event.type) {
    case 'ReviewWritten': {
      const { authorId, subject, rating, text, photos } = event.data;
      const moderation = state.status === 'NONE' ? undefined : state.moderation;
      return { status: 'STANDING', authorId, subject, rating, text, photos, moderation };
    }
    case 'ReviewEdited': {
      const { rating, text, photos } = event.data;
      return { ...existing(state, event), rating, text, photos };
    }
    case 'ReviewWithdrawn': {
      const known = existing(state, event);
      return {
        ...known,
        status: 'WITHDRAWN',
        photos: undefined,
        moderation: withoutReports(known.moderation),
      };
    }
    case 'ReviewPhotosRemoved':
      return { ...existing(state, event), photos: undefined };
    case 'ReviewReported':
      return moderated(state, event, { type: 'Reported', data: event.data });
    case 'ReviewReportsDismissed':
      return moderated(state, event, { type: 'ReportsDismissed', data: event.data });
    case 'ReviewHidden':
      return moderated(state, event, { type: 'Hidden', data: event.data });
    case 'ReviewRestored':
      return moderated(state, event, { type: 'Restored', data: event.data });
    default:
      return unreachable(event);
  }
};

type ReviewDecision = Decision<ReviewEvent, ReviewRejection>;

/** UTF-16 units, as browsers count them. */
export const reviewTextLengthMax = 5_000;

/** The number of photos of a review. */
export const reviewPhotosMax = 4;

const isRating = (rating: number): rating is Rating => Number.isInteger(rating) && rating >= 1 && rating <= 5;

const notFound = ({ reviewId }: Pick<ReviewCommand, 'reviewId'>): ReviewDecision =>
  reject({ code: 'REVIEW_NOT_FOUND', reviewId });

const ratingOutOfRange = (rating: number): ReviewDecision =>
  reject({ code: 'RATING_OUT_OF_RANGE', rating, min: 1, max: 5 });

const textTooLong = ({ length }: string): ReviewDecision =>
  reject({ code: 'REVIEW_TEXT_TOO_LONG', length, max: reviewTextLengthMax });

const idsOf = (photos: readonly Picture[] = []): string => photos.map(({ pictureId }) => pictureId).join();

const says = (
  state: KnownReview,
  { rating, text, photos = state.photos }: WriteReview | EditReview,
): boolean => state.rating === rating && state.text === text && idsOf(state.photos) === idsOf(photos);

/** An event of a review without photos is as it was before there were any. */
const someOf = <Item>(items: readonly Item[]): readonly Item[] | undefined =>
  items.length === 0 ? undefined : items;

const writeReview = (command: WriteReview, state: ReviewState): ReviewDecision => {
  const { reviewId, authorId, authorName, subject, rating, text, photos = [], at } = command;
  // A rating is one to five whole stars. The text is optional and bounded.
  if (!isRating(rating)) return ratingOutOfRange(rating);
  if (text.length > reviewTextLengthMax) return textTooLong(text);
  const problem = picturesProblem(photos, reviewPhotosMax);
  if (problem !== undefined) return reject(problem);
  if (state.status === 'STANDING') {
    // An author has one review of a subject and edits it.
    return says(state, command) ? accept() : reject({ code: 'REVIEW_ALREADY_WRITTEN', reviewId });
  }
  const hiddenFor = state.status === 'NONE' ? undefined : state.moderation?.hiddenFor;
  return accept({
    type: 'ReviewWritten',
    data: {
      ...{ reviewId, authorId, authorName, subject, rating, text },
      ...{ photos: someOf(photos), writtenAt: at, hiddenFor },
    },
  });
};

const editReview = (command: EditReview, state: ReviewState): ReviewDecision => {
  const { reviewId, authorId, rating, text, expected, at } = command;
  // The existence of another author's review is private here.
  if (state.status !== 'STANDING' || state.authorId !== authorId) return notFound(command);
  if (!isRating(rating)) return ratingOutOfRange(rating);
  if (text.length > reviewTextLengthMax) return textTooLong(text);
  const { subject, rating: previousRating, moderation, photos: before = [] } = state;
  const { photos = before } = command;
  const problem = picturesProblem(photos, reviewPhotosMax);
  if (problem !== undefined) return reject(problem);
  if (says(state, command)) return accept();
  const seen = {
    rating: previousRating,
    text: state.text,
    photoIds: before.map(({ pictureId }) => pictureId),
  };
  if (!isAsSeen(expected, seen)) return reject({ code: 'CHANGED_MEANWHILE' });
  const removedPhotos = someOf(picturesLeftOut(before, photos));
  return accept({
    type: 'ReviewEdited',
    data: {
      ...{ reviewId, subject, rating, previousRating, text },
      ...{ photos: someOf(photos), removedPhotos, editedAt: at, hiddenFor: moderation?.hiddenFor },
    },
  });
};

const withdrawReview = (command: WithdrawReview, state: ReviewState): ReviewDecision => {
  const { reviewId, authorId, at } = command;
  // The existence of another author's review is private here.
  if (state.status === 'NONE' || state.authorId !== authorId) return notFound(command);
  if (state.status === 'WITHDRAWN') return accept();
  const { subject, rating, moderation } = state;
  const hiddenFor = moderation?.hiddenFor;
  const removedPhotos = someOf(picturesLeftOut(state.photos ?? [], []));
  return accept({
    type: 'ReviewWithdrawn',
    data: { reviewId, subject, rating, removedPhotos, withdrawnAt: at, hiddenFor },
  });
};

const removePhotos = ({ reviewId, at }: RemovePhotos, state: ReviewState): ReviewDecision => {
  const removedPhotos = state.status === 'NONE' ? [] : picturesLeftOut(state.photos ?? [], []);
  if (removedPhotos.length === 0) return accept();
  return accept({ type: 'ReviewPhotosRemoved', data: { reviewId, removedPhotos, removedAt: at } });
};

const moderationEvent = (
  reviewId: ReviewId,
  { subject, rating }: KnownReview,
  fact: ModerationFact,
): ReviewEvent => {
  switch (fact.type) {
    case 'Reported':
      return { type: 'ReviewReported', data: { reviewId, ...fact.data } };
    case 'ReportsDismissed':
      return { type: 'ReviewReportsDismissed', data: { reviewId, ...fact.data } };
    case 'Hidden':
      return { type: 'ReviewHidden', data: { reviewId, subject, rating, ...fact.data } };
    case 'Restored':
      return { type: 'ReviewRestored', data: { reviewId, subject, rating, ...fact.data } };
    default:
      return unreachable(fact);
  }
};

const moderateReview = (command: ModerateReview, state: ReviewState): ReviewDecision => {
  if (state.status !== 'STANDING') return notFound(command);
  const decision = decideModeration(command, state);
  if (!decision.ok) return decision;
  return accept(...decision.events.map((fact) => moderationEvent(command.reviewId, state, fact)));
};

const decide = (command: ReviewCommand, state: ReviewState): ReviewDecision => {
  switch (command.type) {
    case 'WriteReview':
      return writeReview(command, state);
    case 'EditReview':
      return editReview(command, state);
    case 'WithdrawReview':
      return withdrawReview(command, state);
    case 'RemovePhotos':
      return removePhotos(command, state);
    case 'Report':
    case 'DismissReports':
    case 'Hide':
    case 'Restore':
      return moderateReview(command, state);
    default:
      return unreachable(command);
  }
};

export const review: Decider<ReviewState, ReviewCommand, ReviewEvent, ReviewRejection> = {
  category: 'review',
  initial,
  decide,
  evolve,
  personalData,
};
