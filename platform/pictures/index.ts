export { PictureRefused, pictureProblems } from './refused';
export type { PictureProblem } from './refused';
export { pictureBytesMax, renderPicture } from './render';
export type { RenderedPicture } from './render';
