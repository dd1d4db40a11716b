import {
  erasedText,
  type AccountId,
  type AfterSalesId,
  type Fact,
  type Instant,
  type OrderId,
  type PersonalData,
  type Picture,
  type PictureId,
  type ProductId,
  type SerialNumber,
  type WarehouseId,
} from '../kernel';
import type { Money } from '../money';
import type {
  AfterSalesDecider,
  AfterSalesKind,
  AfterSalesReason,
  ClosingReason,
  EscalationCause,
} from './status';

export type AfterSalesGoods = { readonly productId: ProductId; readonly quantity: number };

/** Goods for which something is requested, with their names at the time of the sale. */
export type AfterSalesLine = AfterSalesGoods & {
  readonly sku: string;
  readonly name: string;
  readonly reason: AfterSalesReason;
};

/** The pieces of one product that came back, by their condition. What is missing of the requested quantity did not arrive. */
export type InspectedLine = {
  readonly productId: ProductId;
  /** Good as new: they go back on hand. */
  readonly restocked: number;
  /** Accepted, and not to be sold again. */
  readonly writtenOff: number;
  /** Not accepted: they go back to the customer. */
  readonly refused: number;
};

export type SettlementCause =
  | 'APPROVED'
  | 'INSPECTED'
  | 'NOT_INSPECTED'
  | 'DISPUTE_WON'
  | 'REPLACEMENT_OVERDUE'
  | 'INSTEAD_OF_REPLACEMENT'
  | 'RETRIED';

