import { order, type OrderCaptureRequested } from '../../domain/order';
import {
  payment,
  type PaymentCaptureRefused,
  type PaymentCaptureRequested,
  type PaymentPartCaptured,
  type PaymentRefunded,
  type PaymentReleased,
} from '../../domain/payment';
import { zero } from '../../domain/money';
import type { ShipmentPacked } from '../../domain/shipment';
import { captureId as captureIdOf } from '../../platform/ids';
import {
  contextFrom,
  reactor,
  requireAccepted,
  RetryLater,
  type EventOf,
  type Reactor,
} from '../../platform/reactions';
import type { Payments } from '../payment';
import type { UseCaseDeps } from '../use-case/use-case';
import { demandAnswer } from './demand-answer';

export type CapturesDeps = UseCaseDeps & Pick<Payments, 'settleCapture' | 'settleVoid'>;

/**
 * Has the money for a packed shipment taken. From now on its customer cannot cancel it, and the truck does not wait for the
 * provider.
 */
const captureBefore = async (
  { aggregates, clock }: CapturesDeps,
  event: EventOf<ShipmentPacked>,
): Promise<void> => {
  const { orderId, shipmentId } = event.data;
  const executed = await aggregates.of(order).execute(
    orderId,
    {
      type: 'RequestCapture',
      ...{ orderId, shipmentId, captureId: captureIdOf(shipmentId, 'packed'), at: clock.now() },
    },
    contextFrom(event, 'capture'),
  );
  const code = executed.kind === 'rejected' ? executed.rejection.code : undefined;
  if (code === 'ORDER_HELD') throw new RetryLater('The order is held');
  if (code === 'CAPTURE_UNDECIDED') throw new RetryLater('A capture of the order is not decided');
  // The order was cancelled, or the part was moved.
  requireAccepted(executed, ['ORDER_WRONG_STATUS', 'ORDER_PART_NOT_FOUND']);
};

/** Requests the capture of the payment. Where enough is taken, the order records that at once. */
const requestOfPayment = async (
  { aggregates, clock }: CapturesDeps,
  event: EventOf<OrderCaptureRequested>,
): Promise<void> => {
  const { orderId, paymentId, captureId, upTo } = event.data;
  const payments = aggregates.of(payment);
  const requested = { type: 'RequestCapture', paymentId, captureId, upTo, at: clock.now() } as const;
  requireAccepted(await payments.execute(paymentId, requested, contextFrom(event, 'request-capture')));
  const state = await payments.load(paymentId);
  if (state.status !== 'AUTHORISED' || state.captures.has(captureId)) return;
  const amount = zero(upTo.currency);
  const command = { type: 'RecordCapture', orderId, captureId, amount, at: clock.now() } as const;
  requireAccepted(await aggregates.of(order).execute(orderId, command, contextFrom(event, 'captured')));
};

/** Takes held money before shipments leave, and has the provider let go of what is never taken. */
export const capturesWorkflow = (deps: CapturesDeps): Reactor => {
  const { aggregates, clock, settleCapture, settleVoid } = deps;

  const endWhatIsLeft = async (
    event: EventOf<PaymentPartCaptured> | EventOf<PaymentReleased> | EventOf<PaymentRefunded>,
  ): Promise<void> => {
    demandAnswer(await settleVoid(event.data.paymentId, contextFrom(event, 'void')));
  };

  return reactor<
    | ShipmentPacked
    | OrderCaptureRequested
    | PaymentCaptureRequested
    | PaymentPartCaptured
    | PaymentCaptureRefused
    | PaymentReleased
    | PaymentRefunded
  >('captures', {
    ShipmentPacked: (event) => captureBefore(deps, event),
    OrderCaptureRequested: (event) => requestOfPayment(deps, event),
    PaymentCaptureRequested: async (event) => {
      demandAnswer(await settleCapture(event.data, contextFrom(event, 'settle-capture')));
    },
    PaymentPartCaptured: async (event) => {
      const { orderId, captureId, amount } = event.data;
      const command = { type: 'RecordCapture', orderId, captureId, amount, at: clock.now() } as const;
      requireAccepted(await aggregates.of(order).execute(orderId, command, contextFrom(event, 'captured')));
      await endWhatIsLeft(event);
    },
    PaymentCaptureRefused: async (event) => {
      const { orderId, captureId, reason } = event.data;
      const command = { type: 'RecordCaptureRefusal', orderId, captureId, reason, at: clock.now() } as const;
      requireAccepted(await aggregates.of(order).execute(orderId, command, contextFrom(event, 'refused')));
    },
    PaymentReleased: async (event) => {
      const { orderId, refundId } = event.data;
      const command = { type: 'RecordRefund', orderId, refundId, isRelease: true, at: clock.now() } as const;
      const executed = await aggregates.of(order).execute(orderId, command, contextFrom(event, 'released'));
      // The order never had this money, so it has no refund to record.
      requireAccepted(executed, ['REFUND_NOT_FOUND']);
      await endWhatIsLeft(event);
    },
    PaymentRefunded: endWhatIsLeft,
  });
};

/** The events after which captures of held orders, and refunds that waited for a capture, are requested again. */
export const retryCapturesOn: readonly string[] = [
  'OrderHoldReleased',
  'PaymentPartCaptured',
  'PaymentCaptureRefused',
  'OrderCaptured',
  'OrderCaptureRefused',
];
