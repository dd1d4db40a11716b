import { formatMoney } from '../../domain/money';
import { figures, type SomeRows } from './row';

const range = {
  min: { type: 'SafeInt', text: 'The smallest possible value.' },
  max: { type: 'SafeInt', text: 'The largest possible value.' },
};

export const catalogueRejections = {
  PRODUCT_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such product.',
    remedy: 'Take the id of one that the query products lists.',
    figures: { productId: figures.productId },
    about: ['productId'],
  },
  PRODUCT_ALREADY_REGISTERED: {
    kind: 'already-exists',
    why: 'Another product has this SKU.',
    says: ({ sku }) => `Another product has the SKU ${sku}.`,
    remedy: 'Change that product, or choose another SKU.',
    figures: { productId: figures.productId, sku: { type: 'String', text: 'The SKU that was given.' } },
    about: ['sku'],
  },
  PRODUCT_DISCONTINUED: {
    kind: 'wrong-state',
    why: 'This product is no longer sold.',
    remedy: 'Choose another one that the query products lists.',
    figures: { productId: figures.productId },
    about: ['productId'],
  },
  PRICE_NOT_POSITIVE: {
    kind: 'invalid',
    why: 'The price is not more than zero.',
    says: ({ price }) => `${formatMoney(price)} is not more than zero.`,
    remedy: 'Give a price of at least one minor unit, such as a penny.',
    figures: { price: { type: 'Money', text: 'The price that was given.' } },
    about: ['price'],
  },
  CURRENCY_CHANGED: {
    kind: 'wrong-state',
    why: 'A product keeps its currency.',
    says: ({ was, now }) => `The product is priced in ${was}, and can't be priced in ${now}.`,
    remedy: 'Give a price in its own currency, or register another product for the other one.',
    figures: {
      was: { type: 'CurrencyCode', text: 'The currency of the product.' },
      now: { type: 'CurrencyCode', text: 'The currency that was given.' },
    },
    about: ['price'],
  },
  SKU_EMPTY: {
    kind: 'invalid',
    why: 'The SKU is empty.',
    remedy: 'Give a SKU, the key by which the seller knows the product.',
    figures: {},
    about: ['sku'],
  },
  QUANTITY_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'The quantity is not a whole number within the range that is possible here.',
    says: ({ quantity, min, max }) =>
      max < min
        ? 'There is none left to give back.'
        : `${quantity} is not a whole number from ${min} to ${max}.`,
    remedy: 'Give a quantity within the range; what is in the cart or given back already counts too.',
    figures: {
      quantity: { type: 'Float', text: 'The quantity that was given.' },
      ...range,
    },
    about: ['quantity', 'lines'],
  },
  LOW_STOCK_THRESHOLD_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'The threshold is not a whole number within the range that is possible here.',
    says: ({ threshold, min, max }) => `${threshold} is not a whole number from ${min} to ${max}.`,
    remedy: 'Give a number of pieces within the range.',
    figures: { threshold: { type: 'Float', text: 'The threshold that was given.' }, ...range },
    about: ['threshold'],
  },
  CART_FULL: {
    kind: 'wrong-state',
    why: 'The cart has as many different products as it can hold.',
    says: ({ linesMax }) => `A cart holds at most ${linesMax} different products.`,
    remedy: 'Order what is in it first, or take something out.',
    figures: { linesMax: figures.linesMax },
  },
  CART_TOTAL_TOO_LARGE: {
    kind: 'wrong-state',
    why: 'The cart would come to more than an order may.',
    says: ({ totalMinorMax }) => `A cart comes to at most ${totalMinorMax} in minor units.`,
    remedy: 'Ask for fewer pieces, or order what is in the cart first.',
    figures: { totalMinorMax: figures.totalMinorMax },
    about: ['quantity', 'productId'],
  },
  CART_LINE_NOT_FOUND: {
    kind: 'not-found',
    why: 'This product is not in the cart.',
    remedy: 'Put it in with addToCart; the query cart shows what is there.',
    figures: { productId: figures.productId },
    about: ['productId'],
  },
  CART_CURRENCY_MIXED: {
    kind: 'wrong-state',
    why: 'The product is priced in another currency than what is in the cart.',
    says: ({ cart, product }) => `What is in the cart is priced in ${cart}, the product in ${product}.`,
    remedy: 'Order what is in the cart first, then add the product.',
    figures: {
      cart: { type: 'CurrencyCode', text: 'The currency of the cart.', as: 'cartCurrency' },
      product: { type: 'CurrencyCode', text: 'The currency of the product.', as: 'productCurrency' },
    },
    about: ['productId'],
  },
  CART_EMPTY: {
    kind: 'wrong-state',
    why: 'The cart is empty.',
    remedy: 'Put something in with addToCart, then order.',
    figures: {},
  },
} satisfies SomeRows;
