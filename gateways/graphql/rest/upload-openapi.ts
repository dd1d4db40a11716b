import { pictureBytesMax, pictureProblems } from '../../../platform/pictures';
import { objectOf, problemResponse, type Json } from './openapi';
import { UPLOAD_PATH } from './upload-path';

const picture: Json = objectOf(
  {
    id: { type: 'string', description: 'The ID of the picture, for `setProductPictures`.' },
    url: { type: 'string', description: 'The address of the picture: a path of this server.' },
    thumbnailUrl: { type: 'string', description: 'The address of its small size.' },
    width: { type: 'integer', description: 'The width in pixels.' },
    height: { type: 'integer', description: 'The height in pixels.' },
  },
  ['id', 'url', 'thumbnailUrl', 'width', 'height'],
);

const file: Json = { schema: { type: 'string', format: 'binary', maxLength: pictureBytesMax } };

/** Describes the upload, which is no field of the schema: its body is a file. */
export const uploadPaths: Readonly<Record<string, Record<string, Json>>> = {
  [UPLOAD_PATH]: {
    post: {
      operationId: 'uploadPicture',
      summary:
        'Takes one picture: JPEG, PNG or WebP, at most 8 MiB. Those who are logged in may send it. A picture that nothing shows is removed after a day.',
      parameters: [],
      security: [{ bearer: [] }],
      requestBody: {
        required: true,
        content: { 'image/jpeg': file, 'image/png': file, 'image/webp': file },
      },
      responses: {
        201: { description: 'The answer.', content: { 'application/json': { schema: picture } } },
        409: problemResponse('The code PICTURE_BEING_REMOVED.'),
        default: problemResponse(
          `Any other problem, with its code: also ${Object.keys(pictureProblems).join(', ')}.`,
        ),
      },
    },
  },
};
