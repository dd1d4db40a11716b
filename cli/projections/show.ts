import {
  fieldDifferences,
  type Comparison,
  type ParkedEvent,
  type ProjectionStatus,
  type RebuildProgress,
} from '../../platform/projections';
import { bar } from '../program/terminal';

const DOCUMENTS_SHOWN_MAX = 20;
const FIELDS_SHOWN_MAX = 10;
const VALUE_CHARACTERS_MAX = 100;

/** Returns rows as lines with aligned columns. */
const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const wholeSeconds = (seconds: number): string => `${Math.round(seconds)} s`;

const lagText = ({ lagEvents, lagSeconds }: ProjectionStatus): string =>
  lagEvents === 0 ? 'none' : `${lagEvents} events, ${wholeSeconds(lagSeconds)}`;

const otherCopyText = ({ version, status, done, total, ...rest }: RebuildProgress): string => {
  if (rest.isFormer) return `version ${version} is kept for a roll-back`;
  if (status !== 'live') return `version ${version} is ${status}: ${done} of ${total} events`;
  return `version ${version} has caught up and ${rest.promotes ? 'is promoted next' : 'waits for its promotion'}`;
};

const noteOf = ({ detail, rebuild }: ProjectionStatus): string => {
  const notes = [detail, rebuild && otherCopyText(rebuild)];
  return notes.filter((note) => note !== null).join('; ');
};

/** Returns the read models as a table. */
export const statusLines = (statuses: readonly ProjectionStatus[]): readonly string[] =>
  aligned([
    ['NAME', 'VERSION', 'STATE', 'BEHIND', 'NOTE'],
    ...statuses.map((status) => [
      status.name,
      String(status.version),
      status.status,
      lagText(status),
      noteOf(status),
    ]),
  ]);

export const parkedLines = (parked: readonly ParkedEvent[]): readonly string[] =>
  aligned([
    ['ID', 'TYPE', 'STREAM', 'POSITION', 'REASON'],
    ...parked.map(({ id, type, stream, position, reason }) => [id, type, stream, position, reason]),
  ]);

const valueText = (value: unknown): string => {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length <= VALUE_CHARACTERS_MAX ? text : `${text.slice(0, VALUE_CHARACTERS_MAX)}…`;
};

/**
 * Returns a comparison for people: each document that differs with its fields.
 *
 * @param sides - what the actual and the expected documents are of.
 */
export const comparisonLines = (
  { compared, differing, differences }: Comparison,
  { actual, expected }: { readonly actual: string; readonly expected: string },
): readonly string[] => {
  const lines = [`${compared} documents of ${actual} compared with ${expected}: ${differing} differ`];
  for (const difference of differences.slice(0, DOCUMENTS_SHOWN_MAX)) {
    lines.push(`${difference.id}: ${difference.kind}`);
    if (difference.kind !== 'different') continue;
    const fields = fieldDifferences(difference.actual, difference.expected);
    for (const { path, actual: is, expected: should } of fields.slice(0, FIELDS_SHOWN_MAX))
      lines.push(`  ${path}: ${valueText(is)} in ${actual}, ${valueText(should)} in ${expected}`);
    if (fields.length === 0)
      lines.push('  the fields are equal, but they were last changed by different events');
    if (fields.length > FIELDS_SHOWN_MAX) lines.push(`  and ${fields.length - FIELDS_SHOWN_MAX} more fields`);
  }
  if (differing > DOCUMENTS_SHOWN_MAX) lines.push(`and ${differing - DOCUMENTS_SHOWN_MAX} more documents`);
  return lines;
};

/** Returns the progress of rebuilds as one line: of the one that is furthest behind. */
export const progressLine = (
  { done, total }: { readonly done: number; readonly total: number },
  eventsPerSecond: number,
  of: string,
): string => {
  const left = eventsPerSecond > 0 ? `, ${wholeSeconds((total - done) / eventsPerSecond)} left` : '';
  return `${bar(done, total, 'events')}, ${Math.round(eventsPerSecond)}/s${left} (${of})`;
};
