import { formatMoney, isPositive, percentOf } from '../../domain/money';
import type { AfterSalesStep, AlertSubject } from '../../domain/notification';
import { linkHours, messageOf, momentText, type Texts } from './texts';

const afterSales: Readonly<Record<AfterSalesStep, { readonly subject: string; readonly text: string }>> = {
  approved: {
    subject: '售后申请已通过',
    text: '您的售后申请已通过。申请页面会说明是否需要寄回商品以及截止时间。',
  },
  refused: {
    subject: '售后申请被拒绝',
    text: '您的售后申请被拒绝。您可以在申请页面查看原因，并在 7 天内提出异议。',
  },
  refunded: { subject: '已退款', text: '您申请中的商品款项已退还。' },
  replaced: { subject: '已换货', text: '您申请中的商品已重新发出。' },
  closed: { subject: '售后申请已关闭', text: '您的售后申请已关闭，申请页面会说明原因。' },
};

const alerts: Readonly<Record<AlertSubject, string>> = {
  'shipment-parked': '有包裹无法打包或装车，系统不会再自动重试。请重试、改由其他仓库发货，或取消订单。',
  'refund-refused': '支付服务商最终拒绝了退款，款项仍应退还给客户。',
  'capture-refused': '支付服务商拒绝为一个已打包的包裹扣款，包裹暂不发出。请重试扣款，或取消商品或订单。',
  'request-escalated': '有售后申请等待商城裁定。',
};

const disabled = {
  failing: '该端点已超过一天未接受任何事件。',
  backlog: '等待发送的事件过多。',
  gone: '该端点回应已不存在（410）。',
} as const;

/** The words of notifications in Chinese. */
export const zh: Texts = {
  greeting: (name) => `${name}，您好：`,
  farewell: 'Waybill 商城',
  shipTo: '收货地址：',
  noteToSeller: '您给卖家的留言：',
  giftMessage: '您的礼物留言：',
  giftWithoutPrices: '这是礼物：送货单上不显示价格。',
  declinable: '您可以在账户页面选择接收哪些消息、以何种方式以及何时接收。',
  always: '关于账户安全的消息不受偏好设置影响，总会立即发送。',
  'order-paid': ({ orderNumber, paid, isHeld, shipping, taxes = [] }) => ({
    subject: isHeld ? `订单 ${orderNumber}：付款已授权` : `订单 ${orderNumber}：已收到付款`,
    paragraphs: [
      isHeld
        ? `订单 ${orderNumber} 的 ${formatMoney(paid)} 已冻结，尚未扣款。商品发出时扣款，未发出的部分不会扣款。`
        : `我们已收到您为订单 ${orderNumber} 支付的 ${formatMoney(paid)}。`,
      ...(shipping && isPositive(shipping) ? [`其中运费 ${formatMoney(shipping)}。`] : []),
      ...taxes.map(
        ({ rateHundredths, tax }) => `其中 ${percentOf(rateHundredths)} 增值税 ${formatMoney(tax)}。`,
      ),
      isHeld ? '首批商品发出后，发票可在订单页面下载。' : '发票可在订单页面下载。',
    ],
    link: '查看订单',
  }),
  alert: ({ orderNumber, about }) => ({
    subject: `发货提醒：订单 ${orderNumber} 需要处理`,
    paragraphs: [alerts[about]],
    link: '查看订单',
  }),
  digest: ({ items }) => ({
    subject: `今日消息：${items.length} 条`,
    paragraphs: ['自上次每日消息以来：'],
    link: '查看您的订单',
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
  message: ({ words }) => messageOf(words, '打开商店'),
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
  'after-sales': ({ orderNumber, step }) => ({
    subject: `订单 ${orderNumber}：${afterSales[step].subject}`,
    paragraphs: [afterSales[step].text],
    link: '查看订单',
  }),
  'webhook-disabled': ({ host, because }) => ({
    subject: `Webhook 端点已停用：${host}`,
    paragraphs: [
      `我们已停止向您在 ${host} 上的 Webhook 端点发送事件。${disabled[because]}`,
      '从现在起发生的事件不会发送。如果您在一周内启用该端点，等待中的事件将会发送。',
    ],
    link: '查看端点',
  }),
  'low-stock': ({ productName, sku, warehouseId, onHand, threshold }) => ({
    subject: `库存偏低：${productName}（${sku}）`,
    paragraphs: [
      `仓库 ${warehouseId} 的 ${productName}（${sku}）现有 ${onHand} 件，低于预警数量 ${threshold}。`,
      '库存回升后再次偏低时，才会再次通知。',
    ],
    link: '查看库存',
  }),
  'new-device': ({ loggedInAt }) => ({
    subject: '您的账户有新的登录',
    paragraphs: [
      `您的账户于 ${momentText(loggedInAt)} 在一台新设备上登录。如果是您本人操作，则无需处理。`,
      '如果不是您本人操作，请立即修改密码。修改后所有设备都会退出登录。',
    ],
    link: '查看登录设备',
  }),
  'order-delayed': ({ orderNumber }) => ({
    subject: `订单 ${orderNumber}：延迟`,
    paragraphs: [
      `订单 ${orderNumber} 的一个包裹暂时无法打包或装车，我们正在处理。发货之前您可以取消订单并获得退款。`,
    ],
    link: '查看订单',
  }),
};
