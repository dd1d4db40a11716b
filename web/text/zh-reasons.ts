import type { Texts } from './en';
import { inWords, wordsOf } from './in-words';

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

/**
 * Words for faults and errors of requests, which the server says in English alone, by their codes. Rejections come in Chinese already. A key is
 * a code of the API, so that a fault without words is found by a test.
 */
const faults: Readonly<Record<string, string>> = {
  UNREACHABLE: '无法连接服务器。没有丢失任何内容：请重试。',
  UNKNOWN: '服务器拒绝了此操作，没有说明原因。',
  NOT_AUTHENTICATED: '请先登录。',
  UNAUTHENTICATED: '登录已过期，请重新登录。',
  NOT_PERMITTED: '您的账户目前不能执行此操作。如有疑问，请联系商店。',
  WRONG_REALM: '此次登录不适用于此区域。请在商店、卖家区域或管理后台中相应的区域登录。',
  INPUT_INVALID: '输入的内容不正确，请检查后重试。',
  QUERY_INVALID: '查询条件不正确，请检查后重试。',
  OUTCOME_UNKNOWN: '不确定操作是否已完成。请再试一次：它最多只会执行一次。',
  STORE_FULL: '目前没有空间记录任何内容，因此什么都没有发生。请稍后再试。',
  OVERLOADED: '服务器繁忙，请稍后再试。',
  DEADLINE_EXCEEDED: '处理时间过长，请再试一次。',
  RATE_LIMITED: '操作过于频繁，请稍候再试。',
  MOMENT_IN_FUTURE: '所选的时间在将来，请选择过去的时间。',
  MOMENT_BEFORE_HISTORY: '所选的时间早于第一条记录，请选择以后的时间。',
  HISTORY_TOO_LONG: '历史记录过长，无法显示所选的时间。',
  PAST_BEING_BUILT: '正在准备过去的数据，请稍后再试。',
  DOCUMENT_NOT_TRUSTED: '页面的版本与服务器不同，请重新加载页面。',
  PERSISTED_QUERY_NOT_SUPPORTED: '页面的版本与服务器不同，请重新加载页面。',
  GRAPHQL_VALIDATION_FAILED: '页面的版本与服务器不同，或输入的内容过长。请重新加载页面后重试。',
  NOT_FOUND: '没有这个内容。',
  BODY_TOO_LARGE: '内容过大，请减少后重试。',
  PICTURE_TOO_LARGE: '图片超过 8 MB。请缩小尺寸或压缩后再上传。',
  PICTURE_TYPE_NOT_SUPPORTED: '文件不是支持的图片。请上传 JPEG、PNG 或 WebP；不接受 SVG、GIF、HEIC 等文件。',
  PICTURE_ANIMATED: '这是动图。请上传静态图片。',
  PICTURE_UNREADABLE: '图片已损坏或不完整。请重新保存为 JPEG、PNG 或 WebP 后再上传。',
  PICTURE_DIMENSIONS_REFUSED: '图片超过 4000 万像素，或某一边不足 8 像素。请更换尺寸。',
};

const AGAIN = '服务暂时不可用，请稍后再试。';
const HAN = /\p{Script=Han}/u;
const REFERENCE = /Reference: ([\w-]+)\.$/;

/** Returns why something is not possible, in Chinese. A rejection is Chinese already; its codes of states become words. */
export const reasonInChinese: Texts['reasonOf'] = (code, reason) => {
  if (code === null) return '已经完成。';
  if (HAN.test(reason)) return inWords(reason, wordsOf(code, tables));
  const [, reference] = REFERENCE.exec(reason) ?? [];
  return `${faults[code] ?? AGAIN}${reference === undefined ? '' : `参考编号：${reference}。`}`;
};
