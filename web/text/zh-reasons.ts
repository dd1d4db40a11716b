import type { Texts } from './en';
import { inWords, wordsIn, wordsOf } from './in-words';

export const statuses: Texts['statuses'] = {
  PLACED: '已下单',
  PAID: '已支付',
  SHIPPED: '已发货',
  FULFILLED: '已送达',
  COMPLETED: '已完成',
  CANCELLED: '已取消',
  REFUNDING: '退款中',
  REFUNDED: '已退款',
  PACKING: '打包中',
  PACKED: '已打包',
  LOADING: '装车中',
  LOADED: '已装车',
  DELIVERING: '配送中',
  DELIVERED: '已送达',
  FAILED: '失败',
};

export const requestStatuses: Texts['requestStatuses'] = {
  REQUESTED: '等待处理',
  AWAITING_PARCEL: '已通过，请寄回商品',
  IN_TRANSIT: '商品正在寄回途中',
  RECEIVED: '商品已收到',
  REFUSED: '已拒绝',
  ESCALATED: '由平台处理',
  REFUNDING: '正在退款',
  REFUND_FAILED: '退款失败，平台正在处理',
  REPLACING: '即将发出新商品',
  SENDING_REPLACEMENT: '正在发出新商品',
  REFUNDED: '已退款',
  REPLACED: '新商品已发出',
  WITHDRAWN: '已撤回',
  CLOSED: '已关闭',
};

export const holdReasons: Texts['holdReasons'] = {
  FRAUD: '疑似欺诈',
  STOCK: '商品',
  ADDRESS: '收货位置',
  OTHER: '其他原因',
};

const tables = { statuses, requestStatuses, holdReasons };

/** The reasons why actions on an order are not possible, by the codes of the rejections. `{}` stands for the words of the status. */
const reasons: Readonly<Record<string, string>> = {
  ORDER_WRONG_STATUS: '订单目前的状态为{}，不允许此操作。',
  ORDER_ALREADY_PAID: '订单已支付。',
  ORDER_PAYMENT_PENDING: '一笔付款正在处理中，请等待其结果。',
  ORDER_ALREADY_SHIPPED: '部分商品已经发出或正在装车。',
  ORDER_ALREADY_PACKED: '全部商品已打包或发出，只有商店还能取消。',
  ORDER_HELD: '商店正在核查此订单。',
  REFUND_TOO_LARGE: '没有可退的金额。',
  SHIPMENT_WRONG_STATUS: '包裹目前的状态为{}，不允许此操作。',
  AFTER_SALES_WRONG_STATUS: '申请目前的状态为{}，不允许此操作。',
  UNREACHABLE: '无法连接服务器。没有丢失任何内容：请重试。',
  ORDER_PART_NOT_FOUND: '此包裹不再属于该订单。',
};

/** Returns the reason why something is not possible, in Chinese where its code is known. */
export const reasonInChinese: Texts['reasonOf'] = (code, reason) => {
  if (code === null) return '已经完成。';
  const words = wordsOf(code, tables);
  return reasons[code]?.replace('{}', wordsIn(reason, words)) ?? inWords(reason, words);
};
