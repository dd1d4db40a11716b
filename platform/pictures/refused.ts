/** The reasons for which an uploaded picture is refused, with what the sender is to do. Codes are stable. */
export const pictureProblems = {
  PICTURE_TOO_LARGE: 'The picture has over 8 MiB. Send a smaller one: with fewer pixels, or compressed more.',
  PICTURE_TYPE_NOT_SUPPORTED:
    'The file is no picture of a supported type. Send a JPEG, PNG or WebP picture; SVG, GIF, HEIC and other files are not accepted, also under the name of such a picture.',
  PICTURE_ANIMATED: 'The picture is animated. Send a still one.',
  PICTURE_UNREADABLE: 'The picture is damaged or cut off. Save it again as JPEG, PNG or WebP, and send that.',
  PICTURE_DIMENSIONS_REFUSED:
    'The picture has over 40 million pixels, or a side of fewer than 8. Send it in another size.',
} as const;

export type PictureProblem = keyof typeof pictureProblems;

/** An uploaded picture is not accepted. Its sender can act on the reason. */
export class PictureRefused extends Error {
  constructor(readonly code: PictureProblem) {
    super(pictureProblems[code]);
    this.name = 'PictureRefused';
  }
}
