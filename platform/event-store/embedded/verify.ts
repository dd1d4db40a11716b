import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'libsql';
import { TOMBSTONE_REVISION } from './record';

/** The result of `verify`. `problems` is empty in a sound store. */
export type StoreReport = {
  readonly streams: number;
  readonly events: number;
  /** One sentence for each; at most 100. */
  readonly problems: readonly string[];
};

const STREAMS_A_STEP = 2_000;
const PROBLEMS_MAX = 100;

/** Returns one row a stream; the index alone answers it. */
const sql = `
  SELECT name, count(*), min(revision), max(revision), sum(position <= before)
  FROM (
    SELECT stream, revision, position, lag(position) OVER (PARTITION BY stream ORDER BY revision) AS before
    FROM events WHERE stream >= ? AND stream < ? AND revision < ${TOMBSTONE_REVISION}
  ) LEFT JOIN streams ON number = stream
  GROUP BY stream`;

type Row = readonly [
  name: string | null,
  events: number,
  first: number,
  last: number,
  fallingPositions: number | null,
];

const problemOf = ([name, events, first, last, falling]: Row): string | undefined => {
  if (name === null) return `${events} events belong to no stream`;
  if (first !== 0 || last !== events - 1)
    return `${name} has ${events} events with revisions from ${first} to ${last}`;
  if ((falling ?? 0) > 0) return `${name} has positions that do not rise with its revisions`;
  return undefined;
};

/** Verifies that each stream's revisions have no gaps and its positions rise, in short steps between other work. */
export const verifyFile = async (database: Database.Database): Promise<StoreReport> => {
  const step = database.prepare(sql).raw();
  const end = database.prepare('SELECT max(stream) FROM events').raw().get([]) as [number | null];
  const report = { streams: 0, events: 0, problems: [] as string[] };
  for (let from = 0; from <= (end[0] ?? -1); from += STREAMS_A_STEP) {
    for (const row of step.all([from, from + STREAMS_A_STEP]) as Row[]) {
      report.streams += 1;
      report.events += row[1];
      const problem = problemOf(row);
      if (problem !== undefined && report.problems.length < PROBLEMS_MAX) report.problems.push(problem);
    }
    await nextTurn();
  }
  return report;
};
