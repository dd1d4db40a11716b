import type { PictureId, ProductId } from './ids';

/** A picture with the facts that a page needs to show it. */
export type Picture = {
  readonly pictureId: PictureId;
  /** The hash of the small size of the picture. */
  readonly thumbnailId: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
};

/** The owner of a picture: `<kind>:<id>`. */
export type PictureOwner = `product:${ProductId}`;

/** Returns the picture that is named twice; undefined if each is named once. */
export const pictureTwice = (pictures: readonly Pick<Picture, 'pictureId'>[]): PictureId | undefined => {
  const seen = new Set<PictureId>();
  for (const { pictureId } of pictures) {
    if (seen.has(pictureId)) return pictureId;
    seen.add(pictureId);
  }
  return undefined;
};
