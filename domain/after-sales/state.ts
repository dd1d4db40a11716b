import { unreachable } from '../kernel';
import type { AccountId, AfterSalesId, Instant, OrderId, Picture, WarehouseId } from '../kernel';
import type { Money } from '../money';
import type { AfterSalesEvent, AfterSalesGoods, AfterSalesRequested, InspectedLine } from './events';
import type { AfterSalesKind, AfterSalesStatus } from './status';

export type KnownAfterSales = {
  readonly status: AfterSalesStatus;
  readonly afterSalesId: AfterSalesId;
  readonly orderId: OrderId;
  readonly requestKey: string;
  readonly customerId: AccountId;
  readonly sellerId?: AccountId | undefined;
  readonly kind: AfterSalesKind;
  readonly lines: readonly AfterSalesGoods[];
  readonly worth: Money;
  /** Absent where there are none. */
  readonly photos?: readonly Picture[] | undefined;
  /** The time at which the clock decides; absent where it does not. */
  readonly dueAt?: Instant | undefined;
  /** The time by which the replacement must be sent; later attempts do not put it off. */
  readonly replaceBy?: Instant | undefined;
  /** The customer has given the goods away. */
  readonly isSent: boolean;
  /** The warehouse that received the parcel. */
  readonly warehouseId?: WarehouseId | undefined;
  readonly inspected?: readonly InspectedLine[] | undefined;
  /** The goods whose price is refunded, or that are sent again. */
  readonly settled: readonly AfterSalesGoods[];
  readonly refundAttempts: number;
  readonly replacementAttempts: number;
};

export type AfterSalesState = { readonly status: 'NONE' } | KnownAfterSales;

export const initial: AfterSalesState = { status: 'NONE' };

const requested = ({ data }: AfterSalesRequested): KnownAfterSales => ({
  status: 'REQUESTED',
  afterSalesId: data.afterSalesId,
  orderId: data.orderId,
  requestKey: data.requestKey,
  customerId: data.customerId,
  sellerId: data.sellerId,
  kind: data.kind,
  lines: data.lines.map(({ productId, quantity }) => ({ productId, quantity })),
  worth: data.worth,
  photos: data.photos,
  dueAt: data.decideBy,
  isSent: false,
  settled: [],
  refundAttempts: 0,
  replacementAttempts: 0,
});

const to = (
  state: KnownAfterSales,
  status: AfterSalesStatus,
  change: Partial<KnownAfterSales> = {},
): KnownAfterSales => ({ ...state, dueAt: undefined, ...change, status });

const changed = (state: KnownAfterSales, event: Exclude<AfterSalesEvent, AfterSalesRequested>) => {
  switch (event.type) {
    case 'AfterSalesPhotosRemoved':
      return { ...state, photos: undefined };
    case 'AfterSalesWithdrawn':
      return to(state, 'WITHDRAWN');
    case 'AfterSalesApproved':
    case 'AfterSalesDisputeDecided': {
      const { sendBy } = event.data;
      // The event that settles the request, or closes it, follows at once.
      return sendBy === undefined ? state : to(state, 'AWAITING_PARCEL', { dueAt: sendBy });
    }
    case 'AfterSalesRefused':
      return to(state, 'REFUSED', { dueAt: event.data.disputeBy });
    case 'AfterSalesEscalated':
      return to(state, 'ESCALATED');
    case 'AfterSalesParcelSent':
      return to(state, 'IN_TRANSIT', { isSent: true, dueAt: event.data.receiveBy });
    case 'AfterSalesParcelReceived': {
      const { warehouseId, inspectBy } = event.data;
      return to(state, 'RECEIVED', { isSent: true, warehouseId, dueAt: inspectBy });
    }
    case 'AfterSalesInspected':
      return { ...state, inspected: event.data.lines };
    case 'AfterSalesRefundDue':
      return to(state, 'REFUNDING', { settled: event.data.lines, refundAttempts: event.data.attempt });
    case 'AfterSalesRefunded':
      return to(state, 'REFUNDED');
    case 'AfterSalesRefundFailed':
      return to(state, 'REFUND_FAILED');
    case 'AfterSalesReplacementDue': {
      const { lines, replaceBy } = event.data;
      return to(state, 'REPLACING', { settled: lines, replaceBy, dueAt: replaceBy });
    }
    case 'AfterSalesReplacementStarted':
      return to(state, 'SENDING_REPLACEMENT', { replacementAttempts: event.data.attempt });
    case 'AfterSalesReplacementSent':
      return to(state, 'REPLACED');
    case 'AfterSalesReplacementFailed':
      return to(state, 'REPLACING', { dueAt: event.data.replaceBy });
    case 'AfterSalesClosed':
      return to(state, 'CLOSED');
    default:
      return unreachable(event);
  }
};

export const evolve = (state: AfterSalesState, event: AfterSalesEvent): AfterSalesState => {
  if (event.type === 'AfterSalesRequested') return requested(event);
  if (state.status === 'NONE') throw new Error(`${event.type} before AfterSalesRequested`);
  return changed(state, event);
};
