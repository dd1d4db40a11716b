import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import {
  afterSales,
  afterSalesKinds,
  afterSalesReasons,
  afterSalesStatuses,
  type AfterSalesEvent,
  type AfterSalesPhotosRemoved,
  type InspectedLine,
} from '../domain/after-sales';
import {
  erasedText,
  type AccountId,
  type AfterSalesId,
  type OrderId,
  type ProductId,
} from '../domain/kernel';
import { formatMoney } from '../domain/money';
import { momentOf } from '../platform/event-store';
import { readModel, type DocumentOf, type EventOf } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { instant, money, text, uuid, warehouseId } from './fields';
import { Photo, photosOf } from './photo';
import { entryOf, reasonIn, timeline, withEntry } from './timeline';

export const AfterSalesLine = z
  .strictObject({
    productId: uuid<ProductId>().describe('The product of the goods.'),
    sku: z.string().describe('The article number when it was sold.'),
    name: z.string().describe('The name of the product when it was sold.'),
    quantity: z.int32().describe('The number of pieces in the request.'),
    reason: z.enum(afterSalesReasons).describe('The reason of the request.'),
    restocked: z.int32().describe('The pieces that came back good as new; they were received into stock.'),
    writtenOff: z.int32().describe('The pieces that were accepted and are not sold again.'),
    refused: z.int32().describe('The pieces that came back and were not accepted.'),
  })
  .describe('Goods of a request, with what came back of them.');
export type AfterSalesLine = z.output<typeof AfterSalesLine>;

export const AfterSalesParcel = z
  .strictObject({
    carrier: z.string().describe('The name of the carrier.'),
    trackingNumber: z.string().describe("The carrier's number of the parcel."),
  })
  .describe('A parcel of a request, to the shop or to the customer.');

export const AfterSalesDocument = z
  .strictObject({
    id: uuid<AfterSalesId>().describe('The unique identifier, derived from the order and the number.'),
    orderId: uuid<OrderId>().describe('The order of the goods.'),
    orderNumber: z.int().describe('The order number shown to the customer.'),
    number: z.int32().describe('The number among the requests of the order, from 1.'),
    customerId: uuid<AccountId>().describe("The customer's account."),
    sellerId: uuid<AccountId>().nullable().describe('The seller of the goods; null for the shop itself.'),
    kind: z.enum(afterSalesKinds).describe('The kind of the request.'),
    status: z.enum(afterSalesStatuses).describe('The status of the request.'),
    statusSince: instant.describe('The time of the last step.'),
    dueAt: instant.nullable().describe('The time at which the clock decides; null where it does not.'),
    lines: z.array(AfterSalesLine).describe('The goods.'),
    description: z.string().describe("The customer's words; may be empty."),
    evidence: z.array(z.string()).describe('The https addresses of pictures or documents.'),
    photos: z.array(Photo).describe('The pictures that the customer has uploaded, in their order.'),
    disputeText: z
      .string()
      .nullable()
      .describe("The customer's words in the dispute; null where there was none."),
    remark: z.string().nullable().describe('The last answer of the seller or of staff; null before.'),
    returnTo: text<string>('text')
      .nullable()
      .describe('The address that the goods go back to; null where it is the sender of the parcel.'),
    parcel: AfterSalesParcel.nullable().describe('The parcel that comes back; null until it was sent.'),
    warehouseId: warehouseId.nullable().describe('The warehouse that received the goods.'),
    replacement: AfterSalesParcel.nullable().describe(
      'The parcel with the new goods; null until it was sent.',
    ),
    worth: money.describe('The worth of the goods when the request was made.'),
    refunded: money.nullable().describe('The sum that was refunded; null before.'),
    failure: z.string().nullable().describe('The reason why the last refund or replacement failed.'),
    requestedAt: instant.describe('The time of the request.'),
    sentAt: instant.nullable().describe('The time when the goods were sent back.'),
    receivedAt: instant.nullable().describe('The time when the goods arrived.'),
    closedAt: instant.nullable().describe('The time when the request ended; null before.'),
    timeline,
  })
  .describe('A request of a customer about goods of an order: a refund, a return or an exchange.');
export type AfterSalesDocument = DocumentOf<typeof AfterSalesDocument>;

/** The removal of photos is no step of a request. */
type Fact = EventOf<Exclude<AfterSalesEvent, AfterSalesPhotosRemoved>>;
type Requested = Extract<Fact, { readonly type: 'AfterSalesRequested' }>;

