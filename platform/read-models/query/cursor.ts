import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Scalar } from '../read-models';
import { invalid } from './declaration';

/** The end of a page: the sort values of its last document, and its id. */
export type Place = { readonly values: readonly Scalar[]; readonly id: string };

const CURSOR_LENGTH_MAX = 4_096;
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const content = z.tuple([z.string(), z.array(scalar), z.string()]);

/** Identifies the query of a cursor. */
export const fingerprintOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 10);

export const writeCursor = (fingerprint: string, { values, id }: Place): string =>
  Buffer.from(JSON.stringify([fingerprint, values, id])).toString('base64url');

const decode = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** @throws Fault `QUERY_INVALID` for an invalid cursor, or one of another query. */
export const readCursor = (cursor: string, fingerprint: string, values: number): Place => {
  const read = content.safeParse(cursor.length <= CURSOR_LENGTH_MAX ? decode(cursor) : undefined);
  if (!read.success || read.data[1].length !== values) throw invalid('The cursor is invalid');
  if (read.data[0] !== fingerprint) throw invalid('The cursor belongs to another query');
  return { values: read.data[1], id: read.data[2] };
};
