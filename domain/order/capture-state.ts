import type { CaptureId, ShipmentId } from '../kernel';
import type { Money } from '../money';
import type { OrderCaptured, OrderCaptureRefused, OrderCaptureRequested } from './events';

/** A capture of held money before a shipment leaves. */
export type CaptureState = {
  readonly captureId: CaptureId;
  readonly shipmentId: ShipmentId;
  readonly status: 'OPEN' | 'DONE' | 'REFUSED';
  /** The sum that was taken with it: 0 where enough was taken before. */
  readonly amount?: Money | undefined;
};

/** `captures`: absent where the money was taken when the order was paid. */
type Captures = { readonly captures?: readonly CaptureState[] | undefined };

/** Returns the last capture for a shipment: an earlier one was refused. */
export const captureOf = ({ captures = [] }: Captures, shipmentId: ShipmentId): CaptureState | undefined =>
  captures.findLast((capture) => capture.shipmentId === shipmentId);

/** Tests whether the money for a shipment is taken, so that it may leave. */
export const isCaptured = (payment: Captures, shipmentId: ShipmentId): boolean =>
  payment.captures === undefined || captureOf(payment, shipmentId)?.status === 'DONE';

/** Tests whether nothing of held money was taken yet, so that the sale has not been settled with anyone. */
export const isUntaken = ({ captures }: Captures): boolean =>
  captures !== undefined && !captures.some(({ amount }) => (amount?.amountMinor ?? 0) > 0);

export const withCapture = (
  { captures = [] }: Captures,
  event: OrderCaptureRequested | OrderCaptured | OrderCaptureRefused,
): readonly CaptureState[] => {
  const { captureId, shipmentId } = event.data;
  const others = captures.filter((capture) => capture.captureId !== captureId);
  switch (event.type) {
    case 'OrderCaptureRequested':
      return [...others, { captureId, shipmentId, status: 'OPEN' }];
    case 'OrderCaptured':
      return [...others, { captureId, shipmentId, status: 'DONE', amount: event.data.amount }];
    case 'OrderCaptureRefused':
      return [...others, { captureId, shipmentId, status: 'REFUSED' }];
  }
};
