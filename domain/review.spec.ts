import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import type { AccountId, Instant, Picture, PictureId, ProductId, ReviewId } from './kernel';
import { review, reviewTextLengthMax } from './review';
import type {
  Rating,
  ReviewCommand,
  ReviewEdited,
  ReviewEvent,
  ReviewSubject,
  ReviewWithdrawn,
  ReviewWritten,
} from './review';

const reviewId = '5d0b6c3e-0000-5000-8000-000000000001' as ReviewId;
const authorId = '5d0b6c3e-0000-5000-8000-000000000002' as AccountId;
const stranger = '5d0b6c3e-0000-5000-8000-000000000003' as AccountId;
const subject: ReviewSubject = { kind: 'product', productId: 'mug' as ProductId };
const at = '2026-11-02T09:00:00.000Z' as Instant;

type Write = Extract<ReviewCommand, { type: 'WriteReview' }>;
type Withdraw = Extract<ReviewCommand, { type: 'WithdrawReview' }>;
type Edit = Extract<ReviewCommand, { type: 'EditReview' }>;

const write = (rating: number, text = 'Holds tea.'): Write => ({
  type: 'WriteReview',
  reviewId,
  authorId,
  authorName: 'Ada',
  subject,
  rating,
  text,
  at,
});
const edit = (rating: number, text = 'Holds tea.'): Edit => ({
  type: 'EditReview',
  reviewId,
  authorId,
  rating,
  text,
  at,
});
const withdraw: Withdraw = { type: 'WithdrawReview', reviewId, authorId, at };

const written = (rating: Rating, text = 'Holds tea.'): ReviewWritten => ({
  type: 'ReviewWritten',
  data: { reviewId, authorId, authorName: 'Ada', subject, rating, text, writtenAt: at },
});
const edited = (previousRating: Rating, rating: Rating, text = 'Holds tea.'): ReviewEdited => ({
  type: 'ReviewEdited',
  data: { reviewId, subject, rating, previousRating, text, editedAt: at },
});
const withdrawn = (rating: Rating): ReviewWithdrawn => ({
  type: 'ReviewWithdrawn',
  data: { reviewId, subject, rating, withdrawnAt: at },
});

const notFound = { code: 'REVIEW_NOT_FOUND', reviewId } as const;
const noRatings = [0, 6, -1, 3.5, Number.NaN];
const outOfRange = (rating: number) => ({ code: 'RATING_OUT_OF_RANGE', rating, min: 1, max: 5 }) as const;
const tooLong = 'x'.repeat(reviewTextLengthMax + 1);
const tooLongRefusal = { code: 'REVIEW_TEXT_TOO_LONG', length: 5_001, max: 5_000 } as const;

describe('WriteReview', () => {
  it('writes it', () =>
    given(review, [])
      .when(write(4))
      .then([written(4)]));

  it('writes it of a seller', () => {
    const ofSeller: ReviewSubject = { kind: 'seller', sellerId: stranger };
    given(review, [])
      .when({ ...write(1), subject: ofSeller })
      .then([{ ...written(1), data: { ...written(1).data, subject: ofSeller } }]);
  });

  it('takes stars without words, and as many words as allowed', () => {
    given(review, [])
      .when(write(5, ''))
      .then([written(5, '')]);
    const long = 'x'.repeat(reviewTextLengthMax);
    given(review, [])
      .when(write(5, long))
      .then([written(5, long)]);
  });

  it('writes a withdrawn one again', () =>
    given(review, [written(4), withdrawn(4)])
      .when(write(2))
      .then([written(2)]));

  it('refuses a second opinion', () =>
    given(review, [written(4)])
      .when(write(3))
      .thenRejected({ code: 'REVIEW_ALREADY_WRITTEN', reviewId }));

  it.each(noRatings)('refuses %d stars', (rating) =>
    given(review, []).when(write(rating)).thenRejected(outOfRange(rating)),
  );

  it('refuses a book', () => given(review, []).when(write(4, tooLong)).thenRejected(tooLongRefusal));
});

