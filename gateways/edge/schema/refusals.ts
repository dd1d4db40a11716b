import type { Rejection } from '../../../commands/rejections';

type Code = Rejection['code'];
type Of<C extends Code> = Extract<Rejection, { readonly code: C }>;
type FigureName<R> = Exclude<keyof R, 'code'> & string;

/** How a refusal is shown: its type's description, its figures' types, its sentence, and the input field it is about. */
type Refusal<R> = {
  readonly description: string;
  readonly figures: Readonly<Record<FigureName<R>, string>>;
  /** Figures that have another name outside, where theirs would clash with a field of the success. */
  readonly names?: Readonly<Partial<Record<FigureName<R>, string>>>;
  readonly message: (rejection: R) => string;
  /** Names that the field may have in a mutation's input. */
  readonly about?: readonly string[];
};

/**
 * Every refusal of the platform, as the outside sees it. A new rejection code, or a new figure of one, stops the build
 * until it is told here. Codes are stable: docs/reference/errors.md lists them.
 */
export const refusals: { readonly [C in Code]: Refusal<Of<C>> } = {
  EMAIL_TAKEN: {
    description: 'The e-mail address has an account already. Log in instead.',
    figures: {},
    message: () => 'This e-mail address has an account already. Log in instead.',
    about: ['email'],
  },
  ACCOUNT_NOT_FOUND: {
    description: 'There is no such account.',
    figures: {},
    message: () => 'There is no such account.',
  },
  EMAIL_INVALID: {
    description: 'The text is not an e-mail address.',
    figures: {},
    message: () => 'This is not an e-mail address.',
    about: ['email'],
  },
  NAME_EMPTY: {
    description: 'A name is needed.',
    figures: {},
    message: () => 'Give a name.',
    about: ['name'],
  },
  SESSION_INVALID: {
    description:
      'The refresh token is not, or no longer, good: used before, logged out or expired. Log in anew.',
    figures: {},
    message: () => 'The session has ended. Log in anew.',
    about: ['refreshToken'],
  },
  CREDENTIALS_WRONG: {
    description: 'No account has this e-mail address and password. Which of the two is wrong is not told.',
    figures: {},
    message: () => 'The e-mail address or the password is wrong.',
    about: ['password'],
  },
  PASSWORD_TOO_SHORT: {
    description: 'The password has fewer characters than it needs.',
    figures: { min: 'Int!' },
    message: ({ min }) => `A password has at least ${min} characters.`,
    about: ['password'],
  },

  PRODUCT_NOT_FOUND: {
    description: 'There is no such product.',
    figures: { productId: 'ID!' },
    message: () => 'There is no such product.',
    about: ['productId'],
  },
  PRODUCT_ALREADY_REGISTERED: {
    description: 'The SKU is another product’s. Change that product, or choose another SKU.',
    figures: { productId: 'ID!', sku: 'String!' },
    message: ({ sku }) => `There is a product with the SKU ${sku} already.`,
    about: ['sku'],
  },
  PRODUCT_DISCONTINUED: {
    description: 'The product is no longer sold.',
    figures: { productId: 'ID!' },
    message: () => 'This product is no longer sold.',
    about: ['productId'],
  },
  PRICE_NOT_POSITIVE: {
    description: 'A price is more than nothing.',
    figures: { price: 'Money!' },
    message: () => 'A price must be more than zero.',
    about: ['price'],
  },
  CURRENCY_CHANGED: {
    description: 'A product keeps its currency. Register another product for another one.',
    figures: { was: 'CurrencyCode!', now: 'CurrencyCode!' },
    message: ({ was, now }) => `The product is priced in ${was}, and can't be priced in ${now}.`,
    about: ['price'],
  },
  SKU_EMPTY: {
    description: 'A SKU is needed.',
    figures: {},
    message: () => 'Give a SKU.',
    about: ['sku'],
  },

  QUANTITY_OUT_OF_RANGE: {
    description: 'The quantity is less or more than is possible here.',
    figures: { quantity: 'Float!', min: 'SafeInt!', max: 'SafeInt!' },
    message: ({ quantity, min, max }) =>
      `A quantity is a whole number from ${min} to ${max}, not ${quantity}.`,
    about: ['quantity', 'lines'],
  },
  CART_FULL: {
    description: 'The cart has as many different products as it can hold.',
    figures: { linesMax: 'Int!' },
    message: ({ linesMax }) => `A cart holds at most ${linesMax} different products.`,
  },
  CART_LINE_NOT_FOUND: {
    description: 'The product is not in the cart.',
    figures: { productId: 'ID!' },
    message: () => 'This product is not in the cart.',
    about: ['productId'],
  },
  CART_CURRENCY_MIXED: {
    description: 'The product is priced in another currency than what is in the cart. Order that first.',
    figures: { cart: 'CurrencyCode!', product: 'CurrencyCode!' },
    names: { cart: 'cartCurrency', product: 'productCurrency' },
    message: ({ cart, product }) => `The cart is in ${cart}, the product in ${product}: order one first.`,
    about: ['productId'],
  },
  CART_EMPTY: {
    description: 'The cart is empty: there is nothing to order.',
    figures: {},
    message: () => 'The cart is empty.',
  },

  ORDER_NOT_FOUND: {
    description: 'There is no such order, or it is somebody else’s.',
    figures: { orderId: 'ID!' },
    message: () => 'There is no such order.',
    about: ['orderId'],
  },
  ORDER_ALREADY_PLACED: {
    description: 'The order was placed before.',
    figures: { orderId: 'ID!' },
    message: () => 'This order was placed already.',
  },
  ORDER_EMPTY: {
    description: 'An order has at least one line.',
    figures: {},
    message: () => 'There is nothing to order.',
  },
  ORDER_TOO_LARGE: {
    description: 'The order has too many lines or is worth too much. Split it.',
    figures: { linesMax: 'Int!', totalMinorMax: 'SafeInt!' },
    message: ({ linesMax, totalMinorMax }) =>
      `An order has at most ${linesMax} lines, worth at most ${totalMinorMax} in minor units.`,
  },
  ORDER_CURRENCY_MIXED: {
    description: 'An order is in one currency.',
    figures: { currencies: '[CurrencyCode!]!' },
    message: ({ currencies }) => `An order is in one currency, not in ${currencies.join(' and ')}.`,
  },
  PRICE_CHANGED: {
    description:
      'A price has changed since the product went into the cart. Change the line to take the new one.',
    figures: { productId: 'ID!', was: 'Money!', now: 'Money!' },
    message: () => 'A price has changed since: take on the new one with changeCartLine, then order again.',
  },
  PLACE_OUT_OF_RANGE: {
    description: 'A coordinate is not a 32-bit whole number.',
    figures: { place: 'Place!' },
    message: () => 'A coordinate is a whole number from -2147483648 to 2147483647.',
    about: ['destination', 'x'],
  },
  ORDER_WRONG_STATUS: {
    description: 'What was asked is not possible in the order’s status.',
    figures: { orderId: 'ID!', status: 'OrderStatus!' },
    message: ({ status }) => `This is not possible for an order that is ${status}.`,
    about: ['orderId'],
  },
  ORDER_ALREADY_PAID: {
    description: 'The order was paid before; nothing more was taken.',
    figures: { orderId: 'ID!', paymentId: 'ID!' },
    message: () => 'This order is paid already; nothing more was taken.',
    about: ['orderId'],
  },
  PAYMENT_MISMATCH: {
    description: 'The sum paid is not the sum due; nothing was recorded.',
    figures: { due: 'Money!', paid: 'Money!' },
    message: () => 'The sum paid is not the sum due; nothing was recorded.',
  },
  ALLOCATION_MISMATCH: {
    description: 'The goods set aside are not the goods ordered.',
    figures: { orderId: 'ID!' },
    message: () => 'The goods set aside are not the goods ordered.',
  },
  ORDER_PART_NOT_FOUND: {
    description: 'The shipment is not part of the order.',
    figures: { orderId: 'ID!', shipmentId: 'ID!' },
    message: () => 'This shipment is not part of the order.',
    about: ['shipmentId'],
  },
  ORDER_ALREADY_SHIPPED: {
    description: 'Something of the order is on its way already.',
    figures: { orderId: 'ID!' },
    message: () => 'The order is on its way already.',
    about: ['orderId'],
  },
  REFUND_NOT_POSITIVE: {
    description: 'A refund is more than nothing.',
    figures: { asked: 'Money!' },
    message: () => 'A refund must be more than zero.',
    about: ['amount'],
  },
  REFUND_TOO_LARGE: {
    description: 'More was asked back than is left of what was paid.',
    figures: { refundable: 'Money!', asked: 'Money!' },
    message: () => 'This is more than is left of what was paid.',
    about: ['amount'],
  },
  REFUND_NOT_FOUND: {
    description: 'There is no such refund.',
    figures: { refundId: 'ID!' },
    message: () => 'There is no such refund.',
  },

  PAYMENT_NOT_FOUND: {
    description: 'There is no such payment.',
    figures: { paymentId: 'ID!' },
    message: () => 'There is no such payment.',
  },
  PAYMENT_ALREADY_REQUESTED: {
    description: 'The payment was requested before.',
    figures: { paymentId: 'ID!' },
    message: () => 'This payment was requested already.',
  },
  PAYMENT_NOT_POSITIVE: {
    description: 'A payment is more than nothing.',
    figures: { amount: 'Money!' },
    message: () => 'A payment must be more than zero.',
  },
  PAYMENT_WRONG_STATUS: {
    description: 'What was asked is not possible in the payment’s status.',
    figures: { paymentId: 'ID!', status: 'String!' },
    message: ({ status }) => `This is not possible for a payment that is ${status}.`,
  },
  PAYMENT_DECLINED: {
    description: 'The payment was declined; the order stands and can be paid in another way.',
    figures: { orderId: 'ID!', reason: 'String!' },
    message: ({ reason }) => `The payment was declined (${reason}). The order stands: pay it in another way.`,
    about: ['paymentMethod'],
  },
  PAYMENT_METHOD_UNKNOWN: {
    description: 'There is no such way to pay.',
    figures: { method: 'String!', known: '[String!]!' },
    message: ({ known }) => `There is no such way to pay. There are: ${known.join(', ')}.`,
    about: ['paymentMethod'],
  },

  SHIPMENT_NOT_FOUND: {
    description: 'There is no such shipment.',
    figures: { shipmentId: 'ID!' },
    message: () => 'There is no such shipment.',
    about: ['shipmentId'],
  },
  SHIPMENT_ALREADY_CREATED: {
    description: 'The shipment was created before.',
    figures: { shipmentId: 'ID!' },
    message: () => 'This shipment was created already.',
  },
  SHIPMENT_EMPTY: {
    description: 'A shipment has at least one item.',
    figures: {},
    message: () => 'There is nothing to ship.',
  },
  SHIPMENT_WRONG_STATUS: {
    description: 'What was asked is not possible in the shipment’s status.',
    figures: { shipmentId: 'ID!', status: 'ShipmentStatus!' },
    message: ({ status }) => `This is not possible for a shipment that is ${status}.`,
    about: ['shipmentId'],
  },
  WRONG_WAREHOUSE: {
    description: 'The truck is at another warehouse than the shipment.',
    figures: { expected: 'ID!', actual: 'ID!' },
    message: ({ expected, actual }) => `The shipment is at warehouse ${expected}, the truck at ${actual}.`,
  },
  WRONG_TRUCK: {
    description: 'Another truck was sent for the shipment.',
    figures: { expected: 'ID!', actual: 'ID!' },
    message: ({ expected, actual }) => `Truck ${expected} was sent for it, not ${actual}.`,
  },
  TRACKING_NUMBER_EMPTY: {
    description: 'A tracking number is needed.',
    figures: {},
    message: () => 'Give a tracking number.',
  },

  WAREHOUSE_NOT_FOUND: {
    description: 'There is no such warehouse.',
    figures: { warehouseId: 'ID!' },
    message: () => 'There is no such warehouse.',
    about: ['warehouseId'],
  },
  WAREHOUSE_ALREADY_REGISTERED: {
    description: 'The warehouse was registered before.',
    figures: { warehouseId: 'ID!' },
    message: () => 'This warehouse is registered already.',
  },
  INSUFFICIENT_STOCK: {
    description: 'There are fewer than wanted.',
    figures: { available: 'SafeInt!', wanted: 'SafeInt!' },
    message: ({ available, wanted }) => `There are ${available}, not ${wanted}.`,
    about: ['quantity'],
  },
  RESERVATION_NOT_FOUND: {
    description: 'Nothing is set aside for the order.',
    figures: { orderId: 'ID!' },
    message: () => 'Nothing is set aside for this order.',
  },

  REVIEW_NOT_FOUND: {
    description: 'There is no such review, it was withdrawn, or it is somebody else’s.',
    figures: { reviewId: 'ID!' },
    message: () => 'There is no such review.',
    about: ['reviewId'],
  },
  REVIEW_ALREADY_WRITTEN: {
    description: 'One opinion a person: edit the review that is there.',
    figures: { reviewId: 'ID!' },
    message: () => 'You have written a review of this already: edit that one.',
  },
  RATING_OUT_OF_RANGE: {
    description: 'The rating is not one of the possible ones.',
    figures: { rating: 'Float!', min: 'Int!', max: 'Int!' },
    message: ({ min, max }) => `A rating is a whole number from ${min} to ${max}.`,
    about: ['rating'],
  },
  REVIEW_TEXT_TOO_LONG: {
    description: 'The text has more characters than a review may have.',
    figures: { length: 'SafeInt!', max: 'SafeInt!' },
    message: ({ length, max }) => `A review has at most ${max} characters, this one has ${length}.`,
    about: ['text'],
  },
  SUBJECT_NOT_FOUND: {
    description: 'There is no such product or seller to review.',
    figures: {},
    message: () => 'There is no such product or seller.',
    about: ['productId', 'sellerId'],
  },
};
