import type { Language } from '../../../domain/kernel';

/** The words of an invoice besides what it stores. */
export type Labels = {
  readonly kinds: { readonly INVOICE: string; readonly CREDIT_NOTE: string };
  readonly from: string;
  readonly billedTo: string;
  readonly taxNumber: (taxId: string) => string;
  readonly date: string;
  readonly corrects: string;
  readonly order: string;
  readonly paidOn: string;
  readonly refundedOn: string;
  readonly goods: string;
  readonly pieces: string;
  readonly price: string;
  readonly discount: string;
  readonly amount: string;
  readonly tax: (rate: string) => string;
  readonly shipping: (name: string) => string;
  readonly other: string;
  /** The tax at a rate on a sum. `isIncluded`: the prices contain it. */
  readonly taxOn: (
    of: Readonly<Record<'country' | 'rate' | 'net', string>> & { readonly isIncluded: boolean },
  ) => string;
  readonly total: string;
  readonly givenBack: string;
};

const en: Labels = {
  kinds: { INVOICE: 'Invoice', CREDIT_NOTE: 'Credit note' },
  ...{ from: 'From', billedTo: 'Billed to', taxNumber: (taxId) => `Tax number: ${taxId}` },
  ...{ date: 'Date', corrects: 'Corrects invoice', order: 'Order' },
  ...{ paidOn: 'Paid on', refundedOn: 'Refunded on' },
  ...{ goods: 'Goods', pieces: 'Pieces', price: 'Price', discount: 'Discount', amount: 'Amount' },
  tax: (rate) => `tax ${rate}`,
  shipping: (name) => `Shipping: ${name}`,
  other: 'Other sums',
  taxOn: ({ country, rate, net, isIncluded }) =>
    `${country} ${isIncluded ? 'contains tax' : 'tax'} ${rate} on ${net}`,
  ...{ total: 'Total, paid', givenBack: 'Given back' },
};

const zh: Labels = {
  kinds: { INVOICE: '发票', CREDIT_NOTE: '红字发票' },
  ...{ from: '销售方', billedTo: '购买方', taxNumber: (taxId) => `税号：${taxId}` },
  ...{ date: '开票日期', corrects: '对应发票', order: '订单号' },
  ...{ paidOn: '付款日期', refundedOn: '退款日期' },
  ...{ goods: '商品', pieces: '数量', price: '单价', discount: '折扣', amount: '金额' },
  tax: (rate) => `税率 ${rate}`,
  shipping: (name) => `运费：${name}`,
  other: '其他金额',
  taxOn: ({ country, rate, net, isIncluded }) =>
    `${country} ${isIncluded ? '价内税' : '税额'} ${rate}，不含税金额 ${net}`,
  ...{ total: '合计（已付）', givenBack: '退款合计' },
};

export const labelsIn: Readonly<Record<Language, Labels>> = { en, zh };
