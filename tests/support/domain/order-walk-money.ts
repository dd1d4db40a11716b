import type { CaptureId, Instant } from '../../../domain/kernel';
import { captureOf, paymentOf, refundableOf } from '../../../domain/order';
import { isSecured, isToBeVoided, payment } from '../../../domain/payment';
import { at, orderId, partOf, to, withOrder, withPayment, type Step } from './order-walk-whole';

const authorisedUntil = '2099-01-01T00:00:00.000Z' as Instant;

export const paying: Step = (whole) => {
  const { openPaymentId: paymentId, total: amount, customerId } = whole.order;
  const { payment: present } = whole;
  if (paymentId !== undefined && (present.status === 'NONE' || present.paymentId !== paymentId)) {
    const fresh = { ...whole, payment: payment.initial, payments: whole.payments + 1 };
    const request = {
      type: 'RequestPayment',
      paymentId,
      orderId,
      customerId,
      amount,
      method: 'test',
      at,
    } as const;
    return [withPayment(fresh, request)];
  }
  if (present.status === 'NONE') return [];
  const of = { paymentId: present.paymentId, at };
  if (present.status === 'REQUESTED')
    return [
      withPayment(
        whole,
        whole.isHeld
          ? { type: 'RecordAuthorisation', ...of, reference: 'r', authorisedUntil }
          : { type: 'RecordCapture', ...of, reference: 'r' },
      ),
      withPayment(whole, { type: 'RecordDecline', ...of, reason: 'no' }),
    ];
  return [
    isSecured(present)
      ? withOrder(whole, {
          ...{ type: 'RecordPayment', ...to, paymentId: present.paymentId, paid: amount },
          ...(present.status === 'AUTHORISED' && { authorisedUntil }),
        })
      : withOrder(whole, { type: 'RecordPaymentDecline', ...to, paymentId: present.paymentId }),
  ];
};

export const refunding: Step = (whole) => {
  const paid = paymentOf(whole.order);
  const open = paid?.refunds.find(({ done, refused }) => !done && !refused);
  if (paid === undefined || open === undefined) return [];
  const { refundId, amount } = open;
  const of = { paymentId: paid.paymentId, refundId, at };
  const asked = withPayment(whole, { type: 'RequestPaymentRefund', ...of, amount });
  const status = isSecured(asked.payment) ? asked.payment.refunds.get(refundId)?.status : undefined;
  // It waits until the provider has decided on a capture.
  if (status === undefined) return [];
  if (status === 'DONE')
    return [withOrder(asked, { type: 'RecordRefund', ...to, refundId, isRelease: true })];
  const done = withPayment(asked, { type: 'RecordPaymentRefund', ...of, reference: 'r' });
  const refused = withPayment(asked, { type: 'RecordPaymentRefundFailure', ...of, reason: 'no' });
  return [
    withOrder(done, { type: 'RecordRefund', ...to, refundId }),
    withOrder(refused, { type: 'RecordRefundRefusal', ...to, refundId, reason: 'no' }),
  ];
};

/** The money for a packed shipment is taken, or the provider refuses to take it. */
export const capturing: Step = (whole) => {
  const { payment: money } = whole;
  const paid = paymentOf(whole.order);
  const part = partOf(whole);
  if (paid?.captures === undefined || part === undefined || money.status !== 'AUTHORISED') return [];
  const { shipmentId } = part;
  const isPacked = !['NONE', 'PACKING', 'FAILED', 'CANCELLED'].includes(whole.shipment.status);
  const known = captureOf(paid, shipmentId);
  const captureId = known?.captureId ?? (`capture-${paid.captures.length}` as CaptureId);
  if (known === undefined)
    return isPacked ? [withOrder(whole, { type: 'RequestCapture', ...to, captureId, shipmentId })] : [];
  if (known.status !== 'OPEN') return [];
  const of = { paymentId: paid.paymentId, captureId, at };
  const asked = withPayment(whole, { type: 'RequestCapture', ...of, upTo: refundableOf(paid) });
  const capture = asked.payment.status === 'AUTHORISED' && asked.payment.captures.get(captureId);
  if (!capture)
    return [
      withOrder(asked, { type: 'RecordCapture', ...to, captureId, amount: { ...paid.paid, amountMinor: 0 } }),
    ];
  const taken = withPayment(asked, { type: 'RecordPartCapture', ...of, reference: 'r' });
  const refused = withPayment(asked, { type: 'RecordCaptureRefusal', ...of, reason: 'no' });
  return [
    withOrder(taken, { type: 'RecordCapture', ...to, captureId, amount: capture.amount }),
    withOrder(refused, { type: 'RecordCaptureRefusal', ...to, captureId, reason: 'no' }),
  ];
};

export const voiding: Step = (whole) => {
  const { payment: money } = whole;
  if (!isToBeVoided(money)) return [];
  const of = { paymentId: money.paymentId, at };
  return [
    withPayment(whole, { type: 'RecordVoid', ...of }),
    withPayment(whole, { type: 'RecordVoidRefusal', ...of, reason: 'no' }),
  ];
};