describe('EditReview', () => {
  it('changes the stars and says what they were', () =>
    given(review, [written(4)])
      .when(edit(2))
      .then([edited(4, 2)]));

  it('changes the words', () =>
    given(review, [written(4)])
      .when(edit(4, 'Leaks.'))
      .then([edited(4, 4, 'Leaks.')]));

  it.each(noRatings)('refuses %d stars', (rating) =>
    given(review, [written(4)])
      .when(edit(rating))
      .thenRejected(outOfRange(rating)),
  );

  it('refuses a book', () =>
    given(review, [written(4)])
      .when(edit(4, tooLong))
      .thenRejected(tooLongRefusal));

  it.each([
    ['an unknown one', [], authorId],
    ['a withdrawn one', [written(4), withdrawn(4)], authorId],
    ["someone else's", [written(4)], stranger],
  ])('does not find %s', (_, history, by) =>
    given(review, history)
      .when({ ...edit(1), authorId: by })
      .thenRejected(notFound),
  );
});

describe('WithdrawReview', () => {
  it('withdraws it with the stars that stood last', () =>
    given(review, [written(4), edited(4, 2)])
      .when(withdraw)
      .then([withdrawn(2)]));

  it.each([
    ['an unknown one', [], authorId],
    ["someone else's", [written(4)], stranger],
    ["someone else's, withdrawn", [written(4), withdrawn(4)], stranger],
  ])('does not find %s', (_, history, by) =>
    given(review, history)
      .when({ type: 'WithdrawReview', reviewId, authorId: by, at })
      .thenRejected(notFound),
  );
});

const moderatorId = '5d0b6c3e-0000-5000-8000-000000000004' as AccountId;
const hiddenFor = 'It is advertising.';
const report: ReviewCommand = {
  ...{
    type: 'Report',
    reviewId,
    reporterId: stranger,
    reason: 'SPAM',
    note: 'The same text everywhere.',
    at,
  },
};
const hide: ReviewCommand = { type: 'Hide', reviewId, moderatorId, reason: hiddenFor, at };
const restore: ReviewCommand = { type: 'Restore', reviewId, moderatorId, at };
const dismiss: ReviewCommand = { type: 'DismissReports', reviewId, moderatorId, at };

const reported: ReviewEvent = {
  type: 'ReviewReported',
  data: {
    ...{ reviewId, authorId, reporterId: stranger, reason: 'SPAM' },
    note: 'The same text everywhere.',
    reportedAt: at,
  },
};
const dismissed: ReviewEvent = {
  type: 'ReviewReportsDismissed',
  data: { reviewId, moderatorId, dismissedAt: at },
};
const hidden = (rating: Rating): ReviewEvent => ({
  type: 'ReviewHidden',
  data: { reviewId, subject, rating, moderatorId, hiddenFor, hiddenAt: at },
});
const restored = (rating: Rating): ReviewEvent => ({
  type: 'ReviewRestored',
  data: { reviewId, subject, rating, moderatorId, restoredAt: at },
});
const meanwhile = <Event extends ReviewEvent>({ type, data }: Event) =>
  ({ type, data: { ...data, hiddenFor } }) as Event;

describe('moderation', () => {
  it.each([
    [report, [written(4)], [reported]],
    [dismiss, [written(4), reported], [dismissed]],
    [hide, [written(4), edited(4, 2), reported], [hidden(2)]],
    [restore, [written(4), hidden(4), meanwhile(edited(4, 1))], [restored(1)]],
  ])('records $type with the stars that count', (command, history, events) =>
    given(review, history).when(command).then(events),
  );

  it.each([report, dismiss, hide, restore])('does not find for $type what is not there', (command) => {
    given(review, []).when(command).thenRejected(notFound);
    given(review, [written(4), withdrawn(4)])
      .when(command)
      .thenRejected(notFound);
  });

  it('lets the author edit and withdraw what is hidden, and says that it does not count', () => {
    given(review, [written(4), hidden(4)])
      .when(edit(2))
      .then([meanwhile(edited(4, 2))]);
    given(review, [written(4), hidden(4)])
      .when(withdraw)
      .then([meanwhile(withdrawn(4))]);
  });

  it('keeps a review hidden that was withdrawn and written again', () =>
    given(review, [written(4), hidden(4), meanwhile(withdrawn(4))])
      .when(write(5))
      .then([meanwhile(written(5))]));
});

