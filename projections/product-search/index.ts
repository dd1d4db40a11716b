export { boundsOfNarrowing, facetsOf, narrowed } from './facets';
export type { CategoryCount, PriceBand, PriceRange, ProductFacets, ProductNarrowing } from './facets';
export { relevanceFor } from './relevance';
export { searchKeysOf, searchTermsOf } from './search-keys';
