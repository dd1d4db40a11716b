import type { Document } from '../read-models';

/** One place on a page. Its cursor is made when somebody asks for it: most want those of a page's ends only. */
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
