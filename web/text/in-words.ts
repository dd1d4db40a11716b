type Words = Readonly<Record<string, string>>;

const CODE = /\b[A-Z]+(?:_[A-Z]+)*\b/g;

const wordOf = (code: string, words: Words): string | undefined =>
  Object.hasOwn(words, code) ? `“${words[code] ?? ''}”` : undefined;

/** Returns the table of words for the codes in a rejection. */
export const wordsOf = (
  code: string | null,
  {
    statuses,
    requestStatuses,
    holdReasons,
  }: Readonly<Record<'statuses' | 'requestStatuses' | 'holdReasons', Words>>,
): Words => {
  if (code === 'ORDER_HELD') return holdReasons;
  if (code === 'AFTER_SALES_WRONG_STATUS') return requestStatuses;
  // Other reasons repeat SKUs and names, which may look like a status.
  return code?.endsWith('_WRONG_STATUS') === true ? statuses : {};
};

/** Returns a sentence of the server with words in the place of the codes of a table. */
export const inWords = (sentence: string, words: Words): string =>
  sentence.replaceAll(CODE, (code) => wordOf(code, words) ?? code);
