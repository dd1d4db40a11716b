/**
 * The calls of a worker, by name: `{ add: (request: { a: number; b: number }) => number }`. Plain data in both
 * directions.
 */
export type Calls = { readonly [Name: string]: (request: never) => unknown };

export type RequestOf<Protocol extends Calls, Name extends keyof Protocol> = Parameters<Protocol[Name]>[0];
export type AnswerOf<Protocol extends Calls, Name extends keyof Protocol> = ReturnType<Protocol[Name]>;

/** A fault or an error as it crosses between threads or processes; `code` is a fault's. */
export type Failure = {
  readonly fault?: string | undefined;
  readonly message: string;
  readonly stack?: string | undefined;
};

/** A message to the worker. */
export type Question =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly request: unknown }
  | { readonly kind: 'close' };

/** A message from the worker. `ready` and `failed` answer the opening; `closed` is the last message. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'closed' };
