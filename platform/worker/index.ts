export { startWorker } from './client';
export type { WorkerClient, WorkerOptions } from './client';
export { serveCalls } from './serve';
export type { Service } from './serve';
export type { AnswerOf, Calls, RequestOf } from './calls';
