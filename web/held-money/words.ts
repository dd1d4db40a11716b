import { useLanguage, type Language } from '../text';

const en = {
  held: 'Held, not yet taken',
  until: 'at most until',
  captured: 'Taken',
  voided: 'Never taken',
  about: 'The money is taken as the goods leave. What does not leave is never taken.',
  refused: 'Not taken',
  retry: 'Take the money again',
  retryAbout:
    'The payment provider refused to take the money for a packed shipment, which waits. Try it again, or cancel the goods or the order, and ask the customer to order again.',
};

type Words = typeof en;

const zh: Words = {
  held: '已冻结，尚未扣款',
  until: '最晚至',
  captured: '已扣款',
  voided: '未扣款',
  about: '商品发出时扣款，未发出的部分不会扣款。',
  refused: '未能扣款',
  retry: '重新扣款',
  retryAbout:
    '支付机构拒绝为一个已打包的包裹扣款，包裹暂不发出。请重新扣款，或取消商品或订单，并请顾客重新下单。',
};

const words: Readonly<Record<Language, Words>> = { en, zh };

/** Returns the words of money that is held first and taken later. They load with the pages of orders. */
export const useHeldWords = (): Words => words[useLanguage()];
