import { useLanguage, type Language } from '../text';

const en = {
  history: 'Price history',
  chart: (currency: string) => `Price of one piece over time, in ${currency}`,
  since: 'Since',
  price: 'Price',
  onlyLast: 'The last 100 prices are shown.',
};

type PriceWords = typeof en;

const zh: PriceWords = {
  history: '价格历史',
  chart: (currency) => `单价变化（${currency}）`,
  since: '起始时间',
  price: '价格',
  onlyLast: '仅显示最近 100 个价格。',
};

const words: Readonly<Record<Language, PriceWords>> = { en, zh };

/** Returns the words about prices that sellers see. */
export const usePriceWords = (): PriceWords => words[useLanguage()];
