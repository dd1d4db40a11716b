import type { Cell } from '../../platform/read-models/flat';

/** A query for the process that runs it. */
export type QueryOrder = {
  readonly readModelsFile: string;
  /** The file of the embedded event store, which `event_log` shows; undefined where the events are on a server. */
  readonly eventsFile: string | undefined;
  readonly sql: string;
  readonly rowsMax: number;
};

/** A message from the process. It sends the next rows only after a request to go on. */
export type QueryAnswer =
  | { readonly kind: 'columns'; readonly names: readonly string[] }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'end'; readonly isCut: boolean }
  | { readonly kind: 'refused'; readonly isUsage: boolean; readonly message: string };
