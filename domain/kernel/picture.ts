import type { AfterSalesId, PictureId, ProductId, ReviewId } from './ids';

/** A picture with the facts that a page needs to show it. */
export type Picture = {
  readonly pictureId: PictureId;
  /** The hash of the small size of the picture. */
  readonly thumbnailId: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
};

export type PicturesProblem =
  | { readonly code: 'PICTURES_TOO_MANY'; readonly count: number; readonly max: number }
  | { readonly code: 'PICTURE_REPEATED'; readonly pictureId: PictureId };

/** The owner of a picture: `<kind>:<id>`. */
export type PictureOwner = `product:${ProductId}` | `review:${ReviewId}` | `after_sales:${AfterSalesId}`;

/** Returns the picture that is named twice; undefined if each is named once. */
const pictureTwice = (pictures: readonly Pick<Picture, 'pictureId'>[]): PictureId | undefined => {
  const seen = new Set<PictureId>();
  for (const { pictureId } of pictures) {
    if (seen.has(pictureId)) return pictureId;
    seen.add(pictureId);
  }
  return undefined;
};

/** Returns why pictures cannot be named together; undefined where they can. */
export const picturesProblem = (
  pictures: readonly Pick<Picture, 'pictureId'>[],
  max: number,
): PicturesProblem | undefined => {
  if (pictures.length > max) return { code: 'PICTURES_TOO_MANY', count: pictures.length, max };
  const twice = pictureTwice(pictures);
  return twice === undefined ? undefined : { code: 'PICTURE_REPEATED', pictureId: twice };
};

/** Returns the pictures that are no longer named. */
export const picturesLeftOut = (
  before: readonly Pick<Picture, 'pictureId'>[],
  now: readonly Pick<Picture, 'pictureId'>[],
): readonly PictureId[] =>
  before.map(({ pictureId }) => pictureId).filter((id) => now.every(({ pictureId }) => pictureId !== id));
