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
  readonly some: (ids: readonly string[]) => Promise<readonly Stored<Document>[]>;
  /** Processes the events since the last call. */
  readonly refresh: () => Promise<void>;
  /** Tests whether it has not reached a position, so that it cannot say what a document changed there should be. */
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
  /** The first hundred. */
  readonly differences: readonly Difference[];
};

type Verdict = 'same' | 'in motion' | Difference;

const PAGE = 1_000;
const SHOWN_MAX = 100;
const LOOKS = 5;
const LOOK_AGAIN_MS = 200;

/**
 * Returns a folded document as an engine returns it. It may contain values that JSON has not, e.g. undefined. Old
 * events may contain half a surrogate pair, which one engine keeps and another replaces.
 */
const asStored = (document: Document): Document =>
  wellFormed(JSON.parse(JSON.stringify(document)) as Document);

const judge = (
  id: string,
  actual: Stored<Document> | undefined,
  expected: Stored<Document> | undefined,
  isLastLook: boolean,
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
    if (actual.lastPosition !== expected.lastPosition && !isLastLook) return 'in motion';
    const isSame =
      actual.lastPosition === expected.lastPosition &&
      isDeepStrictEqual(wellFormed(actual.document), asStored(expected.document));
    return isSame ? 'same' : difference('different');
  }
  if (!isLastLook) return 'in motion';
  return difference(actual ? 'superfluous' : 'missing');
};

const byId = (found: readonly Stored<Document>[]): ReadonlyMap<string, Stored<Document>> =>
  new Map(found.map((stored) => [stored.document.id, stored]));

/**
 * Compares two sources. Documents at different events are compared again, a few times, because both sides may be
 * changing.
 */
export const compare = async (actual: Source, expected: Source, clock: Clock): Promise<Comparison> => {
  const differences: Difference[] = [];
  let differing = 0;
  let compared = 0;

  /** @returns the documents to compare again. */
  const look = async (ids: readonly string[], isLastLook: boolean): Promise<readonly string[]> => {
    const [there, wanted] = [byId(await actual.some(ids)), byId(await expected.some(ids))];
    return ids.filter((id) => {
      const document = there.get(id);
      if (isLastLook && document && expected.isBefore?.(document.lastPosition)) return false;
      const verdict = judge(id, document, wanted.get(id), isLastLook);
      if (typeof verdict === 'object') {
        differing += 1;
        if (differences.length < SHOWN_MAX) differences.push(verdict);
      }
      return verdict === 'in motion';
    });
  };

  let again = new Set<string>();
  for await (const ids of actual.pages()) {
    compared += ids.length;
    for (const id of await look(ids, false)) again.add(id);
  }
  for await (const ids of expected.pages()) {
    const there = byId(await actual.some(ids));
    for (const id of ids) if (!there.has(id)) again.add(id);
  }
  for (let looks = 1; again.size > 0 && looks <= LOOKS; looks += 1) {
    await clock.sleep((LOOK_AGAIN_MS * (looks - 1)) as Millis);
    await expected.refresh();
    const ids = [...again];
    again = new Set();
    for (let at = 0; at < ids.length; at += PAGE)
      for (const id of await look(ids.slice(at, at + PAGE), looks === LOOKS)) again.add(id);
  }
  return { compared, differing, differences };
};

/** Returns a source of a collection's present documents. */
export const collectionSource = (readModels: ReadModels, collection: CollectionSpec): Source => ({
  pages: async function* () {
    let after: string | undefined;
    for (;;) {
      const page = await readModels.list(collection, {
        index: 'id',
        first: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      yield page.items.map(({ document }) => document.id);
      after = page.items.at(-1)?.cursor;
      if (!page.hasMore || after === undefined) return;
    }
  },
  some: (ids) => readModels.getMany(collection, ids),
  refresh: () => Promise.resolve(),
});
