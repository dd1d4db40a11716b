import {
  later,
  type AccountId,
  type Instant,
  type Millis,
  type PictureId,
  type ProductId,
  type ReviewId,
} from '../domain/kernel';
import { unclaimedPictureMs, type PictureEvent } from '../domain/picture';
import type { ProductPicturesSet } from '../domain/product';
import { of as ofRequest, requested } from '../tests/support/domain/after-sales';
import { edited, ofProduct, withdrawn, written } from '../tests/support/domain/reviews';
import { itProjects } from '../tests/support/projections/it-projects';
import { pictures, type UploadedPicture } from './pictures';

const id = 'a'.repeat(64) as PictureId;
const productId = 'mug' as ProductId;
const owner = `product:${productId}` as const;
const at = '2026-11-30T09:00:00.000Z' as Instant;
const next = later(at, 1_000 as Millis);
const hourAfter = (instant: Instant): Instant => later(instant, 3_600_000 as Millis);
const facts = { thumbnailId: 'b', width: 8, height: 8 };

const uploaded = (uploadedAt: Instant): PictureEvent => ({
  type: 'PictureUploaded',
  data: { pictureId: id, ...facts, bytes: 9, uploaderId: 'sam' as AccountId, uploadedAt },
});
const claimed = (claimedAt: Instant): PictureEvent => ({
  type: 'PictureClaimed',
  data: { pictureId: id, owner, claimedAt },
});
const released: PictureEvent = {
  type: 'PictureReleased',
  data: { pictureId: id, owner, claim: at, releasedAt: next },
};
const begun: PictureEvent = { type: 'PictureRemovalBegun', data: { pictureId: id, begunAt: next } };
const removed: PictureEvent = { type: 'PictureRemoved', data: { pictureId: id, removedAt: next } };
const set = (shown: readonly PictureId[], gone: readonly PictureId[]): ProductPicturesSet => ({
  type: 'ProductPicturesSet',
  data: {
    productId,
    pictures: shown.map((pictureId) => ({ pictureId, ...facts })),
    removed: gone,
    setAt: next,
  },
});

const unused: UploadedPicture = {
  ...{ id, uploadedAt: at, claims: [], isBeingRemoved: false, dueAt: later(at, unclaimedPictureMs) },
};
const of = (claimedAt: Instant, isNamed: boolean): UploadedPicture => ({
  ...unused,
  claims: [{ owner, claimedAt, isNamed }],
  dueAt: isNamed ? null : hourAfter(claimedAt),
});

const review = 'review-1' as ReviewId;
const ofReview = `review:${review}` as const;
const inReview: UploadedPicture = {
  ...unused,
  claims: [{ owner: ofReview, claimedAt: at, isNamed: true }],
  dueAt: null,
};
const claimedByReview: UploadedPicture = {
  ...unused,
  claims: [{ owner: ofReview, claimedAt: at, isNamed: false }],
  dueAt: hourAfter(at),
};
const claimedByRequest: UploadedPicture = {
  ...claimedByReview,
  claims: [{ owner: `after_sales:${ofRequest.afterSalesId}`, claimedAt: at, isNamed: false }],
};
const inRequest: UploadedPicture = {
  ...inReview,
  claims: [{ owner: `after_sales:${ofRequest.afterSalesId}`, claimedAt: at, isNamed: true }],
};
const plain = written(ofProduct, 4);
const reviewed = { ...plain, data: { ...plain.data, photos: [{ pictureId: id, ...facts }] } };
const removedPhotos = [id];
const reviewChanges = [
  { ...edited(ofProduct, 4, 4), data: { ...edited(ofProduct, 4, 4).data, removedPhotos } },
  { ...withdrawn(ofProduct, 4), data: { ...withdrawn(ofProduct, 4).data, removedPhotos } },
  { type: 'ReviewPhotosRemoved', data: { reviewId: review, removedPhotos, removedAt: next } },
] as const;

itProjects(pictures, [
  { on: uploaded(at), because: 'is due after a day', touches: [{ id, after: unused }] },
  {
    on: uploaded(next),
    because: 'is kept for a further day',
    touches: [
      { id, before: unused, after: { ...unused, uploadedAt: next, dueAt: later(next, unclaimedPictureMs) } },
    ],
  },
  {
    on: claimed(at),
    because: 'is to be named soon',
    touches: [{ id, before: unused, after: of(at, false) }],
  },
  {
    on: set([id], []),
    because: 'is named, and due no more',
    touches: [{ id, before: of(at, false), after: of(at, true) }],
  },
  {
    on: claimed(next),
    because: 'is claimed again, and named as before',
    touches: [{ id, before: of(at, true), after: of(next, true) }],
  },
  {
    on: set([], [id]),
    because: 'is no longer named',
    touches: [{ id, before: of(at, true), after: of(at, false) }],
  },
  {
    on: reviewed,
    because: 'is named by a review too',
    touches: [{ id, before: claimedByReview, after: inReview }],
  },
  ...reviewChanges.map((on) => ({
    on,
    because: `is no longer named after ${on.type}`,
    touches: [{ id, before: inReview, after: claimedByReview }],
  })),
  {
    on: requested('RETURN', { photos: [{ pictureId: id, ...facts }] }),
    because: 'is named by an after-sales request too',
    touches: [{ id, before: claimedByRequest, after: inRequest }],
  },
  {
    on: {
      type: 'AfterSalesPhotosRemoved',
      data: { ...ofRequest, removedPhotos: [id], removedAt: next },
    },
    because: 'is no longer named by the request',
    touches: [{ id, before: inRequest, after: claimedByRequest }],
  },
  { on: released, because: 'has no owner', touches: [{ id, before: of(at, false), after: unused }] },
  {
    on: begun,
    because: 'is being removed',
    touches: [{ id, before: unused, after: { ...unused, isBeingRemoved: true, dueAt: at } }],
  },
  { on: removed, because: 'is gone', touches: [{ id, before: { ...unused, isBeingRemoved: true } }] },
]);