it('lets only its author change it, and records any command, sent twice, once', () =>
  alongEveryWalk(
    review,
    (state) => {
      const rating = state.status === 'NONE' ? 3 : state.rating;
      const asOthers = { authorId: stranger };
      return [
        write(rating),
        write(6 - rating),
        edit(rating, state.status === 'NONE' ? '' : state.text),
        edit(6 - rating),
        { ...edit(1), ...asOthers },
        withdraw,
        { ...withdraw, ...asOthers },
        ...[report, dismiss, hide, restore],
      ];
    },
    (step) => {
      recordsOnce(review, step);
      if ('authorId' in step.command && step.command.authorId === stranger)
        expect(step.decision.ok).toBe(false);
      if (step.after.status !== 'NONE') expect(step.after.authorId).toBe(authorId);
    },
  ));

describe('the photos of a review', () => {
  const [one, two] = ['a', 'b'].map((name) => ({
    ...{ pictureId: name as PictureId, thumbnailId: 't', width: 8, height: 6 },
  })) as [Picture, Picture];
  const withPhotos = (...photos: readonly Picture[]): ReviewWritten => ({
    ...written(4),
    data: { ...written(4).data, photos },
  });

  it('are recorded with it', () =>
    given(review, [])
      .when({ ...write(4), photos: [one, two] })
      .then([withPhotos(one, two)]));

  it('stay where an edit does not name them', () =>
    given(review, [withPhotos(one)])
      .when(edit(2))
      .then([{ ...edited(4, 2), data: { ...edited(4, 2).data, photos: [one] } }]));

  it('are replaced, and removed, by an edit that does', () => {
    given(review, [withPhotos(one)])
      .when({ ...edit(4), photos: [two] })
      .then([
        {
          ...edited(4, 4),
          data: { ...edited(4, 4).data, photos: [two], removedPhotos: [one.pictureId] },
        },
      ]);
    given(review, [withPhotos(one)])
      .when({ ...edit(4), photos: [] })
      .then([{ ...edited(4, 4), data: { ...edited(4, 4).data, removedPhotos: [one.pictureId] } }]);
    given(review, [withPhotos(one)])
      .when({ ...edit(4), photos: [one] })
      .then([]);
  });

  it('go with it', () =>
    given(review, [withPhotos(one)])
      .when(withdraw)
      .then([{ ...withdrawn(4), data: { ...withdrawn(4).data, removedPhotos: [one.pictureId] } }]));

  it('go with the account of the author', () => {
    const remove: ReviewCommand = { type: 'RemovePhotos', reviewId, at };
    given(review, [withPhotos(one, two)])
      .when(remove)
      .then([
        {
          type: 'ReviewPhotosRemoved',
          data: { reviewId, removedPhotos: ['a', 'b'] as PictureId[], removedAt: at },
        },
      ]);
    given(review, [written(4)])
      .when(remove)
      .then([]);
    given(review, []).when(remove).then([]);
  });

  it('are at most four, each named once', () => {
    const photos = Array.from({ length: 5 }, (_, number) => ({
      ...one,
      pictureId: `${number}` as PictureId,
    }));
    given(review, [])
      .when({ ...write(4), photos })
      .thenRejected({ code: 'PICTURES_TOO_MANY', count: 5, max: 4 });
    given(review, [written(4)])
      .when({ ...edit(4), photos: [one, one] })
      .thenRejected({ code: 'PICTURE_REPEATED', pictureId: one.pictureId });
  });
});
