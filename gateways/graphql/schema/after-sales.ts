import {
  orderNumberIn,
  serviceOrderNumbers,
  type AfterSalesKind,
  type AfterSalesReason,
  type AfterSalesStatus,
} from '../../../domain/after-sales';
import type { AfterSalesId } from '../../../domain/kernel';
import {
  AfterSalesDocument,
  AfterSalesLine,
  AfterSalesParcel,
  afterSalesRequests,
} from '../../../projections/after-sales';
import { orderDetails } from '../../../projections/order-details';
import { may, signedIn, type Viewer } from '../access/caller';
import type { EdgeContext, OrderShown } from '../context';
import type { AfterSalesFilter } from '../readers/readers';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, enumType, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

type Arguments = PageArguments & { readonly status?: AfterSalesStatus | null };
type OwnArguments = Arguments & { readonly own?: boolean | null };

const queries = `
extend type Query {
  "A request by its id; null where there is none, or it belongs to others."
  afterSalesRequest(
    "The unique identifier of the request."
    id: ID!
  ): AfterSalesRequest
  "The requests of the signed-in customer, the newest first. Staff see the requests of all customers; those with a status by the time of their last step."
  afterSalesRequests(${pageArguments}
    "Returns only the own requests, also to staff."
    own: Boolean = false
    "Returns only requests in this status."
    status: AfterSalesStatus
  ): AfterSalesRequestConnection
  "The requests about goods that the signed-in account sold, the newest first. For sellers."
  sellerAfterSalesRequests(${pageArguments}
    "Returns only requests in this status."
    status: AfterSalesStatus
  ): AfterSalesRequestConnection
}
`;

/** Returns the request if the viewer may read it: its customer, its seller, and those with the permission. */
const requestOf = async (
  id: string,
  { loaders, viewer }: EdgeContext,
): Promise<AfterSalesDocument | null> => {
  const own = await loaders.afterSales.load(id, viewer);
  return own ?? loaders.afterSalesOfSellers.load(id, viewer);
};

const filterOf = ({ own, status }: OwnArguments, viewer: Viewer): AfterSalesFilter => ({
  customerId: may(viewer, 'after-sales:read') && own !== true ? undefined : signedIn(viewer).id,
  status: status ?? undefined,
});

const readable = async ({ id }: { readonly id: OrderShown['id'] }, { loaders, viewer }: EdgeContext) =>
  ((await loaders.afterSalesOfOrder(id)) ?? []).filter(
    (document) => loaders.afterSales.readable(document, viewer) !== null,
  );

const resolvers: Concept['resolvers'] = {
  Query: {
    afterSalesRequest: allowed('account', ({ id }: { readonly id: string }, context) =>
      requestOf(id, context),
    ),
    afterSalesRequests: allowed(
      { by: 'customer', or: 'after-sales:read' },
      (args: OwnArguments, { viewer, services }) =>
        connectionOf(services.readers.afterSales.list(filterOf(args, viewer)), args),
    ),
    sellerAfterSalesRequests: allowed('product:sell', (args: Arguments, { viewer, services }) => {
      const filter = { sellerId: signedIn(viewer).id, status: args.status ?? undefined };
      return connectionOf(services.readers.afterSales.list(filter), args);
    }),
  },
};

const kinds = enumType<AfterSalesKind>('AfterSalesKind', 'The kind of a request.', {
  REFUND_ONLY: 'The price back. Nothing comes back to the shop.',
  RETURN: 'The price back, after the goods have come back.',
  EXCHANGE: 'The same goods again at no charge, after the goods have come back.',
});

const reasons = enumType<AfterSalesReason>('AfterSalesReason', 'The reason of a request.', {
  DAMAGED: 'The goods are damaged.',
  WRONG_ITEM: 'Other goods came.',
  MISSING: 'The goods did not come.',
  NOT_AS_DESCRIBED: 'The goods are not as they were described.',
  UNWANTED: 'The customer does not want the goods.',
  OTHER: 'Another reason, which the description says.',
});

const statuses = enumType<AfterSalesStatus>('AfterSalesStatus', 'The status of a request.', {
  REQUESTED: 'It waits for the decision of the seller.',
  AWAITING_PARCEL: 'It is approved, and the customer has not sent the goods yet.',
  IN_TRANSIT: 'The goods are on their way back.',
  RECEIVED: 'The goods have arrived and are not inspected yet.',
  REFUSED: 'The seller refused it; the customer can dispute that.',
  ESCALATED: 'Staff decide for good.',
  REFUNDING: 'The refund is under way.',
  REFUND_FAILED: 'The refund failed; staff decide what follows.',
  REPLACING: 'The seller is to send the goods again.',
  SENDING_REPLACEMENT: 'The new goods are taken from the stock.',
  REFUNDED: 'The price was refunded.',
  REPLACED: 'The goods were sent again.',
  WITHDRAWN: 'The customer withdrew it.',
  CLOSED: 'It ended without effect.',
});

