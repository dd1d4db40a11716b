import type { Document } from '../read-models';

/** One item of a page. Its cursor is made on demand, because most callers need only those of a page's ends. */
export class PageItem<D extends Document> {
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
