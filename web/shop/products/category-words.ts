import { useLanguage, type Language } from '../../text';

const en = {
  categories: 'Categories',
  path: 'Way to the category',
  all: 'All products',
};

type CategoryWords = typeof en;

const zh: CategoryWords = {
  categories: '分类',
  path: '分类路径',
  all: '全部商品',
};

const words: Readonly<Record<Language, CategoryWords>> = { en, zh };

/** Returns the words about the tree of categories. */
export const useCategoryWords = (): CategoryWords => words[useLanguage()];
