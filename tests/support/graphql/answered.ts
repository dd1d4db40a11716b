export type AskSettings = {
  readonly as?: string | undefined;
  readonly variables?: object;
  readonly headers?: Record<string, string>;
};

/** Returns the result of a query, by field. */
export type Shown = Readonly<Record<string, unknown>>;

export type Answered = {
  readonly status: number;
  readonly data?: Shown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
  }[];
};
