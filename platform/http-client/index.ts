export { ANSWER_BYTES_MAX, createHttpPost } from './http-post';
export type { HttpAnswer, HttpPost, PostOverHttp } from './http-post';
