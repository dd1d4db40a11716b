import { observable, useObservable } from '../api/observable';
import { en, type Texts } from './en';

export type Language = 'en' | 'zh';

const KEY = 'waybill.language';

const preferred = (): Language => {
  const chosen = localStorage.getItem(KEY) ?? navigator.language;
  return chosen.startsWith('zh') ? 'zh' : 'en';
};

const texts = observable<{ readonly language: Language; readonly words: Texts }>({
  language: 'en',
  words: en,
});

/** Shows the pages in the language. English is part of the first page, others are loaded when they are chosen. */
export const chooseLanguage = async (language: Language): Promise<void> => {
  const words = language === 'zh' ? (await import('./zh')).zh : en;
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
  texts.set({ language, words });
};

/** Shows the language that was chosen last, or that of the browser. */
export const startLanguage = (): Promise<void> => chooseLanguage(preferred());

/** The value of the header by which the server says its messages in the language of the pages. */
export const acceptLanguage = (): Language => texts.get().language;

export const useTexts = (): Texts => useObservable(texts).words;
export const useLanguage = (): Language => useObservable(texts).language;
