import type { Instant, OrderId } from '../../../domain/kernel';
import { money, zero, type Money } from '../../../domain/money';
import { lineTotalOf, spellingOfTag, type HoldReason, type OrderStatus } from '../../../domain/order';
import {
  Gift,
  OrderDetails,
  orderDetails,
  OrderLine,
  OrderRefund,
  OrderShipping,
} from '../../../projections/order-details';
import { OrderNote, orderNotes, OrderNotes } from '../../../projections/order-notes';
import { OrderHold, orderHolds } from '../../../projections/order-holds';
import { orderTags } from '../../../projections/order-tags';
import { orderWords } from '../../../projections/order-words';
import { Fault } from '../../../platform/faults';
import type { EdgeContext, OrderShown } from '../context';
import { listedAsOf } from '../readers/past';
import type { Listing, OrderFilter } from '../readers/readers';
import { demandPermission, may, signedIn, type Viewer } from '../access/caller';
import { given } from './given';
import { invoicesOfOrder } from './invoices';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { nextActions, nextActionsField } from './next-actions';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { ShipTo } from '../../../projections/ship-to';
import { TimelineEntry } from '../../../projections/timeline';
import { combined, enumType, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

type OneOrder = { readonly id: OrderId; readonly asOf?: Instant | null };
type OrdersArguments = PageArguments & {
  readonly own?: boolean | null;
  readonly status?: OrderStatus | null;
  readonly reference?: string | null;
  readonly search?: string | null;
  readonly tag?: string | null;
  readonly held?: boolean | null;
  readonly soldFrom?: Instant | null;
  readonly soldBefore?: Instant | null;
  readonly asOf?: Instant | null;
};

const queries = `
extend type Query {
  "An order by its id; null where there is none, or it belongs to another customer."
  order(
    "The unique identifier of the order."
    id: ID!
    "Returns the order and its shipments as they were at this moment, by the times of their timelines."
    asOf: DateTime
  ): Order
  "The orders of the signed-in customer, the latest sale first. Staff see the orders of all customers."
  orders(${pageArguments}
    "Returns only the own orders, also to staff."
    own: Boolean = false
    "Returns only orders in this status."
    status: OrderStatus
    "Returns only orders that were imported under this name, such as an invoice number. For staff; not together with \`status\`."
    reference: String
    "Returns only orders that are found by this: words of the order number, the reference, a SKU or a tracking number, the last one the beginning of a word; or the e-mail address of the customer. For staff; not together with other filters."
    search: String
    "Returns only orders with this tag, the last tagged first. For those with the permission \`order:note\`; not together with other filters."
    tag: String
    "Returns only orders that staff hold, the longest held first. For those with the permission \`order:hold\`; not together with other filters."
    held: Boolean
    "Returns only orders that were sold at this moment or later."
    soldFrom: DateTime
    "Returns only orders that were sold before this moment."
    soldBefore: DateTime
    "Returns the list as it was at this moment. For staff. It is built on the side, so the first answer may be the error \`PAST_BEING_BUILT\`."
    asOf: DateTime
  ): OrderConnection
}

`;

const shipmentsOf = async (
  { shipments, asOf }: OrderShown,
  context: EdgeContext,
): Promise<readonly object[]> => {
  const found = await Promise.all(shipments.map(({ id }) => context.shipment(id, asOf)));
  return found.filter((shipment) => shipment !== null);
};

/** @throws Fault `NOT_AUTHENTICATED`, `NOT_PERMITTED`, `INPUT_INVALID`. */
const orderFilterOf = (args: OrdersArguments, viewer: Viewer): OrderFilter => {
  const { id: customerId } = signedIn(viewer);
  const { status, reference, soldFrom, soldBefore } = args;
  if (typeof reference === 'string') demandPermission(viewer, 'order:read');
  if (typeof reference === 'string' && status)
    throw new Fault('INPUT_INVALID', 'reference: give it without a status');
  return {
    ...given({ status, reference, soldFrom, soldBefore }),
    customerId: may(viewer, 'order:read') && args.own !== true ? undefined : customerId,
  };
};

/**
 * Returns the orders that a search, a tag or their holds name; undefined where none is given.
 *
 * @throws Fault `NOT_AUTHENTICATED`, `NOT_PERMITTED`, `INPUT_INVALID`.
 */
const namedOrders = (
  { search, tag, held, own, status, reference, soldFrom, soldBefore, asOf }: OrdersArguments,
  { viewer, services: { readers } }: EdgeContext,
): Listing<OrderDetails> | undefined => {
  const isFound = typeof search === 'string';
  const isTagged = typeof tag === 'string';
  const names = [...(isFound ? ['search'] : []), ...(isTagged ? ['tag'] : []), ...(held ? ['held'] : [])];
  const [name] = names;
  if (name === undefined) return undefined;
  demandPermission(viewer, 'order:read');
  if (isTagged) demandPermission(viewer, 'order:note');
  if (held) demandPermission(viewer, 'order:hold');
  if (own === true || status || reference || soldFrom || soldBefore || asOf || names.length > 1)
    throw new Fault('INPUT_INVALID', `${name}: give it without another filter`);
  if (isTagged) return readers.orders.tagged(spellingOfTag(tag));
  return held ? readers.orders.held() : readers.orders.find(search ?? '');
};

const resolvers: Concept['resolvers'] = {
  Query: {
    order: allowed({ by: 'customer', or: 'order:read' }, ({ id, asOf }: OneOrder, context) =>
      context.order(id, asOf ?? undefined),
    ),
    orders: allowed({ by: 'customer', or: 'order:read' }, async (args: OrdersArguments, context) => {
      const { viewer, services } = context;
      const named = namedOrders(args, context);
      if (named) return connectionOf(named, args);
      const filter = orderFilterOf(args, viewer);
      const asOf = args.asOf ?? undefined;
      if (asOf === undefined) return connectionOf(services.readers.orders.list(filter), args);
      demandPermission(viewer, 'event:read');
      const { orders: then } = await services.past.readers(orderDetails, asOf);
      return connectionOf(listedAsOf(then.list(filter), asOf), args);
    }),
  },
};

const orderStatus = enumType<OrderStatus>('OrderStatus', 'The status of an order.', {
  PLACED: 'The order waits for its payment.',
  PAID: 'The order is paid, and its goods are being gathered and packed.',
  SHIPPED: 'The first of its shipments has left.',
  FULFILLED: 'All of its shipments are delivered.',
  COMPLETED: 'The customer has confirmed the receipt.',
  CANCELLED: 'The order was cancelled, or was not paid in time.',
  REFUNDING: 'A refund is under way.',
  REFUNDED: 'The whole payment has been returned.',
});

type Unheld = Pick<OrderShown, 'total' | 'paid'> & Partial<Pick<OrderShown, 'held' | 'captured' | 'voided'>>;

const orderType = objectType('Order', OrderDetails, {
  isNode: true,
  readModels: [orderDetails],
  omit: [
    'customerId',
    'progress',
    'soldOn',
    'askedBackInFull',
    'paymentId',
    'paymentIds',
    'openPaymentId',
    'refusedCaptures',
    'partsToCome',
  ],
  types: {
    status: 'OrderStatus',
    refunds: 'Refund',
    lines: 'OrderLine',
    promotions: 'AppliedPromotion',
    shipping: 'OrderShipping',
    tax: 'OrderTax',
    payerAction: 'PayerAction',
    shipTo: 'ShipTo',
    gift: 'Gift',
    timeline: 'TimelineEntry',
  },
  fields: {
    number: { type: 'String!', resolve: ({ number }: OrderShown) => String(number) },
    // Read models of an earlier version have no sale; they serve until the new one is built.
    soldAt: { resolve: ({ soldAt, placedAt }: Partial<OrderShown>) => soldAt ?? placedAt },
    customer: {
      type: 'Account',
      description: 'The customer who placed the order.',
      resolve: ({ customerId }: OrderShown, _args: object, context: EdgeContext) =>
        context.loaders.accounts.load(customerId, context.viewer),
    },
    // With it a payment can be made, so only the payer sees it. Documents of version 8 have none.
    payerAction: {
      resolve: (
        { payerAction = null, customerId }: Partial<OrderShown>,
        _args: object,
        { viewer }: EdgeContext,
      ) => (viewer.kind !== 'guest' && viewer.id === customerId ? payerAction : null),
    },
    isPaymentPending: { resolve: ({ isPaymentPending = false }: Partial<OrderShown>) => isPaymentPending },
    // Documents of version 10 took every payment at once.
    authorisedUntil: { resolve: ({ authorisedUntil = null }: Partial<OrderShown>) => authorisedUntil },
    held: { resolve: ({ held, total }: Unheld) => held ?? zero(total.currency) },
    captured: { resolve: ({ captured, paid }: Unheld) => captured ?? paid },
    voided: { resolve: ({ voided, total }: Unheld) => voided ?? zero(total.currency) },
    captureRefusal: {
      type: 'String',
      description:
        'The reason why the payment provider refused to take the money for a packed shipment, which waits; null where it did not.',
      resolve: ({ refusedCaptures = [] }: Partial<OrderShown>) => refusedCaptures[0]?.reason ?? null,
    },
    // Documents of version 6 have no address.
    shipTo: { resolve: ({ shipTo = null }: Partial<OrderShown>) => shipTo },
    // Documents of version 9 have no words of the customer.
    noteToSeller: { resolve: ({ noteToSeller = null }: Partial<OrderShown>) => noteToSeller },
    gift: { resolve: ({ gift = null }: Partial<OrderShown>) => gift },
    // Documents of version 3 have no promotions.
    promotions: { resolve: ({ promotions = [] }: Partial<OrderShown>) => promotions },
    internal: {
      type: 'OrderInternal',
      description: 'The internal notes and tags of the order: those of now, also for an order of the past.',
      resolve: allowed('order:note', (_args: object, context, { id }: OrderShown) => internalOf(id, context)),
    },
    holds: {
      type: '[OrderHold!]',
      description: 'The holds of the order as it is now, the oldest first.',
      resolve: allowed(
        'order:hold',
        async (_args: object, { loaders, viewer }, { id }: OrderShown) =>
          (await loaders.orderHolds.load(id, viewer))?.holds ?? [],
      ),
    },
    nextActions: nextActionsField,
    invoices: {
      type: '[Invoice!]!',
      description:
        'The invoice of the order and its credit notes, in the order in which they were issued. They follow a moment after the payment and the refunds; an imported order has none.',
      resolve: ({ id }: OrderShown, _args: object, context: EdgeContext) => invoicesOfOrder(id, context),
    },
    shipments: {
      type: '[Shipment!]!',
      resolve: (order: OrderShown, _args: object, context: EdgeContext) => shipmentsOf(order, context),
    },
  },
});

/** Returns what a line costs after its discount. */
export const totalOfLine = ({ unitPrice, quantity, discount }: OrderLine): Money =>
  // Documents of earlier versions have no discount.
  money(lineTotalOf({ unitPrice, quantity, discount: discount ?? undefined }), unitPrice.currency);

const internalOf = async (
  id: OrderId,
  { loaders, viewer }: EdgeContext,
): Promise<Pick<OrderNotes, 'notes' | 'tags'>> =>
  (await loaders.orderNotes.load(id, viewer)) ?? { notes: [], tags: [] };

const orderNoteType = objectType('OrderNote', OrderNote, {
  omit: ['addedBy', 'customerId'],
  fields: {
    author: {
      type: 'Account',
      description: 'The account that wrote it; null where the viewer may not see it.',
      resolve: ({ addedBy }: OrderNote, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.accounts.load(addedBy, viewer),
    },
  },
});

const orderHoldType = objectType('OrderHold', OrderHold, {
  readModels: [orderHolds],
  omit: ['heldBy'],
  types: { reason: 'HoldReason' },
  fields: {
    holder: {
      type: 'Account',
      description: 'The account that holds the order; null where the viewer may not see it.',
      resolve: ({ heldBy }: OrderHold, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.accounts.load(heldBy, viewer),
    },
  },
});

const holdReason = enumType<HoldReason>('HoldReason', 'A reason why staff hold an order.', {
  FRAUD: 'The order is perhaps fraud.',
  STOCK: 'Something is wrong with its goods.',
  ADDRESS: 'Something is wrong with its destination.',
  OTHER: 'Another reason; the comment says which.',
});

const orderInternalType = objectType('OrderInternal', OrderNotes, {
  readModels: [orderNotes],
  omit: ['id'],
  types: { notes: 'OrderNote' },
});

const orderLineType = objectType('OrderLine', OrderLine, {
  types: { tax: 'ItemTax' },
  fields: {
    // Documents of version 7 have no cancelled pieces.
    cancelled: { resolve: ({ cancelled = 0 }: Partial<OrderLine>) => cancelled },
    product: {
      type: 'Product',
      description: 'The product as it is now; null while the catalogue does not show it.',
      resolve: ({ productId }: OrderLine, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.products.load(productId, viewer),
    },
    total: {
      type: 'Money!',
      description: 'The price of all pieces after the discount, without a tax that is added to it.',
      resolve: totalOfLine,
    },
  },
});

const shownOrder = {
  shows: shown('order', 'Order', ({ orderId }: { readonly orderId: OrderId }, context) =>
    context.order(orderId),
  ),
};

export const orderMutations = {
  placeOrder: shownOrder,
  payOrder: { ...shownOrder, repeats: ['paymentId'] },
  checkPayment: shownOrder,
  cancelPayment: shownOrder,
  cancelOrder: shownOrder,
  cancelGoods: shownOrder,
  changeDestination: shownOrder,
  confirmReceipt: shownOrder,
  refundOrder: shownOrder,
  retryCapture: shownOrder,
  moveShipment: shownOrder,
  addOrderNote: shownOrder,
  tagOrder: shownOrder,
  untagOrder: shownOrder,
  holdOrder: shownOrder,
  releaseOrder: shownOrder,
} satisfies Mutations;

const mutations = mutationsConcept(orderMutations);

export const orders: Concept = combined(
  { typeDefs: queries, resolvers },
  orderStatus,
  orderType,
  orderLineType,
  orderNoteType,
  holdReason,
  orderHoldType,
  orderInternalType,
  nextActions,
  objectType('Refund', OrderRefund, {
    types: { tax: 'TaxEntry' },
    // Documents of version 5 have no tax.
    fields: { tax: { resolve: ({ tax = [] }: { readonly tax?: readonly object[] }) => tax } },
  }),
  objectType('OrderShipping', OrderShipping, { types: { tax: 'ItemTax' } }),
  objectType('ShipTo', ShipTo),
  objectType('Gift', Gift),
  objectType('TimelineEntry', TimelineEntry),
  connectionType('Order', 'orders'),
  {
    typeDefs: '',
    resolvers: {},
    readModels: { OrderConnection: [orderDetails, orderWords, orderTags, orderHolds] },
  },
  mutations,
);
