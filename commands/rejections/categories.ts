import type { RejectionOf } from './rejection';
import type { SomeRows } from './row';

const rules: Readonly<Record<RejectionOf<'CATEGORY_INVALID'>['field'], string>> = {
  'names.en': 'The English name is blank, or has an invisible character.',
  'names.zh': 'The Chinese name is blank, or has an invisible character.',
  slug: 'The slug has something else than lower-case letters and digits, with single hyphens between them.',
};

const categoryId = { type: 'ID', text: 'The ID of the category.' };

const rulesZh: Readonly<Record<RejectionOf<'CATEGORY_INVALID'>['field'], string>> = {
  'names.en': '英文名称为空，或含有不可见的字符。',
  'names.zh': '中文名称为空，或含有不可见的字符。',
  slug: '网址名称只能有小写字母和数字，中间可用单个连字符。',
};

export const categoryRejections = {
  CATEGORY_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such category.',
    remedy: 'Use the ID of a category.',
    whyZh: '没有这个分类。',
    remedyZh: '请选择列表中的分类。',
    figures: { categoryId },
    about: ['categoryId', 'parentId'],
  },
  CATEGORY_INVALID: {
    kind: 'invalid',
    why: 'A name or the slug of the category is wrong.',
    says: ({ field }) => rules[field],
    remedy: 'Change the field.',
    whyZh: ({ field }) => rulesZh[field],
    remedyZh: '请修改这一项。',
    figures: { field: { type: 'String', text: 'The path of the field.' } },
  },
  CATEGORY_NAME_TAKEN: {
    kind: 'already-exists',
    why: 'Another category has this name or slug.',
    says: ({ name }) => `Another category is called ${name}.`,
    remedy: 'Choose another name or slug, or rename the other category first.',
    whyZh: ({ name }) => `另一个分类已叫“${name}”。`,
    remedyZh: '请使用其他名称或网址名称，或先给那个分类改名。',
    figures: {
      name: { type: 'String', text: 'The name or slug.' },
      categoryId: { type: 'ID', text: 'The ID of the other category.' },
    },
    about: ['names', 'slug'],
  },
  CATEGORY_CYCLE: {
    kind: 'wrong-state',
    why: 'A category cannot be below itself.',
    remedy: 'Choose a parent that is not below it.',
    whyZh: '分类不能放在自己的下面。',
    remedyZh: '请选择不在它下面的上级分类。',
    figures: { categoryId },
    about: ['parentId'],
  },
  CATEGORY_NOT_SIBLING: {
    kind: 'invalid',
    why: 'The category before which it is to stand has another parent.',
    remedy: 'Choose another category below the same parent.',
    whyZh: '要排在其前的分类属于另一个上级。',
    remedyZh: '请选择同一上级下的分类。',
    figures: { categoryId },
    about: ['beforeId'],
  },
  CATEGORY_TOO_DEEP: {
    kind: 'invalid',
    why: 'The tree of categories would have too many levels.',
    says: ({ max }) => `The tree of categories has ${max} levels at most.`,
    remedy: 'Choose a parent that is nearer to the root.',
    whyZh: ({ max }) => `分类树最多有 ${max} 层。`,
    remedyZh: '请选择更接近顶层的上级分类。',
    figures: { max: { type: 'Int', text: 'The maximum number of levels.' } },
    about: ['parentId'],
  },
  CATEGORY_HAS_CHILDREN: {
    kind: 'wrong-state',
    why: 'Other categories are below this one.',
    remedy: 'Move or retire those first.',
    whyZh: '此分类下还有其他分类。',
    remedyZh: '请先移动或停用它们。',
    figures: { categoryId },
    about: ['categoryId'],
  },
  CATEGORIES_FULL: {
    kind: 'wrong-state',
    why: 'There are too many categories.',
    says: ({ max }) => `There are ${max} categories already, which is the maximum.`,
    remedy: 'Retire one of them.',
    whyZh: ({ max }) => `已有 ${max} 个分类，达到上限。`,
    remedyZh: '请停用其中一个。',
    figures: { max: { type: 'Int', text: 'The maximum number of categories.' } },
    about: [],
  },
} as const satisfies SomeRows;
