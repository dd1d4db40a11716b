import { formatMoney } from '../../domain/money';
import type { OrderDifference } from '../../domain/order';
import type { RejectionOf } from './rejection';
import { figures, type SomeRows } from './row';

const aspects: Readonly<Record<OrderDifference, string>> = {
  customer: 'another customer',
  lines: 'other goods, quantities or prices',
  soldAt: 'another date',
  country: 'another country',
};

const ofCancelled = {
  orderId: figures.orderId,
  productId: figures.productId,
  quantity: { type: 'Float', text: 'The pieces that were to be cancelled.' },
  max: { type: 'SafeInt', text: 'The pieces that can be cancelled.' },
};

const aspectsZh: Readonly<Record<OrderDifference, string>> = {
  customer: '客户',
  lines: '商品、数量或价格',
  soldAt: '日期',
  country: '国家',
};

const paymentStatusesZh: Readonly<Record<RejectionOf<'PAYMENT_WRONG_STATUS'>['status'], string>> = {
  REQUESTED: '处理中',
  ACTION_REQUIRED: '等待确认',
  PENDING: '待支付机构确认',
  AUTHORISED: '已授权',
  CAPTURED: '已扣款',
  DECLINED: '被拒绝',
};

const chooseByStatusZh = '请查看现在的状态，选择它允许的操作。';

