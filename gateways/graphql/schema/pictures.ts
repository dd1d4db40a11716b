import type { FileName } from '../../../platform/files';

type Named = { readonly id: string; readonly thumbnailId: string };

/** The prefix of the addresses of pictures. A picture has its address for ever. */
export const MEDIA_PATH = '/media';

const urlOf = (file: FileName): string => `${MEDIA_PATH}/${file}.webp`;

export const pictureUrl = ({ id }: Pick<Named, 'id'>): string => urlOf(id);
export const thumbnailUrl = ({ id, thumbnailId }: Named): string => urlOf(`${id}-${thumbnailId}`);

/** The fields that every picture has besides its document. */
export const pictureFields = {
  url: {
    type: 'String!',
    description: 'The address of the picture, at most 1600 pixels wide and high: a path of this server.',
    resolve: pictureUrl,
  },
  thumbnailUrl: {
    type: 'String!',
    description: 'The address of its small size, at most 400 pixels wide and high.',
    resolve: thumbnailUrl,
  },
};