const requested = (event: Requested): AfterSalesDocument => {
  const { data } = event;
  return {
    id: data.afterSalesId,
    ...{ orderId: data.orderId, orderNumber: data.orderNumber, number: data.number },
    ...{ customerId: data.customerId, sellerId: data.sellerId ?? null, kind: data.kind },
    status: 'REQUESTED',
    statusSince: data.requestedAt,
    dueAt: data.decideBy,
    lines: data.lines.map(({ productId, sku, name, quantity, reason }) => ({
      ...{ productId, sku, name, quantity, reason },
      ...{ restocked: 0, writtenOff: 0, refused: 0 },
    })),
    description: data.description,
    evidence: [...data.evidence],
    photos: photosOf(data.photos),
    ...{ disputeText: null, remark: null, returnTo: null, parcel: null, warehouseId: null },
    ...{ replacement: null, worth: data.worth, refunded: null, failure: null },
    ...{ requestedAt: data.requestedAt, sentAt: null, receivedAt: null, closedAt: null },
    timeline: [entryOf(event, summaryOf(event))],
  };
};

const counted = (
  lines: AfterSalesDocument['lines'],
  inspected: readonly InspectedLine[],
): AfterSalesDocument['lines'] =>
  lines.map((line) => ({ ...line, ...inspected.find(({ productId }) => productId === line.productId) }));

const said = (remark: string): string => (remark === '' ? '' : ` “${remark}”`);

const deciders = { SELLER: 'The seller', STAFF: 'Staff', CLOCK: 'The clock' } as const;
const escalations = {
  DISPUTED: 'The customer disputed the refusal; staff decide.',
  UNDECIDED: 'The request was not decided in time; staff decide.',
  NOT_RECEIVED: 'The parcel has not arrived in time; staff decide.',
} as const;
const endings = {
  NOT_SENT: 'Closed, because the goods were not sent in time.',
  NOT_DISPUTED: 'Closed, because the refusal was not disputed.',
  DISPUTE_LOST: 'Closed by the decision of staff.',
  BY_STAFF: 'Closed by staff.',
} as const;

/** Returns a sentence that says what happened. */
function summaryOf(event: Fact): string {
  switch (event.type) {
    case 'AfterSalesRequested':
      return 'The customer made the request.';
    case 'AfterSalesWithdrawn':
      return 'The customer withdrew the request.';
    case 'AfterSalesApproved':
      return `${deciders[event.data.by]} approved the request.${said(event.data.remark)}`;
    case 'AfterSalesRefused':
      return `${deciders[event.data.by]} refused the request.${said(event.data.remark)}`;
    case 'AfterSalesEscalated':
      return escalations[event.data.cause];
    case 'AfterSalesDisputeDecided': {
      const party = event.data.inFavourOf === 'CUSTOMER' ? 'the customer' : 'the seller';
      return `Staff decided in favour of ${party}.${said(event.data.remark)}`;
    }
    case 'AfterSalesParcelSent':
      return `The customer sent the goods with ${event.data.carrier}.`;
    case 'AfterSalesParcelReceived':
      return `A parcel arrived at warehouse ${event.data.warehouseId}.`;
    case 'AfterSalesInspected':
      return `The parcel was inspected.${said(event.data.remark)}`;
    case 'AfterSalesRefundDue':
      return 'The refund was requested.';
    case 'AfterSalesRefunded':
      return `${formatMoney(event.data.amount)} was refunded.`;
    case 'AfterSalesRefundFailed':
      return `The refund failed: ${reasonIn(event.data.reason)}.`;
    case 'AfterSalesReplacementDue':
      return 'The goods are to be sent again.';
    case 'AfterSalesReplacementStarted':
      return `The goods leave warehouse ${event.data.warehouseId} with ${event.data.carrier}.`;
    case 'AfterSalesReplacementSent':
      return 'The new goods were sent.';
    case 'AfterSalesReplacementFailed':
      return 'The warehouse does not have the goods.';
    case 'AfterSalesClosed':
      return `${endings[event.data.reason]}${said(event.data.remark)}`;
  }
}

type Change<Type extends Fact['type']> = (
  data: Extract<AfterSalesEvent, { readonly type: Type }>['data'],
  found: AfterSalesDocument,
) => Partial<AfterSalesDocument>;

/** Returns the handler of an event that changes a document. An event of a request that is not there changes nothing. */
const changing =
  <Type extends Fact['type']>(change: Change<Type>) =>
  (found: AfterSalesDocument | undefined, event: Fact) => {
    if (found === undefined) return undefined;
    const changed = change(event.data as never, found);
    // A step without a status of its own is followed by one that has one.
    const step = changed.status === undefined ? {} : { dueAt: null, statusSince: momentOf(event) };
    return withEntry({ ...found, ...step, ...changed }, entryOf(event, summaryOf(event)));
  };

/** Returns the change to a final status. */
const ended = (status: AfterSalesDocument['status'], closedAt: AfterSalesDocument['closedAt']) => ({
  status,
  closedAt,
});