const parties = enumType<'CUSTOMER' | 'SELLER'>('DisputeParty', 'A party of a dispute.', {
  CUSTOMER: 'The customer gets what was requested.',
  SELLER: 'The request is closed without effect.',
});

const requestType = objectType('AfterSalesRequest', AfterSalesDocument, {
  readModels: [afterSalesRequests, orderDetails],
  omit: ['customerId', 'sellerId'],
  types: {
    ...{ kind: 'AfterSalesKind', status: 'AfterSalesStatus', lines: 'AfterSalesLine' },
    ...{
      photos: 'Photo',
      parcel: 'AfterSalesParcel',
      replacement: 'AfterSalesParcel',
      timeline: 'TimelineEntry',
    },
  },
  fields: {
    // A document of version 1 has no such field.
    photos: { resolve: ({ photos = [] }: Partial<AfterSalesDocument>) => photos },
    orderNumber: { type: 'String!', resolve: ({ orderNumber }: AfterSalesDocument) => String(orderNumber) },
    serviceOrderNumber: {
      type: 'Int!',
      description:
        'The state in shops with three of them: 0 waits for a decision or for the goods, 1 the seller agreed, 2 the seller refused or the request ended without effect.',
      resolve: ({ status }: AfterSalesDocument) => serviceOrderNumbers[status],
    },
    customer: {
      type: 'Account',
      description: 'The customer; null for viewers who may not see the account.',
      resolve: ({ customerId }: AfterSalesDocument, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.accounts.load(customerId, viewer),
    },
    seller: {
      type: 'Seller',
      description: 'The seller of the goods; null for the shop itself.',
      resolve: ({ sellerId }: AfterSalesDocument, _args: object, { loaders, viewer }: EdgeContext) =>
        sellerId === null ? null : loaders.sellers.load(sellerId, viewer),
    },
  },
});

/** Returns the number of an order in shops that number its states. */
export const orderNumberOf = async (
  order: OrderShown,
  context: EdgeContext,
): Promise<ReturnType<typeof orderNumberIn>> => {
  const { status, progress } = order;
  return orderNumberIn({
    hasLeft: progress === 'SHIPPED' || progress === 'FULFILLED' || progress === 'COMPLETED',
    isCompleted: progress === 'COMPLETED',
    isRefunded: status === 'REFUNDED',
    isRefunding: status === 'REFUNDING',
    requests: (await readable(order, context)).map((request) => request.status),
  });
};

const ofOrder: Concept = {
  typeDefs: `
extend type Order {
  "The requests about its goods as they are now, by their numbers."
  afterSalesRequests: [AfterSalesRequest!]!
  "The state in shops with six of them: 0 waits for its shipment, 1 waits for its receipt, 2 completed, 3 completed after all was refunded, 4 completed after a request was refused, -1 while a request or a refund is open."
  afterSalesNumber: Int!
}
`,
  resolvers: {
    Order: {
      afterSalesRequests: (order: OrderShown, _args: object, context: EdgeContext) =>
        readable(order, context),
      afterSalesNumber: (order: OrderShown, _args: object, context: EdgeContext) =>
        orderNumberOf(order, context),
    },
  },
};

const shownRequest = {
  shows: shown(
    'afterSalesRequest',
    'AfterSalesRequest',
    ({ afterSalesId }: { readonly afterSalesId: AfterSalesId }, context) => requestOf(afterSalesId, context),
  ),
};

export const afterSalesMutations = {
  requestAfterSales: shownRequest,
  withdrawAfterSales: shownRequest,
  disputeAfterSales: shownRequest,
  sendAfterSalesParcel: shownRequest,
  approveAfterSales: shownRequest,
  refuseAfterSales: shownRequest,
  receiveAfterSalesParcel: shownRequest,
  inspectAfterSalesParcel: shownRequest,
  sendAfterSalesReplacement: shownRequest,
  refundAfterSalesInstead: shownRequest,
  decideAfterSalesDispute: shownRequest,
  retryAfterSalesRefund: shownRequest,
  closeAfterSales: shownRequest,
} satisfies Mutations;

export const afterSales: Concept = combined(
  { typeDefs: queries, resolvers },
  ...[kinds, reasons, statuses, parties],
  requestType,
  objectType('AfterSalesLine', AfterSalesLine, { types: { reason: 'AfterSalesReason' } }),
  objectType('AfterSalesParcel', AfterSalesParcel),
  ofOrder,
  connectionType('AfterSalesRequest', 'requests'),
  mutationsConcept(afterSalesMutations),
);