export const orderRejections = {
  ORDER_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such order, or it belongs to another account.',
    remedy: 'Use the ID of an order.',
    whyZh: '没有这个订单，或它属于其他账户。',
    remedyZh: '请在订单列表中选择。',
    figures: { orderId: figures.orderId },
    about: ['orderId'],
  },
  ORDER_ALREADY_PLACED: {
    kind: 'already-exists',
    why: 'This order was placed already.',
    remedy: 'Read that order. To order again, fill the cart again.',
    whyZh: '这个订单已经下过了。',
    remedyZh: '请查看该订单。要再次购买，请重新填充购物车。',
    figures: { orderId: figures.orderId },
  },
  ORDER_DIFFERS: {
    kind: 'already-exists',
    why: 'Another import has stored this order with other content.',
    says: ({ differs, was, now }) =>
      `The stored order has ${differs.map((aspect) => aspects[aspect]).join(' and ')}: its total is ${formatMoney(was)}, and the new total is ${formatMoney(now)}.`,
    remedy: 'Import the difference under another id; the stored order is not changed.',
    whyZh: ({ differs, was, now }) =>
      `另一次导入已存入此订单，${differs.map((aspect) => aspectsZh[aspect]).join('、')}不同：已存的总额为 ${formatMoney(was)}，新的总额为 ${formatMoney(now)}。`,
    remedyZh: '请用另一个编号导入差额；已存的订单不会改变。',
    figures: {
      orderId: figures.orderId,
      differs: { type: '[String!]', text: 'The differences.' },
      was: { type: 'Money', text: 'The total of the stored order.' },
      now: { type: 'Money', text: 'The total that was given.' },
    },
  },
  ORDER_EMPTY: {
    kind: 'invalid',
    why: 'The order has no lines.',
    remedy: 'Give the order at least one line.',
    whyZh: '订单中没有商品。',
    remedyZh: '请至少加入一种商品。',
    figures: {},
  },
  ORDER_TOO_LARGE: {
    kind: 'invalid',
    why: 'The order has too many lines, or its total is too high.',
    says: ({ linesMax, totalMinorMax }) =>
      `An order has at most ${linesMax} lines and a total of at most ${totalMinorMax} in minor units.`,
    remedy: 'Split it into several orders.',
    whyZh: ({ linesMax }) => `订单超过 ${linesMax} 种商品，或总额过高。`,
    remedyZh: '请分成几个订单。',
    figures: { linesMax: figures.linesMax, totalMinorMax: figures.totalMinorMax },
  },
  ORDER_CURRENCY_MIXED: {
    kind: 'wrong-state',
    why: 'The lines of the order have different currencies.',
    says: ({ currencies }) =>
      `The lines of the order have different currencies: ${currencies.join(' and ')}.`,
    remedy: 'Split it into one order for each currency.',
    whyZh: ({ currencies }) => `订单中的商品有不同的货币：${currencies.join('、')}。`,
    remedyZh: '请按货币分成几个订单。',
    figures: { currencies: { type: '[CurrencyCode!]', text: 'The currencies of the order.' } },
  },
  PRICE_CHANGED: {
    kind: 'wrong-state',
    why: 'The price has changed since the product was added to the cart.',
    says: ({ was, now }) =>
      `The price has changed from ${formatMoney(was)} to ${formatMoney(now)} since the product was added to the cart.`,
    remedy: 'Accept the new price by setting the quantity of the line again, then order.',
    whyZh: ({ was, now }) => `加入购物车后，价格已从 ${formatMoney(was)} 变为 ${formatMoney(now)}。`,
    remedyZh: '请接受新价格，然后再下单。',
    figures: {
      productId: figures.productId,
      was: { type: 'Money', text: 'The price when the product was added to the cart.' },
      now: { type: 'Money', text: 'The present price.' },
    },
  },
  ORDER_HELD: {
    kind: 'wrong-state',
    why: 'Staff hold the order.',
    says: ({ reasons }) => `Staff hold the order: ${reasons.join(', ')}.`,
    remedy: 'Wait until staff have released it for each of the reasons.',
    whyZh: ({ reasons }) => `商店正在核查此订单：${reasons.join('、')}。`,
    remedyZh: '请等待核查结束。',
    figures: {
      orderId: figures.orderId,
      reasons: { type: '[String!]', text: 'The reasons why the order is held.' },
    },
  },
  ORDER_NOTES_FULL: {
    kind: 'wrong-state',
    why: 'The order has as many internal notes as an order can have.',
    says: ({ notesMax }) => `An order has at most ${notesMax} internal notes.`,
    remedy: 'Keep further notes elsewhere, and name the order there.',
    whyZh: ({ notesMax }) => `一个订单最多有 ${notesMax} 条内部备注。`,
    remedyZh: '请把更多备注写在别处，并注明订单号。',
    figures: {
      orderId: figures.orderId,
      notesMax: { type: 'Int', text: 'The largest number of notes.' },
    },
  },
  ORDER_TAGS_FULL: {
    kind: 'wrong-state',
    why: 'The order has as many tags as an order can have.',
    says: ({ tagsMax }) => `An order has at most ${tagsMax} tags.`,
    remedy: 'Remove a tag first.',
    whyZh: ({ tagsMax }) => `一个订单最多有 ${tagsMax} 个标签。`,
    remedyZh: '请移除一个标签。',
    figures: {
      orderId: figures.orderId,
      tagsMax: { type: 'Int', text: 'The largest number of tags.' },
    },
  },
  TOTAL_CHANGED: {
    kind: 'wrong-state',
    why: 'The total is not the one that the customer has seen.',
    says: ({ was, now }) => `The total has changed from ${formatMoney(was)} to ${formatMoney(now)}.`,
    remedy: 'Order again with the present total.',
    whyZh: ({ was, now }) => `总额已从 ${formatMoney(was)} 变为 ${formatMoney(now)}。`,
    remedyZh: '请核对现在的总额，然后再下单。',
    figures: {
      was: { type: 'Money', text: 'The total that was expected.' },
      now: { type: 'Money', text: 'The present total.' },
    },
    about: ['expectedTotal'],
  },
  PLACE_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'A coordinate is not a 32-bit whole number.',
    says: ({ place: { x, y } }) => `There is no place (${x}, ${y}) on the World's grid.`,
    remedy: 'Give whole numbers from -2147483648 to 2147483647.',
    whyZh: ({ place: { x, y } }) => `地图上没有位置 (${x}, ${y})。`,
    remedyZh: '请输入 -2147483648 到 2147483647 之间的整数。',
    figures: { place: { type: 'Place', text: 'The place that was given.' } },
    about: ['destination', 'x'],
  },
  ORDER_WRONG_STATUS: {
    kind: 'wrong-state',
    why: 'The order’s status does not allow this.',
    says: ({ status }) => `This is not possible for an order with the status ${status}.`,
    remedy:
      'Read the order and choose an action that its status allows; docs/reference/state-machines.md lists them.',
    whyZh: ({ status }) => `订单目前的状态为${status}，不允许此操作。`,
    remedyZh: chooseByStatusZh,
    figures: { orderId: figures.orderId, status: { type: 'OrderStatus', text: 'The status of the order.' } },
    about: ['orderId'],
  },
  ORDER_ALREADY_PAID: {
    kind: 'wrong-state',
    why: 'This order is paid already; no further payment was captured.',
    remedy: 'Do not pay again; the order shows the progress.',
    whyZh: '订单已支付，没有再次扣款。',
    remedyZh: '请不要再次付款；订单页面显示进度。',
    figures: {
      orderId: figures.orderId,
      paymentId: { type: 'ID', text: 'The ID of the payment of the order.' },
    },
    about: ['orderId'],
  },
  ORDER_PAYMENT_PENDING: {
    kind: 'wrong-state',
    why: 'Another payment of this order is in progress; this one was not captured.',
    remedy: 'Wait until that payment is captured or declined; the order shows both.',
    whyZh: '此订单的一笔付款正在处理中，没有再次扣款。',
    remedyZh: '请等待其结果；订单页面会显示。',
    figures: { orderId: figures.orderId, paymentId: { type: 'ID', text: 'The ID of the open payment.' } },
    about: ['orderId'],
  },
  PAYMENT_MISMATCH: {
    kind: 'wrong-state',
    why: 'The paid amount is not the amount that is due; nothing was recorded.',
    says: ({ due, paid }) =>
      `${formatMoney(due)} is due, and ${formatMoney(paid)} was paid; nothing was recorded.`,
    remedy: 'Pay the exact amount.',
    whyZh: ({ due, paid }) => `应付 ${formatMoney(due)}，实付 ${formatMoney(paid)}；没有记录任何付款。`,
    remedyZh: '请支付准确的金额。',
    figures: {
      due: { type: 'Money', text: 'The amount that is due.' },
      paid: { type: 'Money', text: 'The amount that was paid.' },
    },
  },
  ALLOCATION_MISMATCH: {
    kind: 'wrong-state',
    why: 'The reserved goods are not the ordered goods.',
    remedy: 'Reserve exactly the quantities of the order’s lines.',
    whyZh: '预留的商品与订购的商品不符。',
    remedyZh: '请按订单的数量预留。',
    figures: { orderId: figures.orderId },
  },
  ORDER_PART_NOT_FOUND: {
    kind: 'not-found',
    why: 'This shipment is not part of the order.',
    remedy: 'Use the id of one of the order’s shipments.',
    whyZh: '此包裹不属于该订单。',
    remedyZh: '请选择该订单的包裹。',
    figures: { orderId: figures.orderId, shipmentId: figures.shipmentId },
    about: ['shipmentId'],
  },
  ORDER_ALREADY_SHIPPED: {
    kind: 'wrong-state',
    why: 'A part of the order is being loaded or has been shipped.',
    remedy: 'Wait for the delivery, then request a refund from staff.',
    whyZh: '部分商品已经发出或正在装车。',
    remedyZh: '请等待送达，然后向商店申请退款。',
    figures: { orderId: figures.orderId },
    about: ['orderId'],
  },
  ORDER_ALREADY_PACKED: {
    kind: 'wrong-state',
    why: 'All goods of the order are packed or have left, so that only the shop can still cancel some of them.',
    remedy: 'Request the cancellation from the shop, or return the goods after the delivery.',
    whyZh: '全部商品已打包或发出，只有商店还能取消其中一部分。',
    remedyZh: '请向商店申请取消，或在送达后退货。',
    figures: { orderId: figures.orderId },
    about: ['orderId'],
  },
  ORDER_PARTS_CHANGED: {
    kind: 'wrong-state',
    why: 'The parcels of the order changed at the same moment.',
    remedy: 'Read the order, then send the command again.',
    whyZh: '订单的包裹刚刚发生了变化。',
    remedyZh: '请查看订单，然后再试一次。',
    figures: { orderId: figures.orderId },
    about: ['orderId'],
  },
  GOODS_ALREADY_PACKED: {
    kind: 'wrong-state',
    why: 'More pieces are to be cancelled than are not packed yet.',
    says: ({ quantity, max }) => `${quantity} pieces were to be cancelled, and all but ${max} are packed.`,
    remedy: 'Cancel at most the pieces that are not packed, and ask the shop to cancel the others.',
    whyZh: ({ quantity, max }) => `要取消 ${quantity} 件，其中只有 ${max} 件尚未打包。`,
    remedyZh: '请最多取消尚未打包的件数，其余的请联系商店取消。',
    figures: ofCancelled,
    about: ['lines'],
  },
  GOODS_ALREADY_LOADED: {
    kind: 'wrong-state',
    why: 'More pieces are to be cancelled than are not loaded yet.',
    says: ({ quantity, max }) =>
      `${quantity} pieces were to be cancelled, and all but ${max} are on a truck or being loaded.`,
    remedy: 'Cancel at most the pieces that are not loaded, and return the others after the delivery.',
    whyZh: ({ quantity, max }) => `要取消 ${quantity} 件，其中只有 ${max} 件尚未装车。`,
    remedyZh: '请最多取消尚未装车的件数，其余的请在送达后退货。',
    figures: ofCancelled,
    about: ['lines'],
  },
  REFUND_NOT_POSITIVE: {
    kind: 'invalid',
    why: 'The refund is not greater than zero.',
    says: ({ asked }) => `A refund of ${formatMoney(asked)} is not greater than zero.`,
    remedy: 'Refund at least one minor unit, such as a penny.',
    whyZh: ({ asked }) => `退款金额 ${formatMoney(asked)} 不大于零。`,
    remedyZh: '请至少退一个最小货币单位。',
    figures: { asked: figures.asked },
    about: ['amount'],
  },
  REFUND_TOO_LARGE: {
    kind: 'wrong-state',
    why: 'The refund is greater than the refundable rest of the payment.',
    says: ({ asked, refundable }) =>
      `A refund of ${formatMoney(asked)} is greater than the refundable ${formatMoney(refundable)}.`,
    remedy: 'Refund at most the refundable amount, in the currency of the order.',
    whyZh: ({ asked, refundable }) =>
      `退款金额 ${formatMoney(asked)} 超过可退的 ${formatMoney(refundable)}。`,
    remedyZh: '请用订单的货币，最多退可退的金额。',
    figures: {
      refundable: { type: 'Money', text: 'The amount that can still be refunded.' },
      asked: figures.asked,
    },
    about: ['amount'],
  },
  REFUND_DIFFERS: {
    kind: 'already-exists',
    why: 'A refund with this id exists, with another amount or other goods.',
    says: ({ was, now }) =>
      `The stored refund has other goods or another amount: ${formatMoney(was)} instead of ${formatMoney(now)}.`,
    remedy: 'Request the difference as another refund; the stored one is not changed.',
    whyZh: ({ was, now }) =>
      `已有的这笔退款商品或金额不同：${formatMoney(was)}，而不是 ${formatMoney(now)}。`,
    remedyZh: '请把差额作为另一笔退款；已有的不会改变。',
    figures: {
      refundId: figures.refundId,
      was: { type: 'Money', text: 'The amount of the stored refund.' },
      now: { type: 'Money', text: 'The amount that was given.' },
    },
  },
  REFUND_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such refund.',
    remedy: 'Use the id of one of the order’s refunds.',
    whyZh: '没有这笔退款。',
    remedyZh: '请选择该订单的退款。',
    figures: { refundId: figures.refundId },
  },
  PAYMENT_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such payment.',
    remedy: 'Use the ID of a payment of the order.',
    whyZh: '没有这笔付款。',
    remedyZh: '请在订单页面查看付款。',
    figures: { paymentId: figures.paymentId },
  },
  PAYMENT_ALREADY_REQUESTED: {
    kind: 'already-exists',
    why: 'This payment was requested already.',
    remedy: 'Wait for its outcome; the order shows it.',
    whyZh: '这笔付款已经提交。',
    remedyZh: '请等待其结果；订单页面会显示。',
    figures: { paymentId: figures.paymentId },
  },
  PAYMENT_NOT_POSITIVE: {
    kind: 'invalid',
    why: 'The payment is not greater than zero.',
    says: ({ amount }) => `A payment of ${formatMoney(amount)} is not greater than zero.`,
    remedy: 'Pay the amount that is due.',
    whyZh: ({ amount }) => `付款金额 ${formatMoney(amount)} 不大于零。`,
    remedyZh: '请支付应付的金额。',
    figures: { amount: { type: 'Money', text: 'The amount that was given.' } },
  },
  PAYMENT_WRONG_STATUS: {
    kind: 'wrong-state',
    why: 'The payment’s status does not allow this.',
    says: ({ status }) => `This is not possible for a payment with the status ${status}.`,
    remedy: 'Read the order, and pay it again if it is unpaid.',
    whyZh: ({ status }) => `付款目前的状态为“${paymentStatusesZh[status]}”，不允许此操作。`,
    remedyZh: '请查看订单；如尚未付款，请再次付款。',
    figures: { paymentId: figures.paymentId, status: { type: 'String', text: 'The status of the payment.' } },
  },
  PAYMENT_DECLINED: {
    kind: 'wrong-state',
    why: 'The payment was declined; the order exists and is unpaid.',
    says: ({ reason }) => `The payment was declined (${reason}); the order exists and is unpaid.`,
    remedy: 'Pay the order with another method.',
    whyZh: ({ reason }) => `付款被拒绝（${reason}）；订单仍在，尚未付款。`,
    remedyZh: '请用其他方式支付该订单。',
    figures: {
      orderId: figures.orderId,
      reason: { type: 'String', text: 'The reason that the payment provider gave.' },
    },
    about: ['paymentMethod'],
  },
  PAYMENT_METHOD_UNKNOWN: {
    kind: 'invalid',
    why: 'There is no such payment method.',
    says: ({ method, known }) =>
      `There is no payment method "${method}". The methods are: ${known.join(', ')}.`,
    remedy: 'Choose one of the known methods.',
    whyZh: ({ method, known }) => `没有付款方式“${method}”。可用的方式：${known.join('、')}。`,
    remedyZh: '请选择其中一种。',
    figures: {
      method: { type: 'String', text: 'The payment method that was given.' },
      known: { type: '[String!]', text: 'The payment methods that exist.' },
    },
    about: ['paymentMethod'],
  },
} satisfies SomeRows;
