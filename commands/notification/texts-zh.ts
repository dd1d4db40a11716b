import { formatMoney } from '../../domain/money';
import { linkHours, type Texts } from './texts';

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
  'verify-email': () => ({
    subject: '请验证您的邮箱地址',
    paragraphs: [
      '请确认此邮箱地址属于您。',
      `链接在 ${linkHours('verify-email')} 小时内有效。如果您没有在此注册账户，请忽略此邮件。`,
    ],
    link: '验证邮箱地址',
  }),
  'reset-password': () => ({
    subject: '重设您的账户密码',
    paragraphs: [
      '有人请求重设您的账户密码。您可以在链接页面上设置新密码。',
      `链接在 ${linkHours('reset-password')} 小时内有效，且只能使用一次。如果不是您本人请求的，请忽略此邮件，您的密码不会改变。`,
    ],
    link: '设置新密码',
  }),
  'order-delayed': ({ orderNumber }) => ({
    subject: `订单 ${orderNumber}：延迟`,
    paragraphs: [
      `订单 ${orderNumber} 的一个包裹暂时无法打包或装车，我们正在处理。发货之前您可以取消订单并获得退款。`,
    ],
    link: '查看订单',
  }),
};
