import { useLanguage, type Language } from '../text';

const en = {
  title: 'Cancel some of the goods',
  about:
    'Their price is given back, and what is left of a parcel is packed again. What is being loaded cannot be cancelled.',
  pieces: (name: string) => `Pieces of ${name} to cancel`,
  most: (quantity: number) => `At most ${quantity}`,
  none: 'Choose at least one piece.',
  submit: 'Cancel these goods',
  ordered: (quantity: number, cancelled: number) =>
    cancelled === 0 ? String(quantity) : `${quantity} (${cancelled} cancelled)`,
};

type Words = typeof en;

const zh: Words = {
  title: '取消部分商品',
  about: '所取消商品的金额将退还，包裹中剩余的商品将重新打包。正在装车的商品不能取消。',
  pieces: (name) => `取消“${name}”的件数`,
  most: (quantity) => `最多 ${quantity} 件`,
  none: '请至少选择一件商品。',
  submit: '取消这些商品',
  ordered: (quantity, cancelled) =>
    cancelled === 0 ? String(quantity) : `${quantity}（已取消 ${cancelled}）`,
};

const words: Readonly<Record<Language, Words>> = { en, zh };

/** Returns the words of cancelled goods. They load with the pages of orders. */
export const useCancelWords = (): Words => words[useLanguage()];
