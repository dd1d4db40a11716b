import { basename } from 'node:path';
import { shown } from '../../platform/visible-text';
import type { DecimalMark } from './amounts';
import { columnsOf, type Mapping, type SalesField } from './mapping';
import { openCsv, type CsvFile, type CsvLine, type CsvOptions, type CsvRecord } from './read-csv';
import type { DateFormat } from './sale-date';
import {
  fieldOf,
  goodsOf,
  isRefusal,
  refuse,
  saleOf,
  type LineRules,
  type Refusal,
  type SalesLine,
} from './sales-line';
import { StyleEvidence } from './writing-style';

/** The options of a list. Options that the list itself shows may be absent. */
export type ListRules = Omit<LineRules, 'decimal' | 'dateFormat'> & {
  readonly kind: 'products' | 'orders';
  readonly csv: CsvOptions;
  readonly decimal: DecimalMark | undefined;
  readonly dateFormat: DateFormat | undefined;
};

export type ReadList = {
  readonly lines: readonly SalesLine[];
  readonly refusals: readonly Refusal[];
  /** A digest of the beginning of the first file. */
  readonly beginning: string;
  /** The assumptions that were made: one sentence a file. */
  readonly notes: readonly string[];
};

/** An export may have these fields on the first line of an invoice only. */
const toldOnce: readonly SalesField[] = ['customer', 'date'];

/** Lines that are skipped on purpose. The rest of their invoice is complete without them. */
const leftOut: ReadonlySet<string> = new Set(['NOT_GOODS', 'PRICE_NOT_POSITIVE']);

/** Fills blank fields of the further lines of an invoice from the line before. */
function* completed(lines: Iterable<CsvLine>, mapping: Mapping): Generator<CsvLine> {
  let before: CsvRecord = {};
  for (const csv of lines) {
    if ('problem' in csv) {
      yield csv;
      continue;
    }
    const reference = fieldOf(csv.record, mapping, 'reference');
    const goesOn = reference !== '' && reference === fieldOf(before, mapping, 'reference');
    const filled: Record<string, string> = { ...csv.record };
    for (const field of goesOn ? toldOnce : []) {
      const column = mapping[field];
      if (column !== undefined && filled[column]?.trim() === '') filled[column] = before[column] ?? '';
    }
    before = filled;
    yield { ...csv, record: filled };
  }
}

const evidenceIn = (csv: CsvFile, mapping: Mapping): StyleEvidence => {
  const evidence = new StyleEvidence();
  for (const line of csv.lines()) {
    if ('problem' in line) continue;
    evidence.price(fieldOf(line.record, mapping, 'price'), line.line);
    evidence.date(fieldOf(line.record, mapping, 'date'), line.line);
  }
  return evidence;
};

const names: Readonly<Record<string, string>> = { '\t': 'tabs', ';': 'semicolons', '|': 'bars' };

/** Returns how dates are read, where that was detected or assumed. */
const dateNote = ({ undecidedDate }: StyleEvidence, found: LineRules): string | undefined => {
  if (found.dateFormat === 'D/M/Y') return 'with days before months';
  if (found.dateFormat === 'M/D/Y' || undecidedDate === undefined) return undefined;
  const first = undecidedDate.includes('.') ? 'day' : 'month';
  return `with the ${first} first in dates such as ${shown(undecidedDate)}, since none shows which it is (see --date-format)`;
};

/** Returns a sentence on how a file was read, where that is unusual. */
const noteOn = (
  { file, text, delimiter }: CsvFile,
  said: ListRules,
  { found, evidence }: { readonly found: LineRules; readonly evidence: StyleEvidence },
): string | undefined => {
  const facts = [
    text.guessedFromLine === undefined
      ? undefined
      : `as Windows-1252, since line ${text.guessedFromLine} is not UTF-8 (see --encoding)`,
    said.csv.delimiter !== undefined || delimiter === ','
      ? undefined
      : `with ${names[delimiter] ?? `"${shown(delimiter)}"`} between fields`,
    said.decimal === undefined && found.decimal === ',' ? 'with decimal commas' : undefined,
    said.dateFormat === undefined ? dateNote(evidence, found) : undefined,
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? undefined : `${shown(basename(file))} is read ${facts.join(', ')}.`;
};

type Read = { readonly reference: string; readonly read: SalesLine | Refusal };

/** Refuses all lines of an invoice of which goods could not be read: a part of it would look complete. */
const wholeInvoices = (all: readonly Read[]): readonly (SalesLine | Refusal)[] => {
  const broken = new Map<string, Refusal>();
  for (const { reference, read } of all) {
    if (reference !== '' && isRefusal(read) && !leftOut.has(read.code) && !broken.has(reference))
      broken.set(reference, read);
  }
  return all.map(({ reference, read }) => {
    const cause = broken.get(reference);
    if (cause === undefined || isRefusal(read)) return read;
    const place = `Line ${cause.line}${cause.file === read.file ? '' : ` of ${cause.file}`}`;
    const reason =
      `${place} belongs to invoice ${shown(reference)} and cannot be taken (${cause.code}), so none of the invoice is. ` +
      'Mend that line and import this again.';
    return refuse(read, 'INVOICE_INCOMPLETE', reason);
  });
};

const readFile = async (
  file: string,
  rules: ListRules,
): Promise<{ readonly csv: CsvFile; readonly read: readonly Read[]; readonly note: string | undefined }> => {
  const { mapping, kind } = rules;
  const { wanted, optional } = columnsOf(mapping);
  const csv = await openCsv(file, wanted, { ...rules.csv, optional });
  const evidence = evidenceIn(csv, mapping);
  const found: LineRules = {
    ...rules,
    decimal: rules.decimal ?? evidence.decimal,
    dateFormat: rules.dateFormat ?? evidence.dateFormat(file),
  };
  const judge = kind === 'products' ? goodsOf : saleOf;
  const read: Read[] = [];
  for (const line of completed(csv.lines(), mapping)) {
    const record = 'problem' in line ? line.partial : line.record;
    read.push({ reference: fieldOf(record, mapping, 'reference'), read: judge(line, found) });
  }
  return { csv, read, note: noteOn(csv, rules, { found, evidence }) };
};

/**
 * Reads the files of a list, each in its own format: the valid lines, and the refused ones with their reasons.
 *
 * @throws Fault `INPUT_INVALID` when a file cannot be read at all.
 */
export const readList = async (files: readonly string[], rules: ListRules): Promise<ReadList> => {
  const all: Read[] = [];
  const notes: string[] = [];
  let beginning: string | undefined;
  for (const file of files) {
    const { csv, read, note } = await readFile(file, rules);
    beginning ??= csv.beginning;
    for (const one of read) all.push(one);
    if (note !== undefined) notes.push(note);
  }
  const judged = rules.kind === 'orders' ? wholeInvoices(all) : all.map(({ read }) => read);
  return {
    lines: judged.filter((read): read is SalesLine => !isRefusal(read)),
    refusals: judged.filter(isRefusal),
    beginning: beginning ?? '',
    notes,
  };
};
