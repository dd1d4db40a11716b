export { currentTraceId, currentTraceparent, withSpan } from './tracing';
export type { SpanOptions } from './tracing';
export type { Logger } from './logger';
