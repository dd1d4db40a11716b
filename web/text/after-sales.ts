import { useLanguage, type Language } from '.';

const en = {
  afterSales: {
    title: 'Refunds, returns and exchanges',
    request: 'Request a refund, a return or an exchange',
    submit: 'Send the request',
    kind: 'Request',
    kinds: { REFUND_ONLY: 'Refund without a return', RETURN: 'Return', EXCHANGE: 'Exchange' },
    pieces: (name: string) => `Pieces of ${name}`,
    reason: 'Reason',
    reasons: {
      DAMAGED: 'Damaged',
      WRONG_ITEM: 'Other goods came',
      MISSING: 'Did not come',
      NOT_AS_DESCRIBED: 'Not as described',
      UNWANTED: 'No longer wanted',
      OTHER: 'Another reason',
    },
    description: 'Description',
    evidence: 'Address of a picture (https), if there is one',
    until: 'Until',
    answer: 'Answer',
    returnTo: 'Send to',
    refunded: 'Refunded',
    carrier: 'Carrier',
    trackingNumber: 'Tracking number of your parcel',
    sent: 'I have sent the goods',
    objections: 'Your objections',
    dispute: 'Dispute the refusal',
    withdraw: 'Withdraw the request',
  },
};

type AfterSalesWords = typeof en;

const zh: AfterSalesWords = {
  afterSales: {
    title: '退款、退货与换货',
    request: '申请退款、退货或换货',
    submit: '提交申请',
    kind: '申请类型',
    kinds: { REFUND_ONLY: '仅退款', RETURN: '退货退款', EXCHANGE: '换货' },
    pieces: (name) => `${name} 的件数`,
    reason: '原因',
    reasons: {
      DAMAGED: '商品损坏',
      WRONG_ITEM: '商品发错',
      MISSING: '未收到商品',
      NOT_AS_DESCRIBED: '与描述不符',
      UNWANTED: '不再需要',
      OTHER: '其他原因',
    },
    description: '说明',
    evidence: '图片地址（https，可选）',
    until: '截止时间',
    answer: '回复',
    returnTo: '寄回地址',
    refunded: '已退款',
    carrier: '承运商',
    trackingNumber: '您的包裹单号',
    sent: '我已寄出商品',
    objections: '您的异议',
    dispute: '提出异议',
    withdraw: '撤回申请',
  },
};

const words: Readonly<Record<Language, AfterSalesWords>> = { en, zh };

/** Returns the words of after-sales requests. They load with these pages. */
export const useAfterSalesWords = (): AfterSalesWords => words[useLanguage()];
