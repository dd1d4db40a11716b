import { useLanguage, type Language } from '.';

const en = {
  add: 'Add to cart',
  added: 'In your cart.',
  cartFull: 'The cart has no room for another product. Log in, or remove one.',
  quantity: 'Quantity',
  noProduct: 'There is no such product.',
  discontinued: 'No longer sold',
  sellerDisabled: 'Not sold at present: its seller is not active.',
  seller: 'Sold by',
};

type ProductWords = typeof en;

const zh: ProductWords = {
  add: '加入购物车',
  added: '已加入购物车。',
  cartFull: '购物车已满。请登录，或移除一种商品。',
  quantity: '数量',
  noProduct: '没有这件商品。',
  discontinued: '已停售',
  sellerDisabled: '暂不销售：卖家未营业。',
  seller: '卖家',
};

const words: Readonly<Record<Language, ProductWords>> = { en, zh };

/** Returns the words about one product. They load with the pages that show one. */
export const useProductWords = (): ProductWords => words[useLanguage()];
