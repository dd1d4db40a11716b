import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../../platform/clock';
import { Fault } from '../../../platform/faults';
import { openReader, type Reader } from '../../../platform/projections';
import type { ReadModels } from '../../../platform/read-models';
import { paymentMovements, type PaymentMovement } from '../../../projections/payment-movements';
import { isDay, type ShopDays } from '../shop-days';
import type { PaymentStatements, StatementEntry } from '../statement';
import { difference, movementIdOf, ofBook, ofEntries } from './compare';
import { isHarmless } from './differences';
import type { PaymentDifference, PaymentReconciliation } from './report';
import { createTotals, type Totals } from './totals';

const PAGE = 200;

export type ReconciliationDeps = {
  readonly readModels: ReadModels;
  readonly statements: PaymentStatements;
  readonly days: ShopDays;
  readonly clock: Clock;
};

export type ReconciliationBounds = {
  /** The most movements of a day, in the statement and in the books each. */
  readonly movementsMax: number;
  /** The most differences that are listed; all are counted. */
  readonly differencesMax: number;
};

/** Compares a day. @throws Fault `INPUT_INVALID` for what is no day, is in the future, or has too many movements. */
export type ReconcilePayments = (day: string) => Promise<PaymentReconciliation>;

const tooMany = (max: number): Fault =>
  new Fault('INPUT_INVALID', `The day has more than ${max} movements: use waybill payments reconcile`);

type Statement = {
  /** By the id of the movement in the books. */
  readonly byMovement: ReadonlyMap<string, readonly StatementEntry[]>;
  readonly differences: readonly PaymentDifference[];
  readonly count: number;
};

/** Reads a statement; what names no movement of the books is a difference at once. */
const readStatement = async (
  { statements }: ReconciliationDeps,
  day: string,
  { movementsMax }: ReconciliationBounds,
  totals?: Totals,
): Promise<Statement | undefined> => {
  const lines = await statements.of(day);
  if (lines === undefined) return undefined;
  const byMovement = new Map<string, StatementEntry[]>();
  const differences: PaymentDifference[] = [];
  const ids = new Set<string>();
  let count = 0;
  for await (const read of lines) {
    count += 1;
    if (count > movementsMax) throw tooMany(movementsMax);
    if (read.kind === 'unreadable') {
      const detail = `Line ${read.line}: ${read.reason}`;
      differences.push(difference('STATEMENT_UNREADABLE', { detail }));
      continue;
    }
    const { entry } = read;
    // A provider may list an entry again, under its own name.
    if (ids.has(entry.id)) continue;
    ids.add(entry.id);
    totals?.there(entry);
    const id = movementIdOf(entry);
    if (id !== undefined) byMovement.set(id, [...(byMovement.get(id) ?? []), entry]);
    else if (entry.kind !== 'FEE') {
      const found = ofEntries([entry], undefined, { from: entry.at, before: entry.at });
      if (found) differences.push(found);
    }
  }
  return { byMovement, differences, count };
};

/** Returns the movements of the books that a statement names, of any day. */
const namedIn = async (
  books: Reader<PaymentMovement>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaymentMovement>> => {
  const found = new Map<string, PaymentMovement>();
  for (let start = 0; start < ids.length; start += PAGE) {
    const stored = await books.getMany(ids.slice(start, start + PAGE));
    for (const { document } of stored) found.set(document.id, document);
    await nextTurn();
  }
  return found;
};

/** Returns the movements of the books on a day. */
const ofDay = async (
  books: Reader<PaymentMovement>,
  { from: gte, before: lt }: ReturnType<ShopDays['boundsOf']>,
  movementsMax: number,
): Promise<readonly PaymentMovement[]> => {
  const found: PaymentMovement[] = [];
  let after: string | undefined;
  do {
    const { items, hasMore } = await books.list({
      ...{ index: 'by_time', range: { gte, lt }, order: 'ascending', first: PAGE },
      ...(after === undefined ? {} : { after }),
    });
    found.push(...items.map(({ document }) => document));
    if (found.length > movementsMax) throw tooMany(movementsMax);
    after = hasMore ? items.at(-1)?.cursor : undefined;
    await nextTurn();
  } while (after !== undefined);
  return found;
};

const isDone = ({ status }: { readonly status: string }): boolean => status === 'DONE';

/** Returns what the statements of the days around have about movements that the statement of the day lacks. */
const aroundOf = async (
  deps: ReconciliationDeps,
  day: string,
  bounds: ReconciliationBounds,
): Promise<(id: string) => readonly StatementEntry[]> => {
  const around = await Promise.all(
    [deps.days.dayBefore(day), deps.days.dayAfter(day)].map((each) => readStatement(deps, each, bounds)),
  );
  return (id) => around.flatMap((statement) => statement?.byMovement.get(id) ?? []).filter(isDone);
};

/** Returns the differences of movements that only the books have on the day. */
const onlyHere = async (
  deps: ReconciliationDeps,
  day: string,
  bounds: ReconciliationBounds,
  {
    books,
    statement,
  }: { readonly books: readonly PaymentMovement[]; readonly statement: Statement | undefined },
): Promise<readonly PaymentDifference[]> => {
  const now = deps.clock.now();
  const missing = books.filter(({ id }) => !statement?.byMovement.get(id)?.some(isDone));
  const done = missing.filter(isDone);
  if (statement === undefined && done.length > 0) {
    const rest = missing.filter((book) => !isDone(book)).flatMap((book) => ofBook(book, [], now) ?? []);
    return [difference('STATEMENT_MISSING', { detail: `The books have ${done.length} movements.` }), ...rest];
  }
  const around = done.length === 0 ? () => [] : await aroundOf(deps, day, bounds);
  return missing.flatMap((book) => ofBook(book, around(book.id), now) ?? []);
};

const byTime = (a: PaymentDifference, b: PaymentDifference): number =>
  (a.at ?? '') < (b.at ?? '') ? -1 : (a.at ?? '') > (b.at ?? '') ? 1 : 0;

/**
 * Compares what the payment provider says of a day with what the books say. The work is that of the movements of the day, and
 * of the statements of the days around it where the day itself does not agree.
 */
export const paymentReconciliation = (
  deps: ReconciliationDeps,
  bounds: ReconciliationBounds,
): ReconcilePayments => {
  const { readModels, days, clock } = deps;
  const reader = openReader(readModels, paymentMovements, clock);

  return async (day) => {
    if (!isDay(day)) throw new Fault('INPUT_INVALID', 'day: give a day such as 2026-01-31');
    const today = days.dayOf(clock.now());
    if (day > today) throw new Fault('INPUT_INVALID', `day: ${day} has not begun`);
    const within = days.boundsOf(day);
    const totals = createTotals();
    const statement = await readStatement(deps, day, bounds, totals);
    const entries = [...(statement?.byMovement ?? [])];
    const named = await namedIn(
      reader,
      entries.map(([id]) => id),
    );
    const books = await ofDay(reader, within, bounds.movementsMax);
    books.forEach(totals.here);
    const differences = [
      ...(statement?.differences ?? []),
      ...entries.flatMap(([id, there]) => ofEntries(there, named.get(id), within) ?? []),
      ...(await onlyHere(deps, day, bounds, { books, statement })),
    ].sort(byTime);
    return {
      day,
      isOver: clock.now() >= within.before,
      hasStatement: statement !== undefined,
      movementsThere: statement?.count ?? 0,
      movementsHere: books.length,
      totals: [...totals.all()],
      differenceCount: differences.length,
      needsAction: differences.some(({ kind }) => !isHarmless(kind)),
      differences: differences.slice(0, bounds.differencesMax),
    };
  };
};
