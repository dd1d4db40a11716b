import { formatMoney } from '../domain/money';
import type { OrderDifference } from '../domain/order';
import type { Rejection } from './rejections';

type Code = Rejection['code'];
type Of<C extends Code> = Extract<Rejection, { readonly code: C }>;

/** What a refusal tells a person, at every door. Each part is one sentence or two, with their full stops. */
type RejectionText<R> = {
  /** What is wrong, whatever the figures. */
  readonly why: string;
  /** The same with the figures, where they tell more. */
  readonly says?: (rejection: R) => string;
  /** What the caller can do about it. */
  readonly remedy: string;
};

const aspects: Readonly<Record<OrderDifference, string>> = {
  customer: 'another customer',
  lines: 'other goods, quantities or prices',
  soldAt: 'another date',
  country: 'another country',
};

/** The texts of every refusal there is; a new code stops the build until it has its own. */
export const rejectionTexts: { readonly [C in Code]: RejectionText<Of<C>> } = {
  EMAIL_TAKEN: {
    why: 'This e-mail address has an account already.',
    remedy: 'Log in instead, or sign up with another address.',
  },
  ACCOUNT_NOT_FOUND: {
    why: 'There is no such account.',
    remedy: 'Sign up first, or check the id.',
  },
  EMAIL_INVALID: {
    why: 'This is not an e-mail address.',
    remedy: 'Give one like ada@example.com.',
  },
  NAME_EMPTY: {
    why: 'The name is empty.',
    remedy: 'Give a name.',
  },
  SESSION_INVALID: {
    why: 'The refresh token does not count: it was used before, logged out, has expired, or is not one of ours.',
    remedy: 'Log in anew.',
  },
  LAST_ADMINISTRATOR: {
    why: 'This is the last administrator.',
    remedy: 'Give another account the role first, with grantRole.',
  },
  CREDENTIALS_WRONG: {
    why: 'No account has this e-mail address and password.',
    remedy: 'Check both, or sign up.',
  },
  PASSWORD_INVALID: {
    why: 'The password consists of blanks, or holds control characters.',
    remedy: 'Choose one of letters, digits and other signs that can be typed.',
  },
  PASSWORD_TOO_SHORT: {
    why: 'The password has fewer characters than it needs.',
    says: ({ min }) => `A password has at least ${min} characters.`,
    remedy: 'Choose a longer one.',
  },

  PRODUCT_NOT_FOUND: {
    why: 'There is no such product.',
    remedy: 'Take the id of one that the query products lists.',
  },
  PRODUCT_ALREADY_REGISTERED: {
    why: 'Another product has this SKU.',
    says: ({ sku }) => `Another product has the SKU ${sku}.`,
    remedy: 'Change that product, or choose another SKU.',
  },
  PRODUCT_DISCONTINUED: {
    why: 'This product is no longer sold.',
    remedy: 'Choose another one that the query products lists.',
  },
  PRICE_NOT_POSITIVE: {
    why: 'The price is not more than zero.',
    says: ({ price }) => `${formatMoney(price)} is not more than zero.`,
    remedy: 'Give a price of at least one minor unit, such as a penny.',
  },
  CURRENCY_CHANGED: {
    why: 'A product keeps its currency.',
    says: ({ was, now }) => `The product is priced in ${was}, and can't be priced in ${now}.`,
    remedy: 'Give a price in its own currency, or register another product for the other one.',
  },
  SKU_EMPTY: {
    why: 'The SKU is empty.',
    remedy: 'Give a SKU, the key by which the seller knows the product.',
  },

  QUANTITY_OUT_OF_RANGE: {
    why: 'The quantity is not a whole number within the range that is possible here.',
    says: ({ quantity, min, max }) =>
      max < min
        ? 'There is none left to give back.'
        : `${quantity} is not a whole number from ${min} to ${max}.`,
    remedy: 'Give a quantity within the range; what is in the cart or given back already counts too.',
  },
  CART_FULL: {
    why: 'The cart has as many different products as it can hold.',
    says: ({ linesMax }) => `A cart holds at most ${linesMax} different products.`,
    remedy: 'Order what is in it first, or take something out.',
  },
  CART_TOTAL_TOO_LARGE: {
    why: 'The cart would come to more than an order may.',
    says: ({ totalMinorMax }) => `A cart comes to at most ${totalMinorMax} in minor units.`,
    remedy: 'Ask for fewer pieces, or order what is in the cart first.',
  },
  CART_LINE_NOT_FOUND: {
    why: 'This product is not in the cart.',
    remedy: 'Put it in with addToCart; the query cart shows what is there.',
  },
  CART_CURRENCY_MIXED: {
    why: 'The product is priced in another currency than what is in the cart.',
    says: ({ cart, product }) => `What is in the cart is priced in ${cart}, the product in ${product}.`,
    remedy: 'Order what is in the cart first, then add the product.',
  },
  CART_EMPTY: {
    why: 'The cart is empty.',
    remedy: 'Put something in with addToCart, then order.',
  },

  ORDER_NOT_FOUND: {
    why: 'There is no such order, or it is somebody else’s.',
    remedy: 'Take the id of one that the query orders lists.',
  },
  ORDER_ALREADY_PLACED: {
    why: 'This order was placed already.',
    remedy: 'Read it with the query order; to order once more, fill the cart anew.',
  },
  ORDER_DIFFERS: {
    why: 'An order that was made elsewhere is known under this name, and says otherwise.',
    says: ({ differs, was, now }) =>
      `The order is known with ${differs.map((aspect) => aspects[aspect]).join(' and ')}: it came to ${formatMoney(was)}, and now to ${formatMoney(now)}.`,
    remedy: 'Give what is new a name of its own; the known order stays as it is.',
  },
  ORDER_EMPTY: {
    why: 'There is nothing to order.',
    remedy: 'Give the order at least one line.',
  },
  ORDER_TOO_LARGE: {
    why: 'The order has too many lines, or is worth too much.',
    says: ({ linesMax, totalMinorMax }) =>
      `An order has at most ${linesMax} lines, worth at most ${totalMinorMax} in minor units.`,
    remedy: 'Split it into several orders.',
  },
  ORDER_CURRENCY_MIXED: {
    why: 'An order is in one currency.',
    says: ({ currencies }) => `An order is in one currency, not in ${currencies.join(' and ')}.`,
    remedy: 'Split it into one order for each currency.',
  },
  PRICE_CHANGED: {
    why: 'A price has changed since the product went into the cart.',
    says: ({ was, now }) =>
      `A price has changed from ${formatMoney(was)} to ${formatMoney(now)} since the product went into the cart.`,
    remedy: 'Take on the new price with changeCartLine, then order again.',
  },
  PLACE_OUT_OF_RANGE: {
    why: 'A coordinate is not a 32-bit whole number.',
    says: ({ place: { x, y } }) => `There is no place (${x}, ${y}) on the World's grid.`,
    remedy: 'Give whole numbers from -2147483648 to 2147483647.',
  },
  ORDER_WRONG_STATUS: {
    why: 'The order’s status does not allow this.',
    says: ({ status }) => `This is not possible for an order that is ${status}.`,
    remedy: 'Read the order and do what its status allows; docs/reference/state-machines.md has them all.',
  },
  ORDER_ALREADY_PAID: {
    why: 'This order is paid already; nothing more was taken.',
    remedy: 'Pay no more: the query order shows how it goes on.',
  },
  ORDER_PAYMENT_PENDING: {
    why: 'Another payment of this order is under way, and nothing was taken now.',
    remedy: 'Wait until the order is paid or that payment is declined; the order shows both.',
  },
  PAYMENT_MISMATCH: {
    why: 'The sum paid is not the sum due; nothing was recorded.',
    says: ({ due, paid }) =>
      `${formatMoney(due)} is due, and ${formatMoney(paid)} was paid; nothing was recorded.`,
    remedy: 'Pay the exact sum.',
  },
  ALLOCATION_MISMATCH: {
    why: 'The goods set aside are not the goods ordered.',
    remedy: 'Set aside what the order’s lines say, no more and no less.',
  },
  ORDER_PART_NOT_FOUND: {
    why: 'This shipment is not part of the order.',
    remedy: 'Take one of the order’s own shipments.',
  },
  ORDER_ALREADY_SHIPPED: {
    why: 'Something of the order is on its way already, or is just being loaded.',
    remedy: 'Wait until it arrives, then ask staff for a refund.',
  },
  REFUND_NOT_POSITIVE: {
    why: 'The refund is not more than zero.',
    says: ({ asked }) => `A refund of ${formatMoney(asked)} is not more than zero.`,
    remedy: 'Ask back at least one minor unit, such as a penny.',
  },
  REFUND_TOO_LARGE: {
    why: 'More is asked back than is left of what was paid.',
    says: ({ asked, refundable }) =>
      `${formatMoney(asked)} is asked back, and ${formatMoney(refundable)} is left of what was paid.`,
    remedy: 'Ask back what is left at most, in the currency of the order.',
  },
  REFUND_DIFFERS: {
    why: 'A refund is known under this name, of another sum or for other goods.',
    says: ({ was, now }) =>
      `The refund is known with other goods or another sum: ${formatMoney(was)} then, ${formatMoney(now)} now.`,
    remedy: 'Ask for what is missing as a refund of its own; the known one stays as it is.',
  },
  REFUND_NOT_FOUND: {
    why: 'There is no such refund.',
    remedy: 'Take the id of one of the order’s refunds.',
  },

  PAYMENT_NOT_FOUND: {
    why: 'There is no such payment.',
    remedy: 'Take the id that payOrder answered with.',
  },
  PAYMENT_ALREADY_REQUESTED: {
    why: 'This payment was requested already.',
    remedy: 'Wait for its outcome; the query order shows it.',
  },
  PAYMENT_NOT_POSITIVE: {
    why: 'The payment is not more than zero.',
    says: ({ amount }) => `A payment of ${formatMoney(amount)} is not more than zero.`,
    remedy: 'Pay the sum that is due.',
  },
  PAYMENT_WRONG_STATUS: {
    why: 'The payment’s status does not allow this.',
    says: ({ status }) => `This is not possible for a payment that is ${status}.`,
    remedy: 'Read the order, and pay it anew where it is unpaid.',
  },
  PAYMENT_DECLINED: {
    why: 'The payment was declined; the order stands, unpaid.',
    says: ({ reason }) => `The payment was declined (${reason}); the order stands, unpaid.`,
    remedy: 'Pay it in another way with payOrder.',
  },
  PAYMENT_METHOD_UNKNOWN: {
    why: 'There is no such way to pay.',
    says: ({ method, known }) => `There is no way to pay called "${method}", only: ${known.join(', ')}.`,
    remedy: 'Choose one of the known ways.',
  },

  SHIPMENT_NOT_FOUND: {
    why: 'There is no such shipment.',
    remedy: 'Take the id of one of the order’s shipments.',
  },
  SHIPMENT_ALREADY_CREATED: {
    why: 'This shipment was created already.',
    remedy: 'Read it with the query shipment.',
  },
  SHIPMENT_EMPTY: {
    why: 'There is nothing to ship.',
    remedy: 'Give the shipment at least one item.',
  },
  SHIPMENT_WRONG_STATUS: {
    why: 'The shipment’s status does not allow this.',
    says: ({ status }) => `This is not possible for a shipment that is ${status}.`,
    remedy: 'Read the shipment and do what its status allows; docs/reference/state-machines.md has them all.',
  },
  WRONG_WAREHOUSE: {
    why: 'The truck is at another warehouse than the shipment.',
    says: ({ expected, actual }) => `The shipment is at warehouse ${expected}, the truck at ${actual}.`,
    remedy: 'Send the truck to the shipment’s warehouse.',
  },
  WRONG_TRUCK: {
    why: 'Another truck was sent for the shipment.',
    says: ({ expected, actual }) => `Truck ${expected} was sent for the shipment, not truck ${actual}.`,
    remedy: 'Report about the truck that was sent.',
  },
  TRACKING_NUMBER_EMPTY: {
    why: 'The tracking number is empty.',
    remedy: 'Give the carrier’s number of the parcel.',
  },
  TRACKING_NUMBER_TAKEN: {
    why: 'Another open parcel of this carrier has the tracking number.',
    says: ({ trackingNumber }) =>
      `Another open parcel of this carrier has the tracking number ${trackingNumber}.`,
    remedy:
      'Give each parcel a number of its own; one is free again when its parcel is delivered or cancelled.',
  },
  TRACKING_NUMBER_INVALID: {
    why: 'The tracking number has characters or a length that no tracking number has.',
    says: ({ trackingNumber }) => `${JSON.stringify(trackingNumber.slice(0, 100))} is no tracking number.`,
    remedy: 'Give 1 to 64 letters and digits; blanks and . _ / - may stand between them.',
  },

  WAREHOUSE_NOT_FOUND: {
    why: 'There is no such warehouse.',
    remedy: 'Take the id of one that the query warehouses lists.',
  },
  WAREHOUSE_ALREADY_REGISTERED: {
    why: 'This warehouse is registered already.',
    remedy: 'Use it as it is; the query warehouses shows it.',
  },
  INSUFFICIENT_STOCK: {
    why: 'There are fewer than wanted.',
    says: ({ available, wanted }) => `There are ${available}, and ${wanted} are wanted.`,
    remedy: 'Ask for what there is at most, or replenish first.',
  },
  RESERVATION_NOT_FOUND: {
    why: 'Nothing is set aside for this order.',
    remedy: 'Set the goods aside first.',
  },

  REVIEW_NOT_FOUND: {
    why: 'There is no such review, it was withdrawn, or it is somebody else’s.',
    remedy: 'Take the id of one of your own reviews, which the query me lists, or write one.',
  },
  REVIEW_ALREADY_WRITTEN: {
    why: 'You have written a review of this already.',
    remedy: 'Change that one with editReview.',
  },
  RATING_OUT_OF_RANGE: {
    why: 'The rating is not one of the possible ones.',
    says: ({ rating, min, max }) => `${rating} is not a whole number from ${min} to ${max}.`,
    remedy: 'Give a rating within the range.',
  },
  REVIEW_TEXT_TOO_LONG: {
    why: 'The text has more characters than a review may have.',
    says: ({ length, max }) => `A review has at most ${max} characters, and this one has ${length}.`,
    remedy: 'Shorten it.',
  },
  SUBJECT_NOT_FOUND: {
    why: 'There is no such product or seller to review.',
    remedy: 'Take the id of a product that the query products lists, or of its seller.',
  },

  CARRIER_MESSAGE_NOT_FOUND: {
    why: 'There is no such message to or from a carrier.',
    remedy: 'Take the id of one that the query parkedCarrierMessages lists.',
  },
  CARRIER_MESSAGE_SETTLED: {
    why: 'The message has had its effect: it was applied, or the carrier has acknowledged it.',
    remedy: 'Take one that still waits: there is nothing left of this one to be tried again.',
  },

  IDEMPOTENCY_KEY_REUSED: {
    why: 'This idempotency key stands for another command: it was sent with other input, or by another person.',
    remedy: 'Send a new command with a new key, or the first one again exactly as it was.',
  },

  WORLD_NOT_SIMULATED: {
    why: 'No World simulator runs in the process that was asked.',
    remedy: 'Ask one with WAYBILL_WORLD=simulated and the role simulators.',
  },
};

/** What is wrong and what to do, for the person who was refused. */
export const messageOf = (rejection: Rejection): string => {
  const { why, says, remedy } = rejectionTexts[rejection.code];
  // The table pairs each code with a function of that code's rejection; the compiler can't follow the pairing here.
  const what = (says as ((rejection: Rejection) => string) | undefined)?.(rejection) ?? why;
  return `${what} ${remedy}`;
};
