import type { CollectionSpec, Document, Page, Query } from '../read-models';
import { comparePlaces, placeOf } from './among';
import { fingerprintOf, readCursor, writeCursor } from './cursor';
import { pageOf } from './page';
import { planOf } from './plan';

type List = Omit<Query, 'first' | 'after' | 'backwards'>;
type PageWanted = Pick<Query, 'first' | 'after' | 'backwards'>;

/** So many lists are read at once. */
const AT_ONCE_MAX = 8;

/**
 * Returns a page of several lists of one index, as if they were one. They differ only in what their index begins with, and no
 * document is in two of them. A cursor is a place in the order, so it stays valid when there is another list.
 *
 * @throws Fault `QUERY_INVALID`, and what `read` throws.
 */
export const listMerged = async <D extends Document>(
  spec: CollectionSpec,
  lists: readonly List[],
  { first, after, backwards = false }: PageWanted,
  read: (query: Query) => Promise<Page<D>>,
): Promise<Page<D>> => {
  const [any] = lists;
  if (any === undefined) return { items: [], hasMore: false };
  const order = planOf(spec, { ...any, first, backwards });
  const fingerprint = fingerprintOf('merged', spec.name, any.index, any.order ?? 'ascending');
  const place = after === undefined ? undefined : readCursor(after, fingerprint, order.sort.length);
  const pages: Page<D>[] = [];
  for (let at = 0; at < lists.length; at += AT_ONCE_MAX) {
    const some = lists.slice(at, at + AT_ONCE_MAX).map((list) => {
      const { cursorAt } = planOf(spec, { ...list, first });
      return read({ ...list, first, backwards, after: place && cursorAt(place) });
    });
    pages.push(...(await Promise.all(some)));
  }
  const found = pages
    .flatMap(({ items }) => items.map(({ document }) => ({ document, place: placeOf(document, order) })))
    .sort((one, other) => comparePlaces(one.place, other.place, order.descending));
  const page = pageOf(
    { first, backwards },
    found,
    ({ document }) => document,
    (_, one) => writeCursor(fingerprint, one.place),
  );
  return { ...page, hasMore: page.hasMore || pages.some(({ hasMore }) => hasMore) };
};
