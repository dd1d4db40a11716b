import { figures, type SomeRows } from './row';

const afterSalesId = { type: 'ID', text: 'The ID of the request.' };

const chooseByStatusZh = '请查看现在的状态，选择它允许的操作。';

export const afterSalesRejections = {
  AFTER_SALES_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such request, or it belongs to another account.',
    remedy: 'Use the ID of a request.',
    whyZh: '没有这个售后申请，或它属于其他账户。',
    remedyZh: '请在申请列表中选择。',
    figures: { afterSalesId },
    about: ['afterSalesId'],
  },
  AFTER_SALES_WRONG_STATUS: {
    kind: 'wrong-state',
    why: 'The status of the request does not allow this.',
    says: ({ status }) => `This is not possible for a request with the status ${status}.`,
    remedy:
      'Read the request and choose an action that its status allows; docs/reference/state-machines.md lists them.',
    whyZh: ({ status }) => `申请目前的状态为${status}，不允许此操作。`,
    remedyZh: chooseByStatusZh,
    figures: { afterSalesId, status: { type: 'AfterSalesStatus', text: 'The status of the request.' } },
    about: ['afterSalesId'],
  },
  AFTER_SALES_ALREADY_REQUESTED: {
    kind: 'already-exists',
    why: 'Another request was made at the same time.',
    remedy: 'Read the requests of the order, and repeat yours if it is not among them.',
    whyZh: '同时提出了另一个申请。',
    remedyZh: '请查看该订单的申请，如果没有您的，请再提交一次。',
    figures: { afterSalesId },
  },
  AFTER_SALES_LINES_INVALID: {
    kind: 'invalid',
    why: 'The request has no lines or too many, or a product twice.',
    says: ({ linesMax }) => `A request has 1 to ${linesMax} lines, each of another product.`,
    remedy: 'Give each product once, with its whole quantity.',
    whyZh: ({ linesMax }) => `一个申请有 1 到 ${linesMax} 种商品，每种只出现一次。`,
    remedyZh: '请每种商品只填一次，写明总数量。',
    figures: { linesMax: figures.linesMax },
    about: ['lines'],
  },
  AFTER_SALES_SELLERS_MIXED: {
    kind: 'invalid',
    why: 'The goods of the request were sold by several sellers, and one must decide about it.',
    remedy: 'Split it into one request for each seller.',
    whyZh: '申请中的商品来自不同的卖家，而决定须由一个卖家作出。',
    remedyZh: '请为每个卖家分别申请。',
    figures: {},
    about: ['lines'],
  },
  AFTER_SALES_UNAVAILABLE: {
    kind: 'wrong-state',
    why: 'Not so many pieces are available: they have not been delivered, were refunded, or are in another request.',
    says: ({ available, wanted }) =>
      `${wanted} pieces were requested, and ${available} are available: the others have not been delivered, were refunded, or are in another request.`,
    remedy:
      'Give a whole number of pieces that are available; before the delivery, request a refund without a return or cancel the order.',
    whyZh: ({ available, wanted }) =>
      `申请了 ${wanted} 件，可申请 ${available} 件：其余的尚未送达、已退款，或在另一个申请中。`,
    remedyZh: '请填写可申请的整数件数；送达之前请申请不退货退款，或取消订单。',
    figures: {
      productId: figures.productId,
      available: { type: 'Int', text: 'The number of pieces that are available.' },
      wanted: { type: 'Float', text: 'The number of pieces that were given.' },
    },
    about: ['lines'],
  },
  AFTER_SALES_TOO_MANY: {
    kind: 'wrong-state',
    why: 'The order has too many requests.',
    says: ({ max }) => `An order has at most ${max} requests.`,
    remedy: 'Send the shop a message.',
    whyZh: ({ max }) => `一个订单最多有 ${max} 个申请。`,
    remedyZh: '请联系商店。',
    figures: { max: { type: 'Int', text: 'The maximum number of requests of an order.' } },
    about: ['orderId'],
  },
  AFTER_SALES_TOO_LATE: {
    kind: 'wrong-state',
    why: 'The order is too old.',
    says: ({ until }) => `Requests about this order were possible until ${until}.`,
    remedy: 'Send the shop a message.',
    whyZh: ({ until }) => `此订单的申请期限已于 ${until} 结束。`,
    remedyZh: '请联系商店。',
    figures: { until: { type: 'DateTime', text: 'The time until which requests were possible.' } },
    about: ['orderId'],
  },
  AFTER_SALES_DESCRIPTION_MISSING: {
    kind: 'invalid',
    why: 'The request does not say what is wrong.',
    remedy: 'Give a description.',
    whyZh: '申请没有说明问题。',
    remedyZh: '请填写说明。',
    figures: {},
    about: ['description'],
  },
  AFTER_SALES_COUNT_WRONG: {
    kind: 'invalid',
    why: 'The counted pieces do not fit to the request.',
    says: ({ counted, max }) => `${counted} pieces of a product were counted, and ${max} were requested.`,
    remedy:
      'Give whole numbers of pieces for products of the request, each product once, and not more than were requested.',
    whyZh: ({ counted, max }) => `清点了 ${counted} 件商品，申请的是 ${max} 件。`,
    remedyZh: '请填写申请中商品的整数件数，每种一次，不超过申请的件数。',
    figures: {
      productId: figures.productId,
      max: { type: 'Int', text: 'The number of pieces that were requested.' },
      counted: { type: 'Float', text: 'The number of pieces that were counted.' },
    },
    about: ['lines'],
  },
} satisfies SomeRows;
