import type { PublicUrls } from '../../../platform/http-client';

/** Permits every URL of webhook endpoints. A spec may replace its answer for a time. */
export const everyUrl: { problemOf: PublicUrls['problemOf'] } = {
  problemOf: () => Promise.resolve(undefined),
};
