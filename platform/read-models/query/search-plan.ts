import type { CollectionSpec, MatchQuery, Scalar, SearchQuery, WordPattern } from '../read-models';
import { fingerprintOf, readCursor, writeCursor, type Place } from './cursor';
import { declarationOf, invalid, type Declaration } from './declaration';
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

export type MatchPlan = {
  readonly terms: readonly (readonly WordPattern[])[];
  readonly equalities: readonly Equality[];
  readonly max: number;
};

const TEXT_LENGTH_MAX = 500;
const MATCHES_MAX = 10_000;
const PATTERNS_MAX = 1_000;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ONE_WORD = /^[\p{L}\p{N}\p{M}]+$/u;

/** Returns the words of a text, in order and unchanged. */
export const wordsIn = (text: string): readonly string[] => text.normalize('NFC').match(WORD) ?? [];

/** Returns the form in which words are compared: without case and accents. */
export const foldWord = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @throws Fault `QUERY_INVALID` where the text of a search is too long. */
export const checkSearchText = (text: string): void => {
  if (text.length > TEXT_LENGTH_MAX) throw invalid(`A search has at most ${TEXT_LENGTH_MAX} characters`);
};

/** Returns the words of a text in their form for comparison. The text is folded as a whole, which is faster. */
export const foldedWordsIn = (text: string): readonly string[] => foldWord(text).match(WORD) ?? [];

const searchableOf = (spec: CollectionSpec): Declaration => {
  const declaration = declarationOf(spec);
  if (declaration.searchFields.length === 0) throw invalid(`${spec.name} can't be searched`);
  return declaration;
};

const indexedEqualitiesOf = (spec: CollectionSpec, where: SearchQuery['where']): readonly Equality[] => {
  const { indexedFields } = declarationOf(spec);
  const equalities = equalitiesOf(where);
  for (const { field } of equalities)
    if (!indexedFields.has(field)) throw invalid(`No index of ${spec.name} has the field ${field}`);
  return equalities;
};

/** @throws Fault `QUERY_INVALID` */
export const matchPlanOf = (spec: CollectionSpec, { terms, where, max }: MatchQuery): MatchPlan => {
  searchableOf(spec);
  if (!Number.isInteger(max) || max < 1 || max > MATCHES_MAX)
    throw invalid(`\`max\` is a whole number from 1 to ${MATCHES_MAX}`);
  const patterns = terms.flat();
  if (patterns.length > PATTERNS_MAX) throw invalid(`A search has at most ${PATTERNS_MAX} patterns`);
  const odd = patterns
    .flatMap(({ word, written = word }) => [word, written])
    .find((word) => !ONE_WORD.test(word));
  if (odd !== undefined) throw invalid(`${JSON.stringify(odd)} is no word`);
  return { terms, equalities: indexedEqualitiesOf(spec, where), max };
};

/** @throws Fault `QUERY_INVALID` */
export const searchPlanOf = (spec: CollectionSpec, query: SearchQuery): SearchPlan => {
  const { physicalName } = searchableOf(spec);
  checkSearchText(query.text);
  checkFirst(query.first);
  const equalities = indexedEqualitiesOf(spec, query.where);
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