type Of = { afterSalesId: AfterSalesId; orderId: OrderId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type AfterSalesRequested = Fact<
  'AfterSalesRequested',
  Of & {
    /** 1 for the first request of the order. */
    number: number;
    /** The id of the command, by which a repeat of it is recognised. */
    requestKey: string;
    orderNumber: SerialNumber;
    customerId: AccountId;
    /** The seller of all of the goods; absent where the shop itself sold them. */
    sellerId?: AccountId | undefined;
    kind: AfterSalesKind;
    lines: readonly AfterSalesLine[];
    /** The customer's words, and addresses of pictures. */
    description: string;
    evidence: readonly string[];
    /** Uploaded pictures; absent where there are none. */
    photos?: readonly Picture[] | undefined;
    /** The worth of the goods at this time. A refund is computed when it is due. */
    worth: Money;
    decideBy: Instant;
    requestedAt: Instant;
  }
>;
/** The photos were removed because the account of the customer was erased. */
export type AfterSalesPhotosRemoved = Fact<
  'AfterSalesPhotosRemoved',
  Of & { removedPhotos: readonly PictureId[]; removedAt: Instant }
>;
export type AfterSalesWithdrawn = Fact<'AfterSalesWithdrawn', Of & { withdrawnAt: Instant }>;
/** `sendBy` is present where goods must come back, and `returnTo` where they go to another address than their sender's. */
export type AfterSalesApproved = Fact<
  'AfterSalesApproved',
  Of & {
    by: AfterSalesDecider;
    remark: string;
    returnTo?: string | undefined;
    sendBy?: Instant | undefined;
    approvedAt: Instant;
  }
>;
export type AfterSalesRefused = Fact<
  'AfterSalesRefused',
  Of & { by: AfterSalesDecider; remark: string; disputeBy: Instant; refusedAt: Instant }
>;
/** Staff decide for good. `description`: the customer's words in a dispute. */
export type AfterSalesEscalated = Fact<
  'AfterSalesEscalated',
  Of & {
    customerId?: AccountId | undefined;
    cause: EscalationCause;
    description?: string | undefined;
    escalatedAt: Instant;
  }
>;
export type AfterSalesDisputeDecided = Fact<
  'AfterSalesDisputeDecided',
  Of & {
    inFavourOf: 'CUSTOMER' | 'SELLER';
    remark: string;
    returnTo?: string | undefined;
    sendBy?: Instant | undefined;
    decidedAt: Instant;
  }
>;
/** The customer has given the goods to a carrier. */
export type AfterSalesParcelSent = Fact<
  'AfterSalesParcelSent',
  Of & { carrier: string; trackingNumber: string; receiveBy: Instant; sentAt: Instant }
>;
/** A parcel has arrived. Its content is not known before the inspection. */
export type AfterSalesParcelReceived = Fact<
  'AfterSalesParcelReceived',
  Of & { warehouseId: WarehouseId; inspectBy: Instant; receivedAt: Instant }
>;
export type AfterSalesInspected = Fact<
  'AfterSalesInspected',
  Of & {
    by: AfterSalesDecider;
    warehouseId: WarehouseId;
    lines: readonly InspectedLine[];
    remark: string;
    inspectedAt: Instant;
  }
>;
/** The price of these goods is to be refunded. `attempt`: 1, and one more after each failure. */
export type AfterSalesRefundDue = Fact<
  'AfterSalesRefundDue',
  Of & { attempt: number; lines: readonly AfterSalesGoods[]; cause: SettlementCause; dueAt: Instant }
>;
/** `amount` is 0 where everything had been refunded before. */
export type AfterSalesRefunded = Fact<
  'AfterSalesRefunded',
  Of & { attempt: number; amount: Money; refundedAt: Instant }
>;
/** The order or the payment provider refused the refund. Staff decide what follows. */
export type AfterSalesRefundFailed = Fact<
  'AfterSalesRefundFailed',
  Of & { attempt: number; reason: string; failedAt: Instant }
>;
/** These goods are to be sent again at no charge. */
export type AfterSalesReplacementDue = Fact<
  'AfterSalesReplacementDue',
  Of & { lines: readonly AfterSalesGoods[]; cause: SettlementCause; replaceBy: Instant; dueAt: Instant }
>;
/** The seller sends the goods from this warehouse; they are not taken from its stock yet. */
export type AfterSalesReplacementStarted = Fact<
  'AfterSalesReplacementStarted',
  Of & {
    attempt: number;
    warehouseId: WarehouseId;
    lines: readonly AfterSalesGoods[];
    carrier: string;
    trackingNumber: string;
    startedAt: Instant;
  }
>;
/** The goods were taken from the stock. */
export type AfterSalesReplacementSent = Fact<
  'AfterSalesReplacementSent',
  Of & { attempt: number; sentAt: Instant }
>;
/** The warehouse does not have this product. `taken`: goods that were taken before, and go back to the same stock. */
export type AfterSalesReplacementFailed = Fact<
  'AfterSalesReplacementFailed',
  Of & {
    attempt: number;
    productId: ProductId;
    warehouseId?: WarehouseId | undefined;
    taken?: readonly AfterSalesGoods[] | undefined;
    replaceBy: Instant;
    failedAt: Instant;
  }
>;
export type AfterSalesClosed = Fact<
  'AfterSalesClosed',
  Of & { reason: ClosingReason; remark: string; closedAt: Instant }
>;

export type AfterSalesEvent =
  | AfterSalesRequested
  | AfterSalesPhotosRemoved
  | AfterSalesWithdrawn
  | AfterSalesApproved
  | AfterSalesRefused
  | AfterSalesEscalated
  | AfterSalesDisputeDecided
  | AfterSalesParcelSent
  | AfterSalesParcelReceived
  | AfterSalesInspected
  | AfterSalesRefundDue
  | AfterSalesRefunded
  | AfterSalesRefundFailed
  | AfterSalesReplacementDue
  | AfterSalesReplacementStarted
  | AfterSalesReplacementSent
  | AfterSalesReplacementFailed
  | AfterSalesClosed;

export const afterSalesEventTypes = {
  AfterSalesRequested: true,
  AfterSalesPhotosRemoved: true,
  AfterSalesWithdrawn: true,
  AfterSalesApproved: true,
  AfterSalesRefused: true,
  AfterSalesEscalated: true,
  AfterSalesDisputeDecided: true,
  AfterSalesParcelSent: true,
  AfterSalesParcelReceived: true,
  AfterSalesInspected: true,
  AfterSalesRefundDue: true,
  AfterSalesRefunded: true,
  AfterSalesRefundFailed: true,
  AfterSalesReplacementDue: true,
  AfterSalesReplacementStarted: true,
  AfterSalesReplacementSent: true,
  AfterSalesReplacementFailed: true,
  AfterSalesClosed: true,
} as const satisfies Record<AfterSalesEvent['type'], true>;

export const personalData: PersonalData<AfterSalesEvent> = {
  AfterSalesRequested: { person: 'customerId', erased: { description: erasedText, evidence: [] } },
  AfterSalesEscalated: { person: 'customerId', erased: { description: erasedText } },
};
