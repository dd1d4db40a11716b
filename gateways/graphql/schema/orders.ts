import type { Instant, OrderId, PaymentId, Place, ProductId } from '../../../domain/kernel';
import { times, type Money } from '../../../domain/money';
import type { OrderStatus } from '../../../domain/order';
import { orderDetails, type OrderDetails } from '../../../projections/order-details';
import { Fault } from '../../../platform/faults';
import type { EdgeContext, OrderShown } from '../context';
import type { OrdersAsked } from '../readers';
import { isStaff, signedIn, staff, type Viewer } from '../caller';
import { afterwards, given, mutation, mutationsConcept } from './mutation';
import {
  connectionOf,
  connectionResolvers,
  connectionTypeDefs,
  pageArguments,
  type PageArguments,
} from './relay';
import type { Concept } from './resolvers';
import { warehouseIdOf } from './values';

type OrderLine = OrderDetails['lines'][number];
type OneOrder = { readonly id: OrderId; readonly asOf?: Instant | null };
type OrdersArguments = PageArguments & {
  readonly status?: OrderStatus | null;
  readonly reference?: string | null;
  readonly soldFrom?: Instant | null;
  readonly soldBefore?: Instant | null;
};

const typeDefs = `
extend type Query {
  "One order; null where there is none, or it is somebody else's."
  order(
    "Its id."
    id: ID!
    "As it stood at this moment, by the times of its timeline; its shipments too."
    asOf: DateTime
  ): Order
  "One's own orders, the latest sale first; everybody's for staff."
  orders(${pageArguments}
    "Only in this status."
    status: OrderStatus
    "Only those that their list calls so, such as an invoice number. For staff; not together with \`status\`."
    reference: String
    "Only those that were sold at this moment or later."
    soldFrom: DateTime
    "Only those that were sold before this moment."
    soldBefore: DateTime
  ): OrderConnection
}

"Where an order is in its life."
enum OrderStatus {
  "Made, and waits to be paid."
  PLACED
  "Paid; the goods are being gathered and packed."
  PAID
  "The first of its shipments is on a truck."
  SHIPPED
  "All of its shipments are delivered."
  FULFILLED
  "The customer has confirmed the receipt."
  COMPLETED
  "Called off, or not paid in time; nothing was, or is, owed."
  CANCELLED
  "What was paid is on its way back."
  REFUNDING
  "All that was paid has been given back."
  REFUNDED
}

"Goods that somebody wants, and all that became of it."
type Order implements Node {
  "A UUID, derived from the customer's cart."
  id: ID!
  "What people call it by."
  number: String!
  "Where it is in its life."
  status: OrderStatus!
  "When it was made."
  placedAt: DateTime!
  "When it was sold: before \`placedAt\` where it was made elsewhere and imported."
  soldAt: DateTime!
  "The list that it was imported from; null where it was made here."
  source: String
  "Its name in that list, such as an invoice number; null where it was made here."
  reference: String
  "The buyer's country, where the list tells it."
  country: String
  "Lapses unpaid after this."
  payBy: DateTime!
  "What it comes to."
  total: Money!
  "What was paid."
  paid: Money!
  "What was given back."
  refunded: Money!
  "What was asked back, in the order of asking."
  refunds: [Refund!]!
  "Who made it."
  customer: Account
  "Where it goes."
  destination: Place!
  "The customer's account with the carrier; null where none was given."
  carrierAccount: String
  "What was ordered, at the prices of that time."
  lines: [OrderLine!]!
  "The parcels it travels in: one a warehouse."
  shipments: [Shipment!]!
  "All that happened to it, in order."
  timeline: [TimelineEntry!]!
}

"So many of one product, as it was named and priced when it was ordered."
type OrderLine {
  "The product as it is today; null while the catalogue doesn't show it."
  product: Product
  "Its id."
  productId: ID!
  "What it was called."
  name: String!
  "The seller's own key for it."
  sku: String!
  "How many."
  quantity: Int!
  "The price of one."
  unitPrice: Money!
  "The price of them all."
  total: Money!
}

"Money on its way back."
type Refund {
  "Names it."
  id: ID!
  "How much."
  amount: Money!
  "Why."
  reason: String!
  "Whether it has been given back."
  done: Boolean!
  "Why the payment provider will not give it back; null where it has not said so. Staff may ask anew."
  refusal: String
}

"Something that happened."
type TimelineEntry {
  "When."
  at: DateTime!
  "The event's type."
  type: String!
  "What happened, in a sentence for people."
  summary: String!
}
${connectionTypeDefs('Order', 'orders')}
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
  ...connectionResolvers('Order'),
  Query: {
    order: (_root: unknown, { id, asOf }: OneOrder, context: EdgeContext) => {
      signedIn(context.viewer);
      return context.order(id, asOf ?? undefined);
    },
    orders: async (_root: unknown, args: OrdersArguments, { viewer, services }: EdgeContext) =>
      connectionOf(services.readers.orders.list(ordersAsked(args, viewer)), args),
  },
  Order: {
    number: ({ number }: OrderShown) => String(number),
    // Read models of an earlier version know no sale; they serve until the new one is built.
    soldAt: ({ soldAt, placedAt }: Partial<OrderShown>) => soldAt ?? placedAt,
    customer: ({ customerId }: OrderShown, _args: object, context: EdgeContext) =>
      context.account(customerId),
    shipments: (order: OrderShown, _args: object, context: EdgeContext) => shipmentsOf(order, context),
  },
  OrderLine: {
    product: ({ productId }: OrderLine, _args: object, context: EdgeContext) => context.product(productId),
    total: ({ unitPrice, quantity }: OrderLine) => times(unitPrice, quantity),
  },
};

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

export const orders: Concept = {
  typeDefs: typeDefs + refundLineTypeDefs + mutations.typeDefs,
  readModels: { Order: [orderDetails] },
  resolvers: { ...resolvers, ...mutations.resolvers },
};
