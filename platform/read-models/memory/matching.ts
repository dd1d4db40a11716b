import type { Document } from '../read-models';
import { foldWord, searchedWords } from '../query';
import type { MatchPlan } from '../query';

export const matchesWords = (
  document: Document,
  fields: readonly string[],
  words: readonly string[],
): boolean => {
  if (words.length === 0) return false;
  const there = searchedWords(document, fields);
  const wanted = words.map(foldWord);
  return wanted.every((word, index) =>
    there.some((one) => (index === wanted.length - 1 ? one.startsWith(word) : one === word)),
  );
};

export const matchesTerms = (
  document: Document,
  fields: readonly string[],
  terms: MatchPlan['terms'],
): boolean => {
  if (terms.length === 0) return false;
  const there = searchedWords(document, fields);
  return terms.every((alternatives) =>
    alternatives.some(({ word, isPrefix = false }) =>
      there.some((one) => (isPrefix ? one.startsWith(word) : one === word)),
    ),
  );
};
