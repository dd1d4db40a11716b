import type { Invocation } from '../program/command';
import { inOneLine } from '../../platform/visible-text';
import type { SourceLine } from './read-csv';
import type { Refused } from './refused';
import type { Refusal } from './sales-line';

export type Novelty = { readonly new: number; readonly known: number };

/** The result of an import: the numbers of what was taken, and each refusal with its reason. */
export type Report = {
  /** The number of items that the platform has as in the list, those of earlier imports included. */
  readonly taken: Readonly<Record<string, number>>;
  /** The numbers of new and of existing orders and refunds; absent for products. */
  readonly orders?: Novelty;
  readonly refunds?: Novelty;
  /** The numbers of changes of the catalogue; absent for orders. */
  readonly products?: { readonly new: number; readonly changed: number; readonly unchanged: number };
  readonly refusedLines: readonly Refusal[];
  readonly refused: readonly Refused[];
  /** The number of items that were not sent because the import was stopped. */
  readonly unsent: number;
};

/** Returns whether the shop has no item of the list after the import. */
export const tookNothing = ({ taken }: Report): boolean => Object.values(taken).every((count) => count === 0);

/** `2-4, 7` */
const rangesOf = (lines: readonly number[]): string => {
  const ranges: { first: number; last: number }[] = [];
  for (const line of lines) {
    const latest = ranges.at(-1);
    if (latest?.last === line - 1) latest.last = line;
    else ranges.push({ first: line, last: line });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
};

/** Returns the position in the list: `lines 2-4, 7`, after the name of the file where there are several. */
export const placeIn = (files: readonly string[], sources: readonly SourceLine[]): string =>
  files
    .map((file) => ({
      file,
      lines: sources.filter((source) => source.file === file).map(({ line }) => line),
    }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ file, lines }) => {
      const place = `${lines.length === 1 ? 'line' : 'lines'} ${rangesOf(lines)}`;
      return files.length === 1 ? place : `${file} ${place}`;
    })
    .join(', ');

const noveltyOf = (noun: string, { new: fresh, known }: Novelty): string =>
  `${noun}: ${fresh} new, ${known} known and the same.`;

const printTalk = (report: Report, { terminal }: Invocation): void => {
  const { products, orders, refunds, refusedLines, refused, unsent } = report;
  if (orders !== undefined) terminal.err(noveltyOf('Orders', orders));
  if (refunds !== undefined) terminal.err(noveltyOf('Refunds', refunds));
  if (products !== undefined)
    terminal.err(`${products.new} new, ${products.changed} changed, ${products.unchanged} unchanged.`);
  terminal.err(
    `${refusedLines.length} lines not taken${refused.length > 0 ? `, ${refused.length} refused` : ''}.`,
  );
  if (unsent === 0 && tookNothing(report)) terminal.err('Nothing was taken.');
  if (unsent > 0)
    terminal.err(`Stopped with ${unsent} still to be sent. Run the same import again: it goes on from here.`);
};

/** Prints the refusals, or the whole report as JSON, on standard output; the sums are messages. */
export const printReport = (
  report: Report,
  { files, json }: { readonly files: readonly string[]; readonly json: boolean },
  invocation: Invocation,
): void => {
  const { terminal } = invocation;
  const order = (a: SourceLine, b: SourceLine) =>
    files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line;
  const refusedLines = report.refusedLines.toSorted(order);
  if (json) terminal.out(JSON.stringify({ ...report, refusedLines }, null, 2));
  else {
    for (const { code, reason, ...source } of refusedLines)
      terminal.out(inOneLine(`${placeIn(files, [source])}: ${code}: ${reason}`));
    for (const { kind, reference, sources, code, reason } of report.refused)
      terminal.out(inOneLine(`${placeIn(files, sources)}: ${kind} ${reference}: ${code}: ${reason}`));
  }
  printTalk(report, invocation);
};
