import type { z } from 'zod';

/** One setting: its variable, the schema of its text, whether it is a secret, and a line for people. */
export type Setting<Schema extends z.ZodType = z.ZodType> = {
  readonly variable: `WAYBILL_${string}`;
  readonly schema: Schema;
  readonly secret?: true | undefined;
  readonly help: string;
};

export const setting = <Schema extends z.ZodType>(
  variable: Setting['variable'],
  schema: Schema,
  help: string,
  options: { secret?: true | undefined } = {},
): Setting<Schema> => ({ variable, schema, help, ...options });
