import { figures, type SomeRows } from './row';

const afterSalesId = { type: 'ID', text: 'The ID of the request.' };

export const afterSalesRejections = {
  AFTER_SALES_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such request, or it belongs to another account.',
    remedy: 'Use an id from the query afterSalesRequests.',
    figures: { afterSalesId },
    about: ['afterSalesId'],
  },
  AFTER_SALES_WRONG_STATUS: {
    kind: 'wrong-state',
    why: 'The status of the request does not allow this.',
    says: ({ status }) => `This is not possible for a request with the status ${status}.`,
    remedy:
      'Read the request and choose an action that its status allows; docs/reference/state-machines.md lists them.',
    figures: { afterSalesId, status: { type: 'AfterSalesStatus', text: 'The status of the request.' } },
    about: ['afterSalesId'],
  },
  AFTER_SALES_ALREADY_REQUESTED: {
    kind: 'already-exists',
    why: 'Another request was made at the same time.',
    remedy: 'Read the requests of the order, and repeat yours if it is not among them.',
    figures: { afterSalesId },
  },
  AFTER_SALES_LINES_INVALID: {
    kind: 'invalid',
    why: 'The request has no lines or too many, or a product twice.',
    says: ({ linesMax }) => `A request has 1 to ${linesMax} lines, each of another product.`,
    remedy: 'Give each product once, with its whole quantity.',
    figures: { linesMax: figures.linesMax },
    about: ['lines'],
  },
  AFTER_SALES_SELLERS_MIXED: {
    kind: 'invalid',
    why: 'The goods of the request were sold by several sellers, and one must decide about it.',
    remedy: 'Split it into one request for each seller.',
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
    figures: { max: { type: 'Int', text: 'The maximum number of requests of an order.' } },
    about: ['orderId'],
  },
  AFTER_SALES_TOO_LATE: {
    kind: 'wrong-state',
    why: 'The order is too old.',
    says: ({ until }) => `Requests about this order were possible until ${until}.`,
    remedy: 'Send the shop a message.',
    figures: { until: { type: 'DateTime', text: 'The time until which requests were possible.' } },
    about: ['orderId'],
  },
  AFTER_SALES_DESCRIPTION_MISSING: {
    kind: 'invalid',
    why: 'The request does not say what is wrong.',
    remedy: 'Give a description.',
    figures: {},
    about: ['description'],
  },
  AFTER_SALES_COUNT_WRONG: {
    kind: 'invalid',
    why: 'The counted pieces do not fit to the request.',
    says: ({ counted, max }) => `${counted} pieces of a product were counted, and ${max} were requested.`,
    remedy:
      'Give whole numbers of pieces for products of the request, each product once, and not more than were requested.',
    figures: {
      productId: figures.productId,
      max: { type: 'Int', text: 'The number of pieces that were requested.' },
      counted: { type: 'Float', text: 'The number of pieces that were counted.' },
    },
    about: ['lines'],
  },
} satisfies SomeRows;
