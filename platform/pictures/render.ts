import type { Sharp } from 'sharp';
import { fileNameOf, type FileName } from '../files';
import { isAnimatedPng, pictureTypeOf } from './picture-type';
import { PictureRefused } from './refused';

/** A picture that was decoded and written again in the sizes in which it is shown, as WebP. */
export type RenderedPicture = {
  /** The name of the file for a page. It is the id of the picture. */
  readonly page: FileName;
  readonly thumbnail: FileName;
  /** The size of the picture for a page, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly files: ReadonlyMap<FileName, Buffer>;
};

/** The content of an uploaded file, in bytes. */
export const pictureBytesMax = 8 * 1024 * 1024;
/** Pixels of an uploaded picture: a photo of any telephone, and far less than a bomb. */
export const picturePixelsMax = 40_000_000;
const SIDE_MIN = 8;
const SIDE_MAX = 16_383;

const PAGE_SIDE = 1_600;
const THUMBNAIL_SIDE = 400;
const QUALITY = 80;

type Decoder = (bytes: Buffer, pixelsMax?: number | false) => Sharp;

let decoder: Promise<Decoder> | undefined;

/**
 * Loads the library at the first picture, because no start is to wait for it, and blocks all of its decoders but three. Each
 * picture has one thread and no cache, so that memory is bounded by the pictures at once.
 */
const decoderOf = (): Promise<Decoder> =>
  (decoder ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
    });
    return (bytes, limitInputPixels = picturePixelsMax) =>
      sharp(bytes, { limitInputPixels, failOn: 'error' });
  }));

const demandSize = (width: number, height: number): void => {
  const sides = [width, height];
  if (width * height > picturePixelsMax || sides.some((side) => side < SIDE_MIN || side > SIDE_MAX))
    throw new PictureRefused('PICTURE_DIMENSIONS_REFUSED');
};

/** Decodes a picture, and reports what its bytes are to blame for as a refusal. */
const decoded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch {
    throw new PictureRefused('PICTURE_UNREADABLE');
  }
};

/** Turned as its metadata say, and without them, because they may name the place and the person. */
const sized = (picture: Sharp, side: number): Sharp =>
  picture
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: QUALITY });

/**
 * Decodes an uploaded picture and writes it again, so that nothing of the uploaded bytes is kept.
 *
 * @throws PictureRefused for a file that is not accepted.
 */
export const renderPicture = async (bytes: Buffer): Promise<RenderedPicture> => {
  if (bytes.length > pictureBytesMax) throw new PictureRefused('PICTURE_TOO_LARGE');
  const type = pictureTypeOf(bytes);
  if (type === undefined) throw new PictureRefused('PICTURE_TYPE_NOT_SUPPORTED');
  const decode = await decoderOf();
  // The header alone: a bomb is refused before any pixel of it is decoded.
  const found = await decoded(() => decode(bytes, false).metadata());
  if ((found.pages ?? 1) > 1 || (type === 'png' && isAnimatedPng(bytes)))
    throw new PictureRefused('PICTURE_ANIMATED');
  demandSize(found.width, found.height);
  const page = await decoded(() => sized(decode(bytes), PAGE_SIDE).toBuffer({ resolveWithObject: true }));
  const thumbnail = await decoded(() => sized(decode(page.data), THUMBNAIL_SIDE).toBuffer());
  const pageName = fileNameOf(page.data);
  const thumbnailName = fileNameOf(thumbnail, pageName);
  const { width, height } = page.info;
  return {
    ...{ page: pageName, thumbnail: thumbnailName, width, height },
    files: new Map([
      [pageName, page.data],
      [thumbnailName, thumbnail],
    ]),
  };
};
