import { foldedWordsIn } from '../../platform/read-models';
import { lettersOf, mayHaveTypo, searchedWordsOf } from './search-keys';

/** The fields of a product that a search reads. */
export type SearchedProduct = {
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly onHand: number;
};

type Weights = {
  readonly whole: number;
  readonly beginning: number;
  /** For a part of a word of a script without spaces. */
  readonly part: number;
  readonly typo: number;
};

/** A typing error counts only in the fields that have keys. */
const weights = {
  sku: { whole: 10, beginning: 4, part: 0, typo: 0 },
  name: { whole: 8, beginning: 5, part: 4, typo: 3 },
  category: { whole: 4, beginning: 2, part: 2, typo: 1 },
  description: { whole: 2, beginning: 1, part: 0, typo: 0 },
} as const satisfies Partial<Record<keyof SearchedProduct, Weights>>;

const fieldsByWeight = ['sku', 'name', 'category', 'description'] as const;

const SAME_TEXT = 20;

/** Tests whether one letter too much, missing or wrong, or two exchanged ones, make one word of the other. */
export const isOneTypoApart = (left: string, right: string): boolean => {
  const [one, other] = [lettersOf(left), lettersOf(right)];
  if (Math.abs(one.length - other.length) > 1) return false;
  const at = one.findIndex((letter, index) => letter !== other[index]);
  const from = at === -1 ? one.length : at;
  const rest = (letters: readonly string[], skipped: number): string =>
    letters.slice(from + skipped).join('');
  if (one.length > other.length) return rest(one, 1) === rest(other, 0);
  if (one.length < other.length) return rest(one, 0) === rest(other, 1);
  if (rest(one, 1) === rest(other, 1)) return true;
  return one[from] === other[from + 1] && one[from + 1] === other[from] && rest(one, 2) === rest(other, 2);
};

const weightOf = (searched: string, word: string, { whole, beginning, part, typo }: Weights): number => {
  if (word === searched) return whole;
  if (word.startsWith(searched)) return beginning;
  if (part > 0 && word.includes(searched) && !mayHaveTypo(searched)) return part;
  return typo > 0 && mayHaveTypo(searched) && mayHaveTypo(word) && isOneTypoApart(searched, word) ? typo : 0;
};

/** Returns the best weight of a word in the fields of a product. A field that cannot raise it is not read. */
const bestWeightOf = (
  searched: string,
  wordsOf: (field: keyof typeof weights) => readonly string[],
): number => {
  let best = 0;
  for (const field of fieldsByWeight) {
    const weight: Weights = weights[field];
    if (best >= weight.whole) return best;
    for (const word of wordsOf(field)) best = Math.max(best, weightOf(searched, word, weight));
  }
  return best;
};

/**
 * Returns a function that says how well a product fits a search, from 1; undefined where one of the words is missing. Of
 * products that fit equally, those in stock fit better.
 *
 * @throws Fault `QUERY_INVALID` where the text is too long.
 */
export const relevanceFor = (text: string): ((product: SearchedProduct) => number | undefined) => {
  const searchedWords = searchedWordsOf(text).map(({ word }) => word);
  const wholeText = foldedWordsIn(text).join(' ');
  return (product) => {
    const words = new Map<string, readonly string[]>();
    const wordsOf = (field: keyof typeof weights): readonly string[] => {
      const read = words.get(field) ?? foldedWordsIn(product[field]);
      words.set(field, read);
      return read;
    };
    let sum = 0;
    for (const searched of searchedWords) {
      const best = bestWeightOf(searched, wordsOf);
      if (best === 0) return undefined;
      sum += best;
    }
    if (sum === 0) return undefined;
    const isSame = [wordsOf('name'), wordsOf('sku')].some((one) => one.join(' ') === wholeText);
    return 2 * (sum + (isSame ? SAME_TEXT : 0)) + (product.onHand > 0 ? 1 : 0);
  };
};
