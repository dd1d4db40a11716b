import { z } from 'zod';
import type { AfterSalesPhotosRemoved, AfterSalesRequested } from '../domain/after-sales';
import type { Instant, Millis, PictureId, PictureOwner } from '../domain/kernel';
import { later } from '../domain/kernel';
import { unclaimedPictureMs, type PictureEvent } from '../domain/picture';
import type { ProductPicturesSet } from '../domain/product';
import type { ReviewEdited, ReviewPhotosRemoved, ReviewWithdrawn, ReviewWritten } from '../domain/review';
import { readModel, type DocumentOf, type Fold } from '../platform/projections';
import { instant, pictureId, text } from './fields';

const Claim = z
  .strictObject({
    owner: text<PictureOwner>('text', '`<kind>:<id>`.').describe('The owner of the picture.'),
    claimedAt: instant.describe('The time of its last claim.'),
    isNamed: z.boolean().describe('Whether the owner has named the picture since.'),
  })
  .describe('An owner for which a picture is kept.');
type Claim = DocumentOf<typeof Claim>;

export const UploadedPicture = z
  .strictObject({
    id: pictureId.describe('The unique identifier.'),
    uploadedAt: instant.describe('The time when it was last uploaded.'),
    claims: z.array(Claim).describe('The owners for which it is kept.'),
    isBeingRemoved: z.boolean().describe('Whether its files are being removed.'),
    dueAt: instant
      .nullable()
      .describe('The time from which it may have to be removed; null while all of its owners name it.'),
  })
  .describe('An uploaded picture, with the time at which its use is looked at.');
export type UploadedPicture = DocumentOf<typeof UploadedPicture>;

type ReviewChanged = ReviewWritten | ReviewEdited | ReviewWithdrawn | ReviewPhotosRemoved;

type RequestChanged = AfterSalesRequested | AfterSalesPhotosRemoved;

type Shown = PictureEvent | ProductPicturesSet | ReviewChanged | RequestChanged;

/** A command that claims a picture names it at once, or fails. */
const CLAIM_MS = (60 * 60_000) as Millis;

const dueAtOf = ({ uploadedAt, claims, isBeingRemoved }: Omit<UploadedPicture, 'dueAt'>): Instant | null => {
  if (isBeingRemoved) return uploadedAt;
  if (claims.length === 0) return later(uploadedAt, unclaimedPictureMs);
  const [oldest] = claims
    .filter(({ isNamed }) => !isNamed)
    .map(({ claimedAt }) => claimedAt)
    .sort();
  return oldest === undefined ? null : later(oldest, CLAIM_MS);
};

const changed = (found: UploadedPicture, change: Partial<UploadedPicture>): UploadedPicture => {
  const picture = { ...found, ...change };
  return { ...picture, dueAt: dueAtOf(picture) };
};

const without = ({ claims }: UploadedPicture, owner: PictureOwner): readonly Claim[] =>
  claims.filter((claim) => claim.owner !== owner);

const named = (found: UploadedPicture, owner: PictureOwner, isNamed: boolean): UploadedPicture =>
  changed(found, {
    claims: found.claims.map((claim) => (claim.owner === owner ? { ...claim, isNamed } : claim)),
  });

/** The photos that an owner has from now on, and those that it no longer has. */
const photosOf = (
  data: (ReviewChanged | RequestChanged)['data'],
): { readonly now: readonly string[]; readonly gone: readonly string[] } => ({
  now: 'photos' in data ? (data.photos ?? []).map(({ pictureId: one }) => one) : [],
  gone: 'removedPhotos' in data ? (data.removedPhotos ?? []) : [],
});

const ofReview: Fold<UploadedPicture, ReviewChanged> = (found, { data }, id) =>
  found && named(found, `review:${data.reviewId}`, photosOf(data).now.includes(id));

const ofRequest: Fold<UploadedPicture, RequestChanged> = (found, { data }, id) =>
  found && named(found, `after_sales:${data.afterSalesId}`, photosOf(data).now.includes(id));

/** A picture that was removed has no document. */
export const pictures = readModel<UploadedPicture, Shown>('pictures', {
  question: 'Which uploaded pictures are there, and which of them may have to be removed?',
  version: 1,
  document: UploadedPicture,
  indexes: { by_due: ['dueAt'] },
  key: ({ data }) => {
    if ('reviewId' in data || 'afterSalesId' in data) {
      const { now, gone } = photosOf(data);
      return [...now, ...gone];
    }
    return 'pictures' in data
      ? [...data.pictures.map(({ pictureId: id }) => id), ...data.removed]
      : data.pictureId;
  },
  on: {
    PictureUploaded: (found, { data: { pictureId: id, uploadedAt } }) =>
      changed(found ?? { id, uploadedAt, claims: [], isBeingRemoved: false, dueAt: null }, { uploadedAt }),
    // One that is named already and is claimed again stays so.
    PictureClaimed: (found, { data: { owner, claimedAt } }) => {
      if (found === undefined) return undefined;
      const isNamed = found.claims.some((claim) => claim.owner === owner && claim.isNamed);
      return changed(found, { claims: [...without(found, owner), { owner, claimedAt, isNamed }] });
    },
    PictureReleased: (found, { data: { owner } }) =>
      found && changed(found, { claims: without(found, owner) }),
    PictureRemovalBegun: (found) => found && changed(found, { isBeingRemoved: true }),
    PictureRemoved: () => undefined,
    ProductPicturesSet: (found, { data: { productId, pictures: now } }, id) =>
      found &&
      named(
        found,
        `product:${productId}`,
        now.some(({ pictureId: one }) => one === (id as PictureId)),
      ),
    ReviewWritten: ofReview,
    ReviewEdited: ofReview,
    ReviewWithdrawn: ofReview,
    ReviewPhotosRemoved: ofReview,
    AfterSalesRequested: ofRequest,
    AfterSalesPhotosRemoved: ofRequest,
  },
});
