import type { Instant, OrderId } from '../../../domain/kernel';
import { times } from '../../../domain/money';
import type { OrderStatus } from '../../../domain/order';
import { OrderDetails, orderDetails, OrderLine, OrderRefund } from '../../../projections/order-details';
import { orderWords } from '../../../projections/order-words';
import { Fault } from '../../../platform/faults';
import type { EdgeContext, OrderShown } from '../context';
import { listedAsOf } from '../past';
import type { OrderFilter } from '../readers';
import { demandPermission, may, signedIn, type Viewer } from '../caller';
import { given } from './given';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { nextActions, nextActionsField } from './next-actions';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { TimelineEntry } from '../../../projections/timeline';
import { combined, enumType, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

type OneOrder = { readonly id: OrderId; readonly asOf?: Instant | null };
type OrdersArguments = PageArguments & {
  readonly own?: boolean | null;
  readonly status?: OrderStatus | null;
  readonly reference?: string | null;
  readonly search?: string | null;
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

/** @throws Fault `NOT_AUTHENTICATED`, `NOT_PERMITTED`, `INPUT_INVALID`. */
const demandOnlySearch = (
  { own, status, reference, soldFrom, soldBefore, asOf }: OrdersArguments,
  viewer: Viewer,
): void => {
  demandPermission(viewer, 'order:read');
  if (own === true || status || reference || soldFrom || soldBefore || asOf)
    throw new Fault('INPUT_INVALID', 'search: give it without another filter');
};

const resolvers: Concept['resolvers'] = {
  Query: {
    order: allowed({ by: 'customer', or: 'order:read' }, ({ id, asOf }: OneOrder, context) =>
      context.order(id, asOf ?? undefined),
    ),
    orders: allowed({ by: 'customer', or: 'order:read' }, async (args: OrdersArguments, context) => {
      const { viewer, services } = context;
      if (typeof args.search === 'string') {
        demandOnlySearch(args, viewer);
        return connectionOf(services.readers.orders.find(args.search), args);
      }
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

const orderType = objectType('Order', OrderDetails, {
  isNode: true,
  readModels: [orderDetails],
  omit: ['customerId', 'progress', 'soldOn', 'askedBackInFull', 'paymentId', 'paymentIds'],
  types: { status: 'OrderStatus', refunds: 'Refund', lines: 'OrderLine', timeline: 'TimelineEntry' },
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
    nextActions: nextActionsField,
    shipments: {
      type: '[Shipment!]!',
      resolve: (order: OrderShown, _args: object, context: EdgeContext) => shipmentsOf(order, context),
    },
  },
});

const orderLineType = objectType('OrderLine', OrderLine, {
  fields: {
    product: {
      type: 'Product',
      description: 'The product as it is now; null while the catalogue does not show it.',
      resolve: ({ productId }: OrderLine, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.products.load(productId, viewer),
    },
    total: {
      type: 'Money!',
      description: 'The price of all pieces.',
      resolve: ({ unitPrice, quantity }: OrderLine) => times(unitPrice, quantity),
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
  cancelOrder: shownOrder,
  changeDestination: shownOrder,
  confirmReceipt: shownOrder,
  refundOrder: shownOrder,
  moveShipment: shownOrder,
} satisfies Mutations;

const mutations = mutationsConcept(orderMutations);

export const orders: Concept = combined(
  { typeDefs: queries, resolvers },
  orderStatus,
  orderType,
  orderLineType,
  nextActions,
  objectType('Refund', OrderRefund),
  objectType('TimelineEntry', TimelineEntry),
  connectionType('Order', 'orders'),
  { typeDefs: '', resolvers: {}, readModels: { OrderConnection: [orderDetails, orderWords] } },
  mutations,
);
