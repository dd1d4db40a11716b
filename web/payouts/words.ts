import { useLanguage, type Language } from '../text';

const en = {
  title: 'Payout statements',
  month: 'Month (UTC)',
  state: 'State',
  over: 'closed',
  running: 'still running',
  orders: 'Orders paid',
  refunds: 'Refunds',
  sold: 'Sold',
  discounts: 'Discounts',
  refunded: 'Refunded',
  due: 'Due',
  none: 'There is no statement yet. It begins with the first sale that is paid.',
  note: 'A sale counts for the month in which it was paid, a refund for the month in which it was made. A closed month does not change.',
};
export type PayoutWords = typeof en;

const zh: PayoutWords = {
  title: '结算单',
  month: '月份（UTC）',
  state: '状态',
  over: '已结账',
  running: '进行中',
  orders: '已付款订单',
  refunds: '退款笔数',
  sold: '销售额',
  discounts: '优惠',
  refunded: '退款',
  due: '应付',
  none: '还没有结算单。第一笔销售付款后即会出现。',
  note: '销售计入付款的月份，退款计入退款的月份。已结账的月份不再变动。',
};

const words: Readonly<Record<Language, PayoutWords>> = { en, zh };

/** The words of payout statements. */
export const usePayoutWords = (): PayoutWords => words[useLanguage()];
