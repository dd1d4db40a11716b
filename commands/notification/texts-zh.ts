import { formatMoney } from '../../domain/money';
import type { Texts } from './texts';

/** The words of notifications in Chinese. */
export const zh: Texts = {
  greeting: (name) => `${name}，您好：`,
  farewell: 'Waybill 商城',
  declinable: '您可以在账户页面选择接收哪些邮件。',
  'order-paid': ({ orderNumber, paid }) => ({
    subject: `订单 ${orderNumber}：已收到付款`,
    paragraphs: [`我们已收到您为订单 ${orderNumber} 支付的 ${formatMoney(paid)}。`],
    link: '查看订单',
  }),
  'order-shipped': ({ orderNumber }) => ({
    subject: `订单 ${orderNumber}：运送中`,
    paragraphs: [`订单 ${orderNumber} 的全部包裹正在运送途中。`],
    link: '跟踪订单',
  }),
  'order-delivered': ({ orderNumber }) => ({
    subject: `订单 ${orderNumber}：已送达`,
    paragraphs: [`订单 ${orderNumber} 已送达，请确认收货。`],
    link: '查看订单',
  }),
};
