import type { CollectionSpec, Scalar, SearchQuery } from '../read-models';
import { fingerprintOf, readCursor, writeCursor, type Place } from './cursor';
import { declarationOf, invalid } from './declaration';
import { checkFirst, equalitiesOf, type Equality } from './plan';

export type SearchPlan = {
  /** The words as typed; the last one is a prefix. Without words nothing matches. */
  readonly words: readonly string[];
  readonly equalities: readonly Equality[];
  readonly first: number;
  readonly after: Place | undefined;
  readonly backwards: boolean;
  /** @param place - the engine's own, e.g. a row's number. */
  readonly cursorOf: (place: Scalar, id: string) => string;
};

const TEXT_LENGTH_MAX = 500;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Returns the words of a text, in order and unchanged. */
export const wordsIn = (text: string): readonly string[] => text.normalize('NFC').match(WORD) ?? [];

/** Returns the form in which words are compared: without case and accents. */
export const foldWord = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @throws Fault `QUERY_INVALID` */
export const searchPlanOf = (spec: CollectionSpec, query: SearchQuery): SearchPlan => {
  const { physicalName, indexedFields, searchFields } = declarationOf(spec);
  if (searchFields.length === 0) throw invalid(`${spec.name} can't be searched`);
  if (query.text.length > TEXT_LENGTH_MAX)
    throw invalid(`A search has at most ${TEXT_LENGTH_MAX} characters`);
  checkFirst(query.first);
  const equalities = equalitiesOf(query.where);
  for (const { field } of equalities)
    if (!indexedFields.has(field)) throw invalid(`No index of ${spec.name} has the field ${field}`);
  const words = wordsIn(query.text);
  const fingerprint = fingerprintOf(physicalName, words, equalities);
  return {
    words,
    equalities,
    first: query.first,
    after: query.after === undefined ? undefined : readCursor(query.after, fingerprint, 1),
    backwards: query.backwards === true,
    cursorOf: (place, id) => writeCursor(fingerprint, { values: [place], id }),
  };
};
