import { formatMoney } from '../../domain/money';
import type { SomeRows } from './row';

const quoteParts: Readonly<Record<string, string>> = {
  PRICES: 'prices',
  PROMOTIONS: 'promotions',
  SHIPPING: 'shipping',
  TAX: 'tax',
};
const quotePartsZh: Readonly<Record<string, string>> = {
  PRICES: '价格',
  PROMOTIONS: '优惠',
  SHIPPING: '运费',
  TAX: '税',
};

export const quoteRejections = {
  QUOTE_NOT_VALID: {
    kind: 'wrong-state',
    why: 'The quote is not of this cart as it is now, or not of this delivery.',
    remedy: 'Request a new quote, then order.',
    whyZh: '报价与购物车现在的内容或配送方式不符。',
    remedyZh: '请重新获取报价，然后再下单。',
    figures: {},
    about: ['quote'],
  },
  QUOTE_EXPIRED: {
    kind: 'wrong-state',
    why: 'The time of the quote is over, and the order would not cost the same now.',
    says: ({ was, now, changed }) =>
      `The time of the quote is over, and the order costs ${formatMoney(now)} instead of ${formatMoney(was)}. Changed since: ${changed.map((part) => quoteParts[part] ?? part).join(', ')}.`,
    remedy: 'Accept the new quote, or change the cart.',
    whyZh: ({ was, now, changed }) =>
      `报价已过期，订单金额由 ${formatMoney(was)} 变为 ${formatMoney(now)}。变化：${changed.map((part) => quotePartsZh[part] ?? part).join('、')}。`,
    remedyZh: '请接受新的报价，或修改购物车。',
    figures: {
      changed: {
        type: '[String!]',
        text: 'The parts of the price that have changed: `PRICES`, `PROMOTIONS`, `SHIPPING`, `TAX`.',
      },
      was: { type: 'Money', text: 'The total of the quote.' },
      now: { type: 'Money', text: 'The total of the new quote.' },
      quote: { type: 'String', text: 'A new quote, at the prices of now.' },
      validUntil: {
        type: 'DateTime',
        text: 'The first moment at which the new quote is not valid any more.',
      },
    },
    about: ['quote'],
  },
} as const satisfies SomeRows;
