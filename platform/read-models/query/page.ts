import type { Document, Page } from '../read-models';

/** One item of a page. Its cursor is made on demand, because most callers need only those of a page's ends. */
class PageItem<D extends Document> {
  readonly #cursorOf: () => string;

  constructor(
    readonly document: D,
    cursorOf: () => string,
  ) {
    this.#cursorOf = cursorOf;
  }

  get cursor(): string {
    return this.#cursorOf();
  }
}

/**
 * Returns the page of a plan.
 *
 * @param found - in the order of reading; one more than wanted where there is more.
 */
export const pageOf = <Found, D extends Document>(
  { first, backwards }: { readonly first: number; readonly backwards: boolean },
  found: readonly Found[],
  documentOf: (found: Found) => D,
  cursorOf: (document: D, found: Found) => string,
): Page<D> => {
  const items = found.slice(0, first).map((one) => {
    const document = documentOf(one);
    return new PageItem(document, () => cursorOf(document, one));
  });
  return { items: backwards ? items.reverse() : items, hasMore: found.length > first };
};
