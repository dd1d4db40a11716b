import { useLanguage, type Language } from '../../text';

const en = {
  before: 'Before:',
  until: 'Sale until',
  lowest: (price: string) => `Lowest price of the 30 days before: ${price}`,
};

type PriceWords = typeof en;

const zh: PriceWords = {
  before: '原价：',
  until: '促销截至',
  lowest: (price) => `降价前 30 天最低价：${price}`,
};

const words: Readonly<Record<Language, PriceWords>> = { en, zh };

/** Returns the words about prices that shoppers see. */
export const usePriceWords = (): PriceWords => words[useLanguage()];
