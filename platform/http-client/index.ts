export { ANSWER_BYTES_MAX } from './exchange';
export type { HttpAnswer, HttpPost, PostOverHttp } from './exchange';
export { createHttpPost } from './http-post';
export { publicUrls } from './public-post';
export type { LookUp, PublicUrls, UrlProblem } from './public-post';
