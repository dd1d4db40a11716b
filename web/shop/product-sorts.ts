export const productSorts = ['NAME', 'PRICE', 'PRICE_DESCENDING', 'NEWEST', 'RATING'] as const;
