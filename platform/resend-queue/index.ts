export { ResendQueue } from './resend-queue';
export type { ResendQueueOptions } from './resend-queue';
