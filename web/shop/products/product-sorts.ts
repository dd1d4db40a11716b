export const productSorts = ['RELEVANCE', 'NAME', 'PRICE', 'PRICE_DESCENDING', 'NEWEST', 'RATING'] as const;
