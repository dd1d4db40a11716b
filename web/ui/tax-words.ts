import { useLanguage, type Language } from '../text';

const en = {
  tax: 'VAT',
  included: (rate: string, amount: string) => `incl. ${rate} VAT ${amount}`,
  added: (rate: string, amount: string) => `plus ${rate} VAT ${amount}`,
  category: 'Tax category',
  setCategory: 'Set the tax category',
  categories: {
    STANDARD: 'Standard rate',
    REDUCED: 'Reduced rate',
    SUPER_REDUCED: 'Super-reduced rate',
    ZERO: 'No tax',
  },
};

type TaxWords = typeof en;

const zh: TaxWords = {
  tax: '增值税',
  included: (rate, amount) => `含 ${rate} 增值税 ${amount}`,
  added: (rate, amount) => `另加 ${rate} 增值税 ${amount}`,
  category: '税率类别',
  setCategory: '设置税率类别',
  categories: {
    STANDARD: '标准税率',
    REDUCED: '优惠税率',
    SUPER_REDUCED: '特别优惠税率',
    ZERO: '免税',
  },
};

const words: Readonly<Record<Language, TaxWords>> = { en, zh };

/** Returns the words about tax. They load with the pages that show it. */
export const useTaxWords = (): TaxWords => words[useLanguage()];
