import type { MutationName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { PictureId } from '../../../domain/kernel';
import type { Example } from './account-examples';
import { ids } from './edge';

const { mug } = ids;
const pictureId = 'a'.repeat(64) as PictureId;

/** Examples of the mutations about pictures. */
export const pictureExamples: {
  readonly [Name in Extract<MutationName, `${string}Pictures`>]: Example<Name>;
} = {
  setProductPictures: {
    input: {
      productId: mug,
      pictures: [{ pictureId, altEn: 'A mug.', altZh: null }],
      expectedPictureIds: [],
    },
    sends: { productId: mug, pictures: [{ pictureId, altEn: 'A mug.' }], expectedPictureIds: [] },
    value: {},
    select: 'product { id }',
    shows: { product: { id: mug } },
  },
};

type Code = Extract<Rejection['code'], `PICTURE${string}`>;

/** One rejection of each code about pictures. */
export const pictureSamples: { readonly [C in Code]: Omit<Extract<Rejection, { code: C }>, 'code'> } = {
  PICTURE_NOT_FOUND: { pictureId },
  PICTURE_BEING_REMOVED: { pictureId },
  PICTURE_USED_UP: { pictureId, max: 500 },
  PICTURES_TOO_MANY: { count: 9, max: 8 },
  PICTURE_REPEATED: { pictureId },
};
