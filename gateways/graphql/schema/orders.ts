import type { Instant, OrderId, PaymentId, Place, ProductId } from '../../../domain/kernel';
import { times, type Money } from '../../../domain/money';
import type { OrderStatus } from '../../../domain/order';
import { OrderDetails, orderDetails, OrderLine, OrderRefund } from '../../../projections/order-details';
import { Fault } from '../../../platform/faults';
import type { EdgeContext, OrderShown } from '../context';
import type { OrdersAsked } from '../readers';
import { isStaff, signedIn, staff, type Viewer } from '../caller';
import { afterwards, given, mutation, mutationsConcept } from './mutation';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { TimelineEntry } from '../../../projections/timeline';
import { combined, enumType, objectType } from './object-type';
import type { Concept } from './resolvers';
import { warehouseIdOf } from './values';

type OneOrder = { readonly id: OrderId; readonly asOf?: Instant | null };
type OrdersArguments = PageArguments & {
  readonly status?: OrderStatus | null;
  readonly reference?: string | null;
  readonly soldFrom?: Instant | null;
  readonly soldBefore?: Instant | null;
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
    "Returns only orders in this status."
    status: OrderStatus
    "Returns only orders that were imported under this name, such as an invoice number. For staff; not together with \`status\`."
    reference: String
    "Returns only orders that were sold at this moment or later."
    soldFrom: DateTime
    "Returns only orders that were sold before this moment."
    soldBefore: DateTime
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
const ordersAsked = (args: OrdersArguments, viewer: Viewer): OrdersAsked => {
  const { id: customerId } = signedIn(viewer);
  const { status, reference, soldFrom, soldBefore } = args;
  if (typeof reference === 'string') staff(viewer);
  if (typeof reference === 'string' && status)
    throw new Fault('INPUT_INVALID', 'reference: give it without a status');
  return {
    ...given({ status, reference, soldFrom, soldBefore }),
    ...(isStaff(viewer) ? {} : { customerId }),
  };
};

const resolvers: Concept['resolvers'] = {
  Query: {
    order: (_root: unknown, { id, asOf }: OneOrder, context: EdgeContext) => {
      signedIn(context.viewer);
      return context.order(id, asOf ?? undefined);
    },
    orders: async (_root: unknown, args: OrdersArguments, { viewer, services }: EdgeContext) =>
      connectionOf(services.readers.orders.list(ordersAsked(args, viewer)), args),
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
        context.account(customerId),
    },
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
      resolve: ({ productId }: OrderLine, _args: object, context: EdgeContext) => context.product(productId),
    },
    total: {
      type: 'Money!',
      description: 'The price of all pieces.',
      resolve: ({ unitPrice, quantity }: OrderLine) => times(unitPrice, quantity),
    },
  },
});

type OfOrder = { readonly orderId: OrderId };

const orderSuccess = `
  "The order as it is now; null where the read models don't show it yet: read it later."
  order: Order`;
const orderIdInput = `
  "The order."
  orderId: ID!`;

const keep = (_value: object, { orderId }: OfOrder): OfOrder => ({ orderId });
const fields = { order: afterwards(({ orderId }: OfOrder, context) => context.order(orderId)) };

type PlaceOrderInput = {
  readonly destination: Place;
  readonly carrierAccount?: string | null;
  readonly paymentMethod?: string | null;
  readonly warehouseId?: string | null;
};
type RefundOrderInput = OfOrder & {
  readonly amount: Money;
  readonly lines?: readonly { readonly productId: ProductId; readonly quantity: number }[] | null;
  readonly reason: string;
};

