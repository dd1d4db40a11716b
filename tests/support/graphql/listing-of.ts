import type { Listing, PageRequest } from '../../../gateways/graphql';
import type { Page } from '../../../platform/read-models';

/** A list of these documents; a cursor is a place in it. */
export const listingOf = <D>(documents: readonly D[], tell: (what: 'page' | 'count') => void): Listing<D> => {
  const pageOf = ({ first, after, backwards = false }: PageRequest): Page<D> => {
    const from = after === undefined ? (backwards ? documents.length : -1) : Number(after);
    const start = backwards ? Math.max(0, from - first) : from + 1;
    const end = backwards ? from : start + first;
    const items = documents.slice(start, end);
    return {
      items: items.map((document, index) => ({ document, cursor: String(start + index) })),
      hasMore: backwards ? start > 0 : end < documents.length,
    };
  };
  return {
    page: (asked) => {
      tell('page');
      return Promise.resolve(pageOf(asked));
    },
    countUpTo: (max) => {
      tell('count');
      return Promise.resolve(Math.min(documents.length, max));
    },
  };
};