export const afterSalesRequests = readModel<AfterSalesDocument, AfterSalesEvent | PersonalDataErased>(
  'after_sales',
  {
    question: 'Which refunds, returns and exchanges were requested, and how far is each?',
    version: 2,
    document: AfterSalesDocument,
    indexes: {
      by_time: ['requestedAt'],
      by_status: ['status', 'statusSince'],
      by_customer: ['customerId', 'requestedAt'],
      by_customer_and_status: ['customerId', 'status', 'requestedAt'],
      by_seller: ['sellerId', 'requestedAt'],
      by_seller_and_status: ['sellerId', 'status', 'requestedAt'],
      by_order: ['orderId', 'number'],
      by_due: ['dueAt'],
    },
    key: (event) => (isErasure(event) ? erasedIn(afterSales.category, event) : event.data.afterSalesId),
    on: {
      AfterSalesRequested: (_, event) => requested(event),
      PersonalDataErased: (found) =>
        found && {
          ...found,
          ...{ description: erasedText, evidence: [], photos: [] },
          disputeText: found.disputeText === null ? null : erasedText,
        },
      AfterSalesPhotosRemoved: (found) => found && { ...found, photos: [] },
      AfterSalesWithdrawn: changing<'AfterSalesWithdrawn'>((data) => ended('WITHDRAWN', data.withdrawnAt)),
      AfterSalesApproved: changing<'AfterSalesApproved'>(({ remark, returnTo, sendBy }) => ({
        ...(sendBy === undefined ? {} : { status: 'AWAITING_PARCEL', dueAt: sendBy }),
        ...{ remark, returnTo: returnTo ?? null },
      })),
      AfterSalesRefused: changing<'AfterSalesRefused'>(({ remark, disputeBy: dueAt }) => ({
        ...{ status: 'REFUSED', remark, dueAt },
      })),
      AfterSalesEscalated: changing<'AfterSalesEscalated'>(({ description }, { disputeText }) => ({
        status: 'ESCALATED',
        disputeText: description ?? disputeText,
      })),
      AfterSalesDisputeDecided: changing<'AfterSalesDisputeDecided'>(
        ({ remark, returnTo, sendBy }, found) => ({
          ...(sendBy === undefined ? {} : { status: 'AWAITING_PARCEL', dueAt: sendBy }),
          ...{ remark, returnTo: returnTo ?? found.returnTo },
        }),
      ),
      AfterSalesParcelSent: changing<'AfterSalesParcelSent'>((data) => ({
        ...{ status: 'IN_TRANSIT', dueAt: data.receiveBy, sentAt: data.sentAt },
        parcel: { carrier: data.carrier, trackingNumber: data.trackingNumber },
      })),
      AfterSalesParcelReceived: changing<'AfterSalesParcelReceived'>((data) => ({
        ...{ status: 'RECEIVED', dueAt: data.inspectBy, receivedAt: data.receivedAt },
        warehouseId: data.warehouseId,
      })),
      AfterSalesInspected: changing<'AfterSalesInspected'>(({ lines, remark }, found) => ({
        ...{ lines: counted(found.lines, lines), remark },
      })),
      AfterSalesRefundDue: changing<'AfterSalesRefundDue'>(() => ({ status: 'REFUNDING', failure: null })),
      AfterSalesRefunded: changing<'AfterSalesRefunded'>(({ amount, refundedAt }) => ({
        ...ended('REFUNDED', refundedAt),
        refunded: amount,
      })),
      AfterSalesRefundFailed: changing<'AfterSalesRefundFailed'>(({ reason }) => ({
        status: 'REFUND_FAILED',
        failure: reason,
      })),
      AfterSalesReplacementDue: changing<'AfterSalesReplacementDue'>(({ replaceBy: dueAt }) => ({
        ...{ status: 'REPLACING', dueAt },
      })),
      AfterSalesReplacementStarted: changing<'AfterSalesReplacementStarted'>((data) => ({
        ...{ status: 'SENDING_REPLACEMENT', failure: null },
        replacement: { carrier: data.carrier, trackingNumber: data.trackingNumber },
      })),
      AfterSalesReplacementSent: changing<'AfterSalesReplacementSent'>(({ sentAt }) =>
        ended('REPLACED', sentAt),
      ),
      AfterSalesReplacementFailed: changing<'AfterSalesReplacementFailed'>(
        ({ productId, replaceBy: dueAt }, { lines }) => ({
          ...{ status: 'REPLACING', dueAt, replacement: null },
          failure: `The warehouse lacks ${lines.find((line) => line.productId === productId)?.name ?? productId}.`,
        }),
      ),
      AfterSalesClosed: changing<'AfterSalesClosed'>(({ closedAt, remark }, found) => ({
        ...ended('CLOSED', closedAt),
        remark: remark === '' ? found.remark : remark,
      })),
    },
  },
);
