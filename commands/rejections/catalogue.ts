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
    remedy: 'Use the ID of a product.',
    whyZh: '没有这个商品。',
    remedyZh: '请在商品列表中选择。',
    figures: { productId: figures.productId },
    about: ['productId'],
  },
  PRODUCT_CHANGED: {
    kind: 'wrong-state',
    why: 'The product was changed meanwhile.',
    remedy: 'Read it as it is now, and change it again where that is still wanted.',
    whyZh: '商品已被他人修改。',
    remedyZh: '请查看现在的内容，如仍需要再修改。',
    figures: { productId: figures.productId },
    about: [],
  },
  PRODUCT_ALREADY_REGISTERED: {
    kind: 'already-exists',
    why: 'Another product has this SKU.',
    says: ({ sku }) => `Another product has the SKU ${sku}.`,
    remedy: 'Change that product, or choose another SKU.',
    whyZh: ({ sku }) => `另一个商品已使用 SKU ${sku}。`,
    remedyZh: '请修改那个商品，或使用其他 SKU。',
    figures: { productId: figures.productId, sku: { type: 'String', text: 'The SKU that was given.' } },
    about: ['sku'],
  },
  PRODUCT_DISCONTINUED: {
    kind: 'wrong-state',
    why: 'This product is no longer sold.',
    remedy: 'Choose another product.',
    whyZh: '此商品已停止销售。',
    remedyZh: '请选择其他商品。',
    figures: { productId: figures.productId },
    about: ['productId'],
  },
  PRICE_NOT_POSITIVE: {
    kind: 'invalid',
    why: 'The price is not greater than zero.',
    says: ({ price }) => `The price ${formatMoney(price)} is not greater than zero.`,
    remedy: 'Give a price of at least one minor unit, such as a penny.',
    whyZh: ({ price }) => `价格 ${formatMoney(price)} 不大于零。`,
    remedyZh: '请输入至少一个最小货币单位的价格。',
    figures: { price: { type: 'Money', text: 'The price that was given.' } },
    about: ['price'],
  },
  CURRENCY_CHANGED: {
    kind: 'wrong-state',
    why: 'The currency of a product cannot change.',
    says: ({ was, now }) => `The price of the product is in ${was} and cannot change to ${now}.`,
    remedy: 'Give a price in the currency of the product, or register another product.',
    whyZh: ({ was, now }) => `商品的价格以 ${was} 计，不能改为 ${now}。`,
    remedyZh: '请用商品的货币给出价格，或登记另一个商品。',
    figures: {
      was: { type: 'CurrencyCode', text: 'The currency of the product.' },
      now: { type: 'CurrencyCode', text: 'The currency that was given.' },
    },
    about: ['price'],
  },
  PRICE_SCHEDULE_TIME_INVALID: {
    kind: 'invalid',
    why: 'A scheduled price cannot begin or end at this time.',
    says: ({ field, earliest, latest }) =>
      `The ${field === 'from' ? 'beginning' : 'end'} is not from ${earliest} to ${latest}.`,
    remedy:
      'Give a time of the span. A price that is to hold at once and for good is changed, not scheduled.',
    whyZh: ({ field, earliest, latest }) =>
      `${field === 'from' ? '开始时间' : '结束时间'}不在 ${earliest} 到 ${latest} 之间。`,
    remedyZh: '请选择此范围内的时间。立即且长期有效的价格请直接修改，不必预定。',
    figures: {
      field: figures.field,
      earliest: { type: 'DateTime', text: 'The earliest possible time.' },
      latest: { type: 'DateTime', text: 'The latest possible time.' },
    },
  },
  PRICE_SCHEDULE_OVERLAPS: {
    kind: 'wrong-state',
    why: 'Another price is scheduled for a part of this time.',
    says: ({ from }) => `The price that begins at ${from} is for a part of this time.`,
    remedy: 'Choose another time, or cancel the other price first.',
    whyZh: ({ from }) => `从 ${from} 开始的价格已占用这段时间的一部分。`,
    remedyZh: '请选择其他时间，或先取消另一个价格。',
    figures: {
      scheduleId: { type: 'ID', text: 'The ID of the other scheduled price.' },
      from: { type: 'DateTime', text: 'The time at which the other one begins, or has begun.' },
    },
    about: ['from'],
  },
  PRICE_SCHEDULES_FULL: {
    kind: 'wrong-state',
    why: 'Too many prices are scheduled for the product.',
    says: ({ max }) => `${max} prices are scheduled for the product already, which is the maximum.`,
    remedy: 'Cancel one of them, or wait until one has begun.',
    whyZh: ({ max }) => `此商品已预定 ${max} 个价格，达到上限。`,
    remedyZh: '请取消其中一个，或等待其中一个开始。',
    figures: { max: { type: 'Int', text: 'The maximum number of scheduled prices.' } },
    about: [],
  },
  SALE_PRICE_NOT_LOWER: {
    kind: 'invalid',
    why: 'The price of the sale is not lower than the regular price.',
    says: ({ price, regularPrice }) =>
      `The price ${formatMoney(price)} is not lower than the regular price ${formatMoney(regularPrice)}.`,
    remedy: 'Give a lower price, or no end.',
    whyZh: ({ price, regularPrice }) =>
      `价格 ${formatMoney(price)} 不低于原价 ${formatMoney(regularPrice)}。`,
    remedyZh: '请给出更低的价格，或不设结束时间。',
    figures: {
      price: { type: 'Money', text: 'The price that was given.' },
      regularPrice: { type: 'Money', text: 'The price that the product will have without the sale.' },
    },
    about: ['price'],
  },
  SKU_EMPTY: {
    kind: 'invalid',
    why: 'The SKU is empty.',
    remedy: 'Give a SKU, which identifies the product for its seller.',
    whyZh: 'SKU 为空。',
    remedyZh: '请输入 SKU，卖家用它识别商品。',
    figures: {},
    about: ['sku'],
  },
  QUANTITY_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'The quantity is not a whole number within the permitted range.',
    says: ({ quantity, min, max }) =>
      max < min
        ? 'No quantity is left to refund.'
        : `${quantity} is not a whole number from ${min} to ${max}.`,
    remedy:
      'Give a quantity within the range; the quantity in the cart, or the refunded quantity, counts, too.',
    whyZh: ({ quantity, min, max }) =>
      max < min ? '没有可退的数量了。' : `${quantity} 不是 ${min} 到 ${max} 之间的整数。`,
    remedyZh: '请给出范围内的数量；购物车中已有的或已退款的数量也计算在内。',
    figures: {
      quantity: { type: 'Float', text: 'The quantity that was given.' },
      ...range,
    },
    about: ['quantity', 'lines'],
  },
  LOW_STOCK_THRESHOLD_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'The threshold is not a whole number within the permitted range.',
    says: ({ threshold, min, max }) => `${threshold} is not a whole number from ${min} to ${max}.`,
    remedy: 'Give a quantity within the range.',
    whyZh: ({ threshold, min, max }) => `${threshold} 不是 ${min} 到 ${max} 之间的整数。`,
    remedyZh: '请给出范围内的数量。',
    figures: { threshold: { type: 'Float', text: 'The threshold that was given.' }, ...range },
    about: ['threshold'],
  },
  CART_FULL: {
    kind: 'wrong-state',
    why: 'The cart has the maximum number of different products.',
    says: ({ linesMax }) => `A cart has at most ${linesMax} different products.`,
    remedy: 'Order the cart first, or remove a product.',
    whyZh: ({ linesMax }) => `购物车最多有 ${linesMax} 种商品。`,
    remedyZh: '请先下单，或移除一种商品。',
    figures: { linesMax: figures.linesMax },
  },
  CART_TOTAL_TOO_LARGE: {
    kind: 'wrong-state',
    why: 'The total of the cart would exceed the maximum of an order.',
    says: ({ totalMinorMax }) => `The total of a cart is at most ${totalMinorMax} in minor units.`,
    remedy: 'Reduce the quantity, or order the cart first.',
    whyZh: '购物车的总额会超过订单的上限。',
    remedyZh: '请减少数量，或先下单。',
    figures: { totalMinorMax: figures.totalMinorMax },
    about: ['quantity', 'productId'],
  },
  CART_LINE_NOT_FOUND: {
    kind: 'not-found',
    why: 'This product is not in the cart.',
    remedy: 'Add it to the cart first.',
    whyZh: '购物车中没有这个商品。',
    remedyZh: '请先把它加入购物车。',
    figures: { productId: figures.productId },
    about: ['productId'],
  },
  CART_CURRENCY_MIXED: {
    kind: 'wrong-state',
    why: 'The price of the product has another currency than the cart.',
    says: ({ cart, product }) =>
      `The currency of the cart is ${cart}, and the price of the product is in ${product}.`,
    remedy: 'Order the cart first, then add the product.',
    whyZh: ({ cart, product }) => `购物车的货币是 ${cart}，商品的价格以 ${product} 计。`,
    remedyZh: '请先下单，再添加此商品。',
    figures: {
      cart: { type: 'CurrencyCode', text: 'The currency of the cart.', as: 'cartCurrency' },
      product: { type: 'CurrencyCode', text: 'The currency of the product.', as: 'productCurrency' },
    },
    about: ['productId'],
  },
  CART_EMPTY: {
    kind: 'wrong-state',
    why: 'The cart is empty.',
    remedy: 'Add a product to the cart, then order.',
    whyZh: '购物车是空的。',
    remedyZh: '请先添加商品，再下单。',
    figures: {},
  },
} satisfies SomeRows;
