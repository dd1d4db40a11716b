import type { FlatModel } from './flat-model';
import type { FlatRow } from './rows';

export type PageOptions = {
  /** The end of an earlier page; undefined for the first one. */
  readonly after: string | undefined;
  /** About how many rows: a page ends with a whole document. */
  readonly limit: number;
  /** The earliest value of the model's column of time. */
  readonly since: string | undefined;
};

/** `next`: the end of the page, for the next one; undefined where there is none. */
export type FlatPage = { readonly rows: readonly FlatRow[]; readonly next: string | undefined };

/** A reader of all rows of flat models, page by page, in an order of its own that stays the same. It cannot write. */
export interface FlatPages {
  /** @throws Fault `READ_MODELS_UNAVAILABLE`. */
  page(model: FlatModel, options: PageOptions): Promise<FlatPage>;
  close(): Promise<void>;
}
