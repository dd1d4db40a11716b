import type { CaptureId, Instant } from '../../../domain/kernel';
import type { OrderEvent } from '../../../domain/order';
import type { PaymentEvent } from '../../../domain/payment';
import { at, gbp, orderId, paid, paymentId, paymentRefunded, refundId, total } from './orders';
import { shipmentId } from './shipments';

type Order<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;
type Payment<Type extends PaymentEvent['type']> = Extract<PaymentEvent, { type: Type }>;

/** The events of the same order where its money is held first: £26.70, of which £20 is taken. */
export const authorisedUntil = '2026-11-09T09:00:00.000Z' as Instant;
export const captureId = '5d0b6c3e-0000-5000-8000-0000000000c1' as CaptureId;
export const taken = gbp(2_000);

const of = { paymentId, orderId };
const ofCapture = { ...of, captureId };

export const authorisationRequested: Payment<'PaymentAuthorisationRequested'> = {
  type: 'PaymentAuthorisationRequested',
  data: { ...of, method: 'test', requestedAt: at },
};
export const authorised: Payment<'PaymentAuthorised'> = {
  type: 'PaymentAuthorised',
  data: { ...of, amount: total, reference: 'test_1', authorisedUntil, authorisedAt: at },
};
export const captureRequested: Payment<'PaymentCaptureRequested'> = {
  type: 'PaymentCaptureRequested',
  data: { ...ofCapture, amount: taken, requestedAt: at },
};
export const capturePending: Payment<'PaymentCapturePending'> = {
  type: 'PaymentCapturePending',
  data: { ...ofCapture, pendingAt: at },
};
export const partCaptured: Payment<'PaymentPartCaptured'> = {
  type: 'PaymentPartCaptured',
  data: { ...ofCapture, amount: taken, reference: 'taken_1', capturedAt: at },
};
export const captureRefused: Payment<'PaymentCaptureRefused'> = {
  type: 'PaymentCaptureRefused',
  data: { ...ofCapture, amount: taken, reason: 'The bank refuses.', refusedAt: at },
};
export const released: Payment<'PaymentReleased'> = {
  type: 'PaymentReleased',
  data: { ...of, refundId, amount: gbp(670), releasedAt: at },
};
export const voided: Payment<'PaymentVoided'> = {
  type: 'PaymentVoided',
  data: { ...of, amount: gbp(670), voidedAt: at },
};
export const voidRefused: Payment<'PaymentVoidRefused'> = {
  type: 'PaymentVoidRefused',
  data: { ...of, reason: 'It ends by itself.', refusedAt: at },
};
export const refundedWithRelease: Payment<'PaymentRefunded'> = {
  ...paymentRefunded,
  data: { ...paymentRefunded.data, amount: gbp(220), released: gbp(670) },
};

export const orderHeld: Order<'OrderPaid'> = { ...paid, data: { ...paid.data, authorisedUntil } };
const ofShipment = { ...ofCapture, shipmentId };
export const orderCaptureRequested: Order<'OrderCaptureRequested'> = {
  type: 'OrderCaptureRequested',
  data: { ...ofShipment, upTo: taken, requestedAt: at },
};
export const orderCaptured: Order<'OrderCaptured'> = {
  type: 'OrderCaptured',
  data: { ...ofShipment, amount: taken, isFirst: true, capturedAt: at },
};
export const orderCaptureRefused: Order<'OrderCaptureRefused'> = {
  type: 'OrderCaptureRefused',
  data: { ...ofShipment, reason: 'The bank refuses.', refusedAt: at },
};
