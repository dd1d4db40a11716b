import { checkSearchText, foldWord, wordsIn, type WordPattern } from '../../platform/read-models';

/** A phonetic letter that begins a key, so that no word of a text is taken for one. */
const MARK = 'ʘ';
/** The words of a text that have keys. */
const KEYED_WORDS_MAX = 12;
/** The words of a search that count. */
const SEARCHED_WORDS_MAX = 8;
/** The letters of a word of a search that count, which also bounds a text without spaces. */
const SEARCHED_LETTERS_MAX = 40;
/** A shorter word with an error could be any word. */
const TYPO_LETTERS_MIN = 4;
const TYPO_LETTERS_MAX = 20;

/** Scripts that are written without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

const unspacedIn = (word: string): readonly string[] => word.match(UNSPACED) ?? [];

/** Returns the letters of a word, by code points. */
export const lettersOf = (word: string): readonly string[] => Array.from(word);

type SearchedWord = {
  /** In the form for comparison. */
  readonly word: string;
  readonly written: string;
};

/**
 * Returns the words of a search. Of a longer word only its beginning counts.
 *
 * @throws Fault `QUERY_INVALID` where the text is too long.
 */
export const searchedWordsOf = (text: string): readonly SearchedWord[] => {
  checkSearchText(text);
  return wordsIn(text)
    .map((word) => lettersOf(word).slice(0, SEARCHED_LETTERS_MAX).join('').toLowerCase())
    .map((written) => ({ word: foldWord(written), written }))
    .filter(({ word }) => word !== '')
    .slice(0, SEARCHED_WORDS_MAX);
};

/** Tests whether a search may find the word with an error. */
export const mayHaveTypo = (word: string): boolean => {
  const { length } = lettersOf(word);
  return length >= TYPO_LETTERS_MIN && length <= TYPO_LETTERS_MAX && unspacedIn(word).length === 0;
};

/**
 * Returns a word, and the word without each of its letters. Two words that differ by one letter, or by two that are
 * exchanged, have one of these in common.
 */
const withoutOneLetter = (word: string): readonly string[] => {
  const letters = lettersOf(word);
  return [...new Set([word, ...letters.map((_, at) => letters.toSpliced(at, 1).join(''))])];
};

const pairsOf = (word: string): readonly string[] => {
  const letters = lettersOf(word);
  return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`);
};

const keysOf = (word: string): readonly string[] =>
  mayHaveTypo(word)
    ? withoutOneLetter(word)
    : unspacedIn(word).flatMap((run) => [...pairsOf(run), ...new Set(run)]);

/**
 * Returns the keys by which a text is found in spite of a typing error, and by a part of it where its script has no
 * spaces.
 */
export const searchKeysOf = (...texts: readonly string[]): readonly string[] => {
  const words = texts.flatMap((text) =>
    wordsIn(text)
      .map(foldWord)
      .filter((word) => word !== '')
      .slice(0, KEYED_WORDS_MAX),
  );
  return [...new Set(words.flatMap(keysOf))].map((key) => `${MARK}${key}`);
};

const termsOfWord = ({ word, written }: SearchedWord): readonly (readonly WordPattern[])[] => {
  const beginning = { word, written, isPrefix: true };
  const runs = unspacedIn(word);
  const wanted = runs.length === 0 ? [keysOf(word)] : runs.flatMap(pairsOf).map((pair) => [pair]);
  return wanted.map((keys) => [beginning, ...keys.map((key) => ({ word: `${MARK}${key}` }))]);
};

/**
 * Returns what a document must match to be found by a text; the ranking decides about it.
 *
 * @throws Fault `QUERY_INVALID` where the text is too long.
 */
export const searchTermsOf = (text: string): readonly (readonly WordPattern[])[] =>
  searchedWordsOf(text).flatMap(termsOfWord);
