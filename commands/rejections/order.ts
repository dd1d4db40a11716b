import { formatMoney } from '../../domain/money';
import type { OrderDifference } from '../../domain/order';
import { figures, type SomeRows } from './row';

const aspects: Readonly<Record<OrderDifference, string>> = {
  customer: 'another customer',
  lines: 'other goods, quantities or prices',
  soldAt: 'another date',
  country: 'another country',
};

export const orderRejections = {
  ORDER_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such order, or it belongs to another account.',
    remedy: 'Take the id of one that the query orders lists.',
    figures: { orderId: figures.orderId },
    about: ['orderId'],
  },
  ORDER_ALREADY_PLACED: {
    kind: 'already-exists',
    why: 'This order was placed already.',
    remedy: 'Read it with the query order; to order once more, fill the cart again.',
    figures: { orderId: figures.orderId },
  },
  ORDER_DIFFERS: {
    kind: 'already-exists',
    why: 'An order that was made elsewhere is known under this name, and says otherwise.',
    says: ({ differs, was, now }) =>
      `The order is known with ${differs.map((aspect) => aspects[aspect]).join(' and ')}: it came to ${formatMoney(was)}, and now to ${formatMoney(now)}.`,
    remedy: 'Give what is new a name of its own; the known order stays as it is.',
    figures: {
      orderId: figures.orderId,
      differs: { type: '[String!]', text: 'What differs.' },
      was: { type: 'Money', text: 'The total of the known order.' },
      now: { type: 'Money', text: 'The total that was given.' },
    },
  },
  ORDER_EMPTY: {
    kind: 'invalid',
    why: 'There is nothing to order.',
    remedy: 'Give the order at least one line.',
    figures: {},
  },
  ORDER_TOO_LARGE: {
    kind: 'invalid',
    why: 'The order has too many lines, or is worth too much.',
    says: ({ linesMax, totalMinorMax }) =>
      `An order has at most ${linesMax} lines, worth at most ${totalMinorMax} in minor units.`,
    remedy: 'Split it into several orders.',
    figures: { linesMax: figures.linesMax, totalMinorMax: figures.totalMinorMax },
  },
  ORDER_CURRENCY_MIXED: {
    kind: 'wrong-state',
    why: 'An order is in one currency.',
    says: ({ currencies }) => `An order is in one currency, not in ${currencies.join(' and ')}.`,
    remedy: 'Split it into one order for each currency.',
    figures: { currencies: { type: '[CurrencyCode!]', text: 'The currencies of the order.' } },
  },
  PRICE_CHANGED: {
    kind: 'wrong-state',
    why: 'A price has changed since the product went into the cart.',
    says: ({ was, now }) =>
      `A price has changed from ${formatMoney(was)} to ${formatMoney(now)} since the product went into the cart.`,
    remedy: 'Accept the new price with changeCartLine, then order again.',
    figures: {
      productId: figures.productId,
      was: { type: 'Money', text: 'The price when the product was put into the cart.' },
      now: { type: 'Money', text: 'The price today.' },
    },
  },
  PLACE_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'A coordinate is not a 32-bit whole number.',
    says: ({ place: { x, y } }) => `There is no place (${x}, ${y}) on the World's grid.`,
    remedy: 'Give whole numbers from -2147483648 to 2147483647.',
    figures: { place: { type: 'Place', text: 'The place that was given.' } },
    about: ['destination', 'x'],
  },
  ORDER_WRONG_STATUS: {
    kind: 'wrong-state',
    why: 'The order’s status does not allow this.',
    says: ({ status }) => `This is not possible for an order with the status ${status}.`,
    remedy: 'Read the order and do what its status allows; docs/reference/state-machines.md has them all.',
    figures: { orderId: figures.orderId, status: { type: 'OrderStatus', text: 'The status of the order.' } },
    about: ['orderId'],
  },
  ORDER_ALREADY_PAID: {
    kind: 'wrong-state',
    why: 'This order is paid already; nothing more was taken.',
    remedy: 'Pay no more: the query order shows how it goes on.',
    figures: {
      orderId: figures.orderId,
      paymentId: { type: 'ID', text: 'The ID of the payment that paid it.' },
    },
    about: ['orderId'],
  },
  ORDER_PAYMENT_PENDING: {
    kind: 'wrong-state',
    why: 'Another payment of this order is under way, and nothing was taken now.',
    remedy: 'Wait until the order is paid or that payment is declined; the order shows both.',
    figures: { orderId: figures.orderId, paymentId: { type: 'ID', text: 'The ID of the open payment.' } },
    about: ['orderId'],
  },
  PAYMENT_MISMATCH: {
    kind: 'wrong-state',
    why: 'The sum paid is not the sum due; nothing was recorded.',
    says: ({ due, paid }) =>
      `${formatMoney(due)} is due, and ${formatMoney(paid)} was paid; nothing was recorded.`,
    remedy: 'Pay the exact sum.',
    figures: {
      due: { type: 'Money', text: 'The amount that is due.' },
      paid: { type: 'Money', text: 'The amount that was paid.' },
    },
  },
  ALLOCATION_MISMATCH: {
    kind: 'wrong-state',
    why: 'The goods set aside are not the goods ordered.',
    remedy: 'Set aside what the order’s lines say, no more and no less.',
    figures: { orderId: figures.orderId },
  },
  ORDER_PART_NOT_FOUND: {
    kind: 'not-found',
    why: 'This shipment is not part of the order.',
    remedy: 'Take one of the order’s own shipments.',
    figures: { orderId: figures.orderId, shipmentId: figures.shipmentId },
    about: ['shipmentId'],
  },
  ORDER_ALREADY_SHIPPED: {
    kind: 'wrong-state',
    why: 'Something of the order is on its way already, or is just being loaded.',
    remedy: 'Wait until it arrives, then ask staff for a refund.',
    figures: { orderId: figures.orderId },
    about: ['orderId'],
  },
  REFUND_NOT_POSITIVE: {
    kind: 'invalid',
    why: 'The refund is not more than zero.',
    says: ({ asked }) => `A refund of ${formatMoney(asked)} is not more than zero.`,
    remedy: 'Ask back at least one minor unit, such as a penny.',
    figures: { asked: figures.asked },
    about: ['amount'],
  },
  REFUND_TOO_LARGE: {
    kind: 'wrong-state',
    why: 'More is asked back than is left of what was paid.',
    says: ({ asked, refundable }) =>
      `${formatMoney(asked)} is asked back, and ${formatMoney(refundable)} is left of what was paid.`,
    remedy: 'Ask back what is left at most, in the currency of the order.',
    figures: {
      refundable: { type: 'Money', text: 'The amount that can still be refunded.' },
      asked: figures.asked,
    },
    about: ['amount'],
  },
  REFUND_DIFFERS: {
    kind: 'already-exists',
    why: 'A refund is known under this name, of another sum or for other goods.',
    says: ({ was, now }) =>
      `The refund is known with other goods or another sum: ${formatMoney(was)} then, ${formatMoney(now)} now.`,
    remedy: 'Ask for what is missing as a refund of its own; the known one stays as it is.',
    figures: {
      refundId: figures.refundId,
      was: { type: 'Money', text: 'The amount of the known refund.' },
      now: { type: 'Money', text: 'The amount that was given.' },
    },
  },
  REFUND_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such refund.',
    remedy: 'Take the id of one of the order’s refunds.',
    figures: { refundId: figures.refundId },
  },
  PAYMENT_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such payment.',
    remedy: 'Take the id that payOrder answered with.',
    figures: { paymentId: figures.paymentId },
  },
  PAYMENT_ALREADY_REQUESTED: {
    kind: 'already-exists',
    why: 'This payment was requested already.',
    remedy: 'Wait for its outcome; the query order shows it.',
    figures: { paymentId: figures.paymentId },
  },
  PAYMENT_NOT_POSITIVE: {
    kind: 'invalid',
    why: 'The payment is not more than zero.',
    says: ({ amount }) => `A payment of ${formatMoney(amount)} is not more than zero.`,
    remedy: 'Pay the sum that is due.',
    figures: { amount: { type: 'Money', text: 'The amount that was given.' } },
  },
  PAYMENT_WRONG_STATUS: {
    kind: 'wrong-state',
    why: 'The payment’s status does not allow this.',
    says: ({ status }) => `This is not possible for a payment with the status ${status}.`,
    remedy: 'Read the order, and pay it again where it is unpaid.',
    figures: { paymentId: figures.paymentId, status: { type: 'String', text: 'The status of the payment.' } },
  },
  PAYMENT_DECLINED: {
    kind: 'wrong-state',
    why: 'The payment was declined; the order stands, unpaid.',
    says: ({ reason }) => `The payment was declined (${reason}); the order stands, unpaid.`,
    remedy: 'Pay it with another method, with payOrder.',
    figures: {
      orderId: figures.orderId,
      reason: { type: 'String', text: 'The reason, as the payment provider gives it.' },
    },
    about: ['paymentMethod'],
  },
  PAYMENT_METHOD_UNKNOWN: {
    kind: 'invalid',
    why: 'There is no such payment method.',
    says: ({ method, known }) =>
      `There is no payment method "${method}". The methods are: ${known.join(', ')}.`,
    remedy: 'Choose one of the known methods.',
    figures: {
      method: { type: 'String', text: 'The payment method that was given.' },
      known: { type: '[String!]', text: 'The payment methods that exist.' },
    },
    about: ['paymentMethod'],
  },
} satisfies SomeRows;
