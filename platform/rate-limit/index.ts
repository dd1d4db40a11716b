export { createBuckets, createRateLimit } from './buckets';
export type { Buckets, Rate, RateLimit } from './buckets';
export { networkOf } from './client-network';
