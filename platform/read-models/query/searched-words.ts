import type { Document } from '../read-models';
import { foldWord, wordsIn } from './search-plan';
import { valueAt } from './values';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Returns the words by which a document can be found, each once, in their form for comparison. */
export const searchedWords = (document: Document, fields: readonly string[]): readonly string[] => [
  ...new Set(
    fields
      .flatMap((field) => wordsIn(textOf(valueAt(document, field))))
      .map(foldWord)
      .filter((word) => word !== ''),
  ),
];
