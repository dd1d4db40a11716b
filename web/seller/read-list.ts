import { delimiterOf, productListOf, type ProductList } from './product-list';

const FILE_BYTES_MAX = 5_000_000;

/** A list of products, or the reason why the file is none. */
export type ReadList =
  | ProductList
  | { readonly kind: 'unusable'; readonly why: 'TOO_LARGE' | 'NOT_TEXT' }
  | { readonly kind: 'no-csv'; readonly line: number; readonly reason: string };

const textIn = (bytes: ArrayBuffer): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
};

const lineIn = (error: Error): number => Number(/at line (\d+)/.exec(error.message)?.[1] ?? 1);

/**
 * Reads a file as a list of products, in the browser: each product is a command of its own, so the server never needs the whole
 * file. The parser is the one of `waybill import`; it is loaded with the first file.
 */
export const readList = async (file: File): Promise<ReadList> => {
  if (file.size > FILE_BYTES_MAX) return { kind: 'unusable', why: 'TOO_LARGE' };
  const text = textIn(await file.arrayBuffer());
  if (text === undefined) return { kind: 'unusable', why: 'NOT_TEXT' };
  const { parse } = await import('csv-parse/browser/esm/sync');
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as readonly { readonly record: string[]; readonly info: { readonly lines: number } }[];
    return productListOf(records.map(({ record, info }) => ({ line: info.lines, fields: record })));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { kind: 'no-csv', line: lineIn(error), reason: error.message };
  }
};
