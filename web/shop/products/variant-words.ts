import { useLanguage, type Language } from '../../text';

const en = {
  soldOut: 'sold out',
  notSold: 'no longer sold',
  otherwise: (values: string) => `only with ${values}`,
  never: 'not there',
};

type VariantWords = typeof en;

const zh: VariantWords = {
  soldOut: '售罄',
  notSold: '已下架',
  otherwise: (values) => `仅有 ${values}`,
  never: '暂无',
};

const words: Readonly<Record<Language, VariantWords>> = { en, zh };

/** Returns the words of the choice among variants. They load with the page of a product. */
export const useVariantWords = (): VariantWords => words[useLanguage()];
