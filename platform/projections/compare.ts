import { isDeepStrictEqual } from 'node:util';
import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { Position } from '../event-store';
import type { CollectionSpec, Document, ReadModels, Stored } from '../read-models';
import { wellFormed } from '../well-formed-text';

/** A source of documents, which may change during the comparison. */
export type Source = {
  /** Yields every id, page by page. */
  readonly pages: () => AsyncIterable<readonly string[]>;
  readonly getMany: (ids: readonly string[]) => Promise<readonly Stored<Document>[]>;
  /** Processes the events since the last call. */
  readonly refresh: () => Promise<void>;
  /** Tests whether a position is not reached yet, so that a document that was changed there cannot be compared. */
  readonly isBefore?: (position: Position) => boolean;
};

export type Difference = {
  readonly id: string;
  /** `missing`: expected and absent. `superfluous`: present and not expected. */
  readonly kind: 'missing' | 'superfluous' | 'different';
  readonly expected: Document | undefined;
  readonly actual: Document | undefined;
};

export type Comparison = {
  readonly compared: number;
  readonly differing: number;
  /** False if the time limit ended the comparison before its end. */
  readonly isComplete: boolean;
  /** The first hundred. */
  readonly differences: readonly Difference[];
};

type Verdict = 'same' | 'changing' | Difference;

const PAGE = 1_000;
const SHOWN_MAX = 100;
const ROUNDS_MAX = 5;
const ROUND_DELAY_MS = 200;

/**
 * Returns a folded document as an engine returns it. It may contain values that JSON does not have, e.g. undefined. Old
 * events may contain half a surrogate pair, which one engine keeps and another replaces.
 */
const asStored = (document: Document): Document =>
  wellFormed(JSON.parse(JSON.stringify(document)) as Document);

const verdictOf = (
  id: string,
  actual: Stored<Document> | undefined,
  expected: Stored<Document> | undefined,
  isLastRound: boolean,
): Verdict => {
  if (!actual && !expected) return 'same';
  const difference = (kind: Difference['kind']): Verdict => ({
    id,
    kind,
    expected: expected?.document,
    actual: actual?.document,
  });
  if (actual && expected) {
    // At the same event they must be equal; otherwise one of them may only be late.
    if (actual.lastPosition !== expected.lastPosition && !isLastRound) return 'changing';
    const isSame =
      actual.lastPosition === expected.lastPosition &&
      isDeepStrictEqual(wellFormed(actual.document), asStored(expected.document));
    return isSame ? 'same' : difference('different');
  }
  if (!isLastRound) return 'changing';
  return difference(actual ? 'superfluous' : 'missing');
};

const byId = (found: readonly Stored<Document>[]): ReadonlyMap<string, Stored<Document>> =>
  new Map(found.map((stored) => [stored.document.id, stored]));

/**
 * Compares two sources. Documents at different events are compared again, a few times, because both sides may be
 * changing.
 *
 * @param withinMs - the time after which it ends at the next page.
 */
export const compare = async (
  actual: Source,
  expected: Source,
  clock: Clock,
  withinMs = Infinity,
): Promise<Comparison> => {
  const endMs = clock.monotonicMs() + withinMs;
  const isOver = (): boolean => clock.monotonicMs() > endMs;
  const differences: Difference[] = [];
  let differing = 0;
  let compared = 0;

  /** @returns the documents to compare again. */
  const compareSome = async (ids: readonly string[], isLastRound: boolean): Promise<readonly string[]> => {
    const [there, wanted] = [byId(await actual.getMany(ids)), byId(await expected.getMany(ids))];
    return ids.filter((id) => {
      const document = there.get(id);
      if (isLastRound && document && expected.isBefore?.(document.lastPosition)) return false;
      const verdict = verdictOf(id, document, wanted.get(id), isLastRound);
      if (typeof verdict === 'object') {
        differing += 1;
        if (differences.length < SHOWN_MAX) differences.push(verdict);
      }
      return verdict === 'changing';
    });
  };

  let undecided = new Set<string>();
  for await (const ids of actual.pages()) {
    if (isOver()) return { compared, differing, isComplete: false, differences };
    compared += ids.length;
    for (const id of await compareSome(ids, false)) undecided.add(id);
  }
  for await (const ids of expected.pages()) {
    if (isOver()) return { compared, differing, isComplete: false, differences };
    const there = byId(await actual.getMany(ids));
    for (const id of ids) if (!there.has(id)) undecided.add(id);
  }
  for (let round = 1; undecided.size > 0 && round <= ROUNDS_MAX; round += 1) {
    await clock.sleep((ROUND_DELAY_MS * (round - 1)) as Millis);
    await expected.refresh();
    const ids = [...undecided];
    undecided = new Set();
    for (let at = 0; at < ids.length; at += PAGE)
      for (const id of await compareSome(ids.slice(at, at + PAGE), round === ROUNDS_MAX)) undecided.add(id);
  }
  return { compared, differing, isComplete: true, differences };
};

/** Returns a source of a collection's present documents. */
export const collectionSource = (readModels: ReadModels, collection: CollectionSpec): Source => ({
  pages: async function* () {
    let after: string | undefined;
    for (;;) {
      const page = await readModels.list(collection, {
        index: 'id',
        first: PAGE,
        after,
      });
      yield page.items.map(({ document }) => document.id);
      after = page.items.at(-1)?.cursor;
      if (!page.hasMore || after === undefined) return;
    }
  },
  getMany: (ids) => readModels.getMany(collection, ids),
  refresh: () => Promise.resolve(),
});
