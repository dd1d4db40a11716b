import type { Rejection } from '../../../commands/rejections';

type Code = Rejection['code'];
type Of<C extends Code> = Extract<Rejection, { readonly code: C }>;
type FigureName<R> = Exclude<keyof R, 'code'> & string;

/** How a refusal is shown: its figures' types, and the input field it is about. */
type RejectionShape<R> = {
  readonly figures: Readonly<Record<FigureName<R>, string>>;
  /** Figures that have another name outside, where theirs would clash with a field of the success. */
  readonly names?: Readonly<Partial<Record<FigureName<R>, string>>>;
  /** Names that the field may have in a mutation's input. */
  readonly about?: readonly string[];
};

/**
 * Every refusal of the platform, as the outside sees it. A new rejection code, or a new figure of one, stops the build
 * until it is told here. Codes are stable: docs/reference/errors.md lists them.
 */
export const rejectionShapes: { readonly [C in Code]: RejectionShape<Of<C>> } = {
  EMAIL_TAKEN: { figures: {}, about: ['email'] },
  ACCOUNT_NOT_FOUND: { figures: {} },
  EMAIL_INVALID: { figures: {}, about: ['email'] },
  NAME_EMPTY: { figures: {}, about: ['name'] },
  SESSION_INVALID: { figures: {}, about: ['refreshToken'] },
  LAST_ADMINISTRATOR: { figures: {}, about: ['role'] },
  CREDENTIALS_WRONG: { figures: {}, about: ['password'] },
  PASSWORD_INVALID: { figures: {}, about: ['password'] },
  PASSWORD_TOO_SHORT: { figures: { min: 'Int!' }, about: ['password'] },

  PRODUCT_NOT_FOUND: { figures: { productId: 'ID!' }, about: ['productId'] },
  PRODUCT_ALREADY_REGISTERED: { figures: { productId: 'ID!', sku: 'String!' }, about: ['sku'] },
  PRODUCT_DISCONTINUED: { figures: { productId: 'ID!' }, about: ['productId'] },
  PRICE_NOT_POSITIVE: { figures: { price: 'Money!' }, about: ['price'] },
  CURRENCY_CHANGED: { figures: { was: 'CurrencyCode!', now: 'CurrencyCode!' }, about: ['price'] },
  SKU_EMPTY: { figures: {}, about: ['sku'] },

  QUANTITY_OUT_OF_RANGE: {
    figures: { quantity: 'Float!', min: 'SafeInt!', max: 'SafeInt!' },
    about: ['quantity', 'lines'],
  },
  CART_FULL: { figures: { linesMax: 'Int!' } },
  CART_TOTAL_TOO_LARGE: { figures: { totalMinorMax: 'SafeInt!' }, about: ['quantity', 'productId'] },
  CART_LINE_NOT_FOUND: { figures: { productId: 'ID!' }, about: ['productId'] },
  CART_CURRENCY_MIXED: {
    figures: { cart: 'CurrencyCode!', product: 'CurrencyCode!' },
    names: { cart: 'cartCurrency', product: 'productCurrency' },
    about: ['productId'],
  },
  CART_EMPTY: { figures: {} },

  ORDER_NOT_FOUND: { figures: { orderId: 'ID!' }, about: ['orderId'] },
  ORDER_ALREADY_PLACED: { figures: { orderId: 'ID!' } },
  ORDER_DIFFERS: { figures: { orderId: 'ID!', differs: '[String!]!', was: 'Money!', now: 'Money!' } },
  ORDER_EMPTY: { figures: {} },
  ORDER_TOO_LARGE: { figures: { linesMax: 'Int!', totalMinorMax: 'SafeInt!' } },
  ORDER_CURRENCY_MIXED: { figures: { currencies: '[CurrencyCode!]!' } },
  PRICE_CHANGED: { figures: { productId: 'ID!', was: 'Money!', now: 'Money!' } },
  PLACE_OUT_OF_RANGE: { figures: { place: 'Place!' }, about: ['destination', 'x'] },
  ORDER_WRONG_STATUS: { figures: { orderId: 'ID!', status: 'OrderStatus!' }, about: ['orderId'] },
  ORDER_ALREADY_PAID: { figures: { orderId: 'ID!', paymentId: 'ID!' }, about: ['orderId'] },
  ORDER_PAYMENT_PENDING: { figures: { orderId: 'ID!', paymentId: 'ID!' }, about: ['orderId'] },
  PAYMENT_MISMATCH: { figures: { due: 'Money!', paid: 'Money!' } },
  ALLOCATION_MISMATCH: { figures: { orderId: 'ID!' } },
  ORDER_PART_NOT_FOUND: { figures: { orderId: 'ID!', shipmentId: 'ID!' }, about: ['shipmentId'] },
  ORDER_ALREADY_SHIPPED: { figures: { orderId: 'ID!' }, about: ['orderId'] },
  REFUND_NOT_POSITIVE: { figures: { asked: 'Money!' }, about: ['amount'] },
  REFUND_TOO_LARGE: { figures: { refundable: 'Money!', asked: 'Money!' }, about: ['amount'] },
  REFUND_DIFFERS: { figures: { refundId: 'ID!', was: 'Money!', now: 'Money!' } },
  REFUND_NOT_FOUND: { figures: { refundId: 'ID!' } },

  PAYMENT_NOT_FOUND: { figures: { paymentId: 'ID!' } },
  PAYMENT_ALREADY_REQUESTED: { figures: { paymentId: 'ID!' } },
  PAYMENT_NOT_POSITIVE: { figures: { amount: 'Money!' } },
  PAYMENT_WRONG_STATUS: { figures: { paymentId: 'ID!', status: 'String!' } },
  PAYMENT_DECLINED: { figures: { orderId: 'ID!', reason: 'String!' }, about: ['paymentMethod'] },
  PAYMENT_METHOD_UNKNOWN: { figures: { method: 'String!', known: '[String!]!' }, about: ['paymentMethod'] },

  SHIPMENT_NOT_FOUND: { figures: { shipmentId: 'ID!' }, about: ['shipmentId'] },
  SHIPMENT_ALREADY_CREATED: { figures: { shipmentId: 'ID!' } },
  SHIPMENT_EMPTY: { figures: {} },
  SHIPMENT_WRONG_STATUS: { figures: { shipmentId: 'ID!', status: 'ShipmentStatus!' }, about: ['shipmentId'] },
  WRONG_WAREHOUSE: { figures: { expected: 'ID!', actual: 'ID!' } },
  WRONG_TRUCK: { figures: { expected: 'ID!', actual: 'ID!' } },
  TRACKING_NUMBER_EMPTY: { figures: {} },
  TRACKING_NUMBER_TAKEN: { figures: { trackingNumber: 'String!' } },
  TRACKING_NUMBER_INVALID: { figures: { trackingNumber: 'String!' } },

  WAREHOUSE_NOT_FOUND: { figures: { warehouseId: 'ID!' }, about: ['warehouseId'] },
  WAREHOUSE_ALREADY_REGISTERED: { figures: { warehouseId: 'ID!' } },
  INSUFFICIENT_STOCK: { figures: { available: 'SafeInt!', wanted: 'SafeInt!' }, about: ['quantity'] },
  RESERVATION_NOT_FOUND: { figures: { orderId: 'ID!' } },

  REVIEW_NOT_FOUND: { figures: { reviewId: 'ID!' }, about: ['reviewId'] },
  REVIEW_ALREADY_WRITTEN: { figures: { reviewId: 'ID!' } },
  RATING_OUT_OF_RANGE: { figures: { rating: 'Float!', min: 'Int!', max: 'Int!' }, about: ['rating'] },
  REVIEW_TEXT_TOO_LONG: { figures: { length: 'SafeInt!', max: 'SafeInt!' }, about: ['text'] },
  SUBJECT_NOT_FOUND: { figures: {}, about: ['productId', 'sellerId'] },

  CARRIER_MESSAGE_NOT_FOUND: { figures: { carrierMessageId: 'ID!' }, about: ['messageId'] },
  CARRIER_MESSAGE_SETTLED: { figures: { carrierMessageId: 'ID!' }, about: ['messageId'] },

  IDEMPOTENCY_KEY_REUSED: { figures: {}, about: ['idempotencyKey'] },

  WORLD_NOT_SIMULATED: { figures: {} },
};
