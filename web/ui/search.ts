/** The parameters of an address, as the router read them. */
type Raw = Readonly<Record<string, unknown>>;

const textIn = (raw: Raw, name: string): string | undefined => {
  const value = raw[name];
  return value === undefined || value === null || value === ''
    ? undefined
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
};

/** Reads the state of a page out of its address. `kinds`: each parameter's allowed values, or `text` for any. */
export const searchOf =
  <const Kinds extends Readonly<Record<string, 'text' | readonly string[]>>>(kinds: Kinds) =>
  (
    raw: Raw,
  ): { readonly [Name in keyof Kinds]?: Kinds[Name] extends readonly (infer Value)[] ? Value : string } => {
    const entries = Object.entries(kinds).flatMap(([name, kind]) => {
      const value = textIn(raw, name);
      const isAllowed = value !== undefined && (kind === 'text' || kind.includes(value));
      // The router keeps what is left out, so that a value that is not allowed has to be named.
      return value === undefined ? [] : [[name, isAllowed ? value : undefined] as const];
    });
    return Object.fromEntries(entries) as never;
  };

/** The parameters of every list: the page of it that is shown. */
export const page = { after: 'text', before: 'text' } as const;
