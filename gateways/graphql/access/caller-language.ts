import { languages, type Language } from '../../../domain/kernel';

/** A header that is longer is not read to its end. */
const LENGTH_MAX = 1_000;

const RANGE = /^([a-z]{1,8})(?:-[a-z0-9]{1,8})*(?:\s*;\s*q=([01](?:\.\d{0,3})?))?$/i;

/** Returns the language in which a caller wants its messages, by the header `Accept-Language`; English where it wants none of ours. */
export const callerLanguage = (header: string | undefined): Language => {
  let best: { readonly language: Language; readonly weight: number } = { language: 'en', weight: 0 };
  for (const range of (header ?? '').slice(0, LENGTH_MAX).split(',')) {
    const [, tag, q = '1'] = RANGE.exec(range.trim()) ?? [];
    const language = languages.find((one) => one === tag?.toLowerCase());
    if (language !== undefined && Number(q) > best.weight) best = { language, weight: Number(q) };
  }
  return best.language;
};
