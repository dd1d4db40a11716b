import { z } from 'zod';
import type { Picture } from '../domain/kernel';
import type { DocumentOf } from '../platform/projections';
import { pictureId } from './fields';

export const Photo = z
  .strictObject({
    id: pictureId.describe('The unique identifier of the picture.'),
    thumbnailId: z.string().describe('The hash of its small size.'),
    width: z.int32().describe('The width in pixels.'),
    height: z.int32().describe('The height in pixels.'),
  })
  .describe('A picture that a customer has added to a review or a request.');
export type Photo = DocumentOf<typeof Photo>;

export const photosOf = (photos: readonly Picture[] = []): readonly Photo[] =>
  photos.map(({ pictureId: id, ...facts }) => ({ id, ...facts }));
