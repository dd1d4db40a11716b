import { useLanguage, type Language } from '../../text';

const en = {
  held: 'This price holds until',
  now: 'The price is that of now:',
  price: (name: string, was: string, now: string) => `${name}: ${was}, now ${now}`,
  changed: 'Changed since the price that you saw:',
  parts: { PRICES: 'prices', PROMOTIONS: 'promotions', SHIPPING: 'shipping', TAX: 'tax' },
};

type QuoteWords = typeof en;

const zh: QuoteWords = {
  held: '此价格保留至',
  now: '以现在的价格为准：',
  price: (name, was, now) => `${name}：原价 ${was}，现价 ${now}`,
  changed: '与您看到的价格相比有变化：',
  parts: { PRICES: '价格', PROMOTIONS: '优惠', SHIPPING: '运费', TAX: '税' },
};

const words: Readonly<Record<Language, QuoteWords>> = { en, zh };

/** Returns the words about the price that holds for a time. */
export const useQuoteWords = (): QuoteWords => words[useLanguage()];