export const orderMutations = {
  placeOrder: mutation('placeOrder', {
    description:
      "Orders what is in one's cart, at the prices seen there. With a payment method it is paid at once; where that is declined the order stands, unpaid.",
    input: `
  "Where it goes."
  destination: PlaceInput!
  "One's account with the carrier."
  carrierAccount: String
  "Pays it at once, in this way: \`test\` on the embedded default."
  paymentMethod: String
  "Where the goods are to come from, as far as it has them; the nearest that has them where absent."
  warehouseId: ID`,
    success: orderSuccess,
    rejections: [
      'CART_EMPTY',
      'ORDER_EMPTY',
      'ORDER_ALREADY_PLACED',
      'ORDER_TOO_LARGE',
      'ORDER_CURRENCY_MIXED',
      'QUANTITY_OUT_OF_RANGE',
      'PRICE_NOT_POSITIVE',
      'PRICE_CHANGED',
      'PRODUCT_NOT_FOUND',
      'PRODUCT_DISCONTINUED',
      'PLACE_OUT_OF_RANGE',
      'WAREHOUSE_NOT_FOUND',
      'PAYMENT_METHOD_UNKNOWN',
    ],
    command: (input: PlaceOrderInput, { id: customerId }) => ({
      customerId,
      destination: { x: input.destination.x, y: input.destination.y },
      ...given({
        carrierAccount: input.carrierAccount,
        paymentMethod: input.paymentMethod,
        warehouseId: typeof input.warehouseId === 'string' ? warehouseIdOf(input.warehouseId) : null,
      }),
    }),
    keep: ({ orderId }): OfOrder => ({ orderId }),
    fields,
  }),
  payOrder: mutation('payOrder', {
    description: 'Pays an order in full. Declined, it stays as it was and can be paid in another way.',
    input: `${orderIdInput}
  "How: \`test\` on the embedded default."
  paymentMethod: String!`,
    success: `${orderSuccess}
  "The payment."
  paymentId: ID!`,
    rejections: [
      'ORDER_NOT_FOUND',
      'ORDER_WRONG_STATUS',
      'ORDER_ALREADY_PAID',
      'ORDER_PAYMENT_PENDING',
      'PAYMENT_MISMATCH',
      'PAYMENT_DECLINED',
      'PAYMENT_METHOD_UNKNOWN',
      'PAYMENT_NOT_POSITIVE',
      'PAYMENT_ALREADY_REQUESTED',
    ],
    command: ({ orderId, paymentMethod }: OfOrder & { paymentMethod: string }) => ({
      orderId,
      paymentMethod,
    }),
    keep: ({ paymentId }, { orderId }): OfOrder & { paymentId: PaymentId } => ({ orderId, paymentId }),
    fields,
  }),
  cancelOrder: mutation('cancelOrder', {
    description:
      'Calls an order off: an unpaid one is cancelled, a paid one that is not on a truck yet is refunded.',
    input: orderIdInput,
    success: orderSuccess,
    rejections: ['ORDER_NOT_FOUND', 'ORDER_WRONG_STATUS', 'ORDER_ALREADY_SHIPPED'],
    command: ({ orderId }: OfOrder) => ({ orderId }),
    keep,
    fields,
  }),
  changeDestination: mutation('changeDestination', {
    description: 'Sends what is not delivered yet elsewhere.',
    input: `${orderIdInput}
  "Where it goes from now on."
  destination: PlaceInput!`,
    success: orderSuccess,
    rejections: ['ORDER_NOT_FOUND', 'ORDER_WRONG_STATUS', 'PLACE_OUT_OF_RANGE'],
    command: ({ orderId, destination: { x, y } }: OfOrder & { destination: Place }) => ({
      orderId,
      destination: { x, y },
    }),
    keep,
    fields,
  }),
  confirmReceipt: mutation('confirmReceipt', {
    description: 'Says that everything has come.',
    input: orderIdInput,
    success: orderSuccess,
    rejections: ['ORDER_NOT_FOUND', 'ORDER_WRONG_STATUS'],
    command: ({ orderId }: OfOrder) => ({ orderId }),
    keep,
    fields,
  }),
  refundOrder: mutation('refundOrder', {
    description: 'Gives back what was paid, whole or in part. For staff.',
    input: `${orderIdInput}
  "How much."
  amount: MoneyInput!
  "What comes back, where the refund is for goods."
  lines: [RefundLineInput!]
  "Why."
  reason: String!`,
    success: orderSuccess,
    rejections: [
      'ORDER_NOT_FOUND',
      'ORDER_WRONG_STATUS',
      'REFUND_NOT_POSITIVE',
      'REFUND_TOO_LARGE',
      'REFUND_DIFFERS',
      'QUANTITY_OUT_OF_RANGE',
    ],
    command: ({ orderId, amount: { amountMinor, currency }, lines, reason }: RefundOrderInput) => ({
      orderId,
      amount: { amountMinor, currency },
      ...(lines ? { lines: lines.map(({ productId, quantity }) => ({ productId, quantity })) } : {}),
      reason,
    }),
    keep,
    fields,
  }),
};

const mutations = mutationsConcept(orderMutations);

const refundLineTypeDefs = `
"So many of a product that come back."
input RefundLineInput {
  "The product."
  productId: ID!
  "How many."
  quantity: Int!
}
`;

export const orders: Concept = combined(
  { typeDefs: queries, resolvers },
  orderStatus,
  orderType,
  orderLineType,
  objectType('Refund', OrderRefund),
  objectType('TimelineEntry', TimelineEntry),
  connectionType('Order', 'orders'),
  { typeDefs: refundLineTypeDefs, resolvers: {} },
  mutations,
);
