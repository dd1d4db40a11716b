import { given } from '../../tests/support/domain/given';
import type { AccountId, CaptureId, Instant, OrderId, PaymentId, RefundId } from '../kernel';
import { money, type CurrencyCode } from '../money';
import { isToBeVoided, payment, type PaymentEvent } from '.';

const pence = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
const at = '2026-01-01T10:00:00.000Z' as Instant;
const authorisedUntil = '2026-01-08T10:00:00.000Z' as Instant;
const of = { paymentId: 'payment-1' as PaymentId, orderId: 'order-1' as OrderId };
const to = { paymentId: of.paymentId, at };
const [captureId, other] = ['capture-1', 'capture-2'] as CaptureId[] as [CaptureId, CaptureId];
const refundId = 'refund-1' as RefundId;

const requested: PaymentEvent = {
  type: 'PaymentRequested',
  data: { ...of, customerId: 'ada' as AccountId, amount: pence(100), method: 'test', requestedAt: at },
};
const toBeHeld: PaymentEvent = {
  type: 'PaymentAuthorisationRequested',
  data: { ...of, method: 'test', requestedAt: at },
};
const authorised: PaymentEvent = {
  type: 'PaymentAuthorised',
  data: { ...of, amount: pence(100), reference: 'au_1', authorisedUntil, authorisedAt: at },
};
const asked = (amountMinor: number, id = captureId): PaymentEvent => ({
  type: 'PaymentCaptureRequested',
  data: { ...of, captureId: id, amount: pence(amountMinor), requestedAt: at },
});
const taken = (amountMinor: number, id = captureId): PaymentEvent => ({
  type: 'PaymentPartCaptured',
  data: { ...of, captureId: id, amount: pence(amountMinor), reference: 'ca_1', capturedAt: at },
});
const refused = (amountMinor: number): PaymentEvent => ({
  type: 'PaymentCaptureRefused',
  data: { ...of, captureId, amount: pence(amountMinor), reason: 'no', refusedAt: at },
});
const released = (amountMinor: number): PaymentEvent => ({
  type: 'PaymentReleased',
  data: { ...of, refundId, amount: pence(amountMinor), releasedAt: at },
});
const held = [requested, toBeHeld, authorised];

const requestCapture = (upTo: number, id = captureId) =>
  ({ type: 'RequestCapture', ...to, captureId: id, upTo: pence(upTo) }) as const;
const requestRefund = (amountMinor: number, id = refundId) =>
  ({ type: 'RequestPaymentRefund', ...to, refundId: id, amount: pence(amountMinor) }) as const;

describe('an authorisation', () => {
  it('is decided once, before the provider is called', () => {
    const command = { type: 'RequestAuthorisation', ...to, method: 'test' } as const;
    given(payment, [requested]).when(command).then([toBeHeld]);
    given(payment, held).when(command).then([]);
  });

  it('holds the money, and is recorded once', () => {
    const command = { type: 'RecordAuthorisation', ...to, reference: 'au_1', authorisedUntil } as const;
    given(payment, [requested, toBeHeld]).when(command).then([authorised]);
    given(payment, held)
      .when({ ...command, reference: 'au_2' })
      .thenRejected({
        ...{ code: 'PAYMENT_WRONG_STATUS', paymentId: of.paymentId, status: 'AUTHORISED' },
      });
  });

  it('cannot be declined any more', () => {
    given(payment, held)
      .when({ type: 'RecordDecline', ...to, reason: 'no' })
      .thenRejected({ code: 'PAYMENT_WRONG_STATUS', paymentId: of.paymentId, status: 'AUTHORISED' });
  });
});

describe('a capture', () => {
  it('takes what is missing up to a sum, and no more than is held', () => {
    given(payment, held)
      .when(requestCapture(60))
      .then([asked(60)]);
    given(payment, [...held, asked(60), taken(60)])
      .when(requestCapture(90, other))
      .then([asked(30, other)]);
    given(payment, held)
      .when(requestCapture(101))
      .then([asked(100)]);
    given(payment, [...held, released(30)])
      .when(requestCapture(100))
      .then([asked(70)]);
  });

  it('takes nothing where enough is taken, also while the provider decides', () => {
    given(payment, [...held, asked(60)])
      .when(requestCapture(60, other))
      .then([]);
    given(payment, held).when(requestCapture(0)).then([]);
  });

  it('that was refused leaves the money to another one', () => {
    given(payment, [...held, asked(60), refused(60)])
      .when(requestCapture(60, other))
      .then([asked(60, other)]);
  });

  it('is confirmed only while it is undecided', () => {
    const confirm = { type: 'RecordPartCapture', ...to, captureId, reference: 'ca_1' } as const;
    given(payment, [...held, asked(60)])
      .when(confirm)
      .then([taken(60)]);
    given(payment, [...held, asked(60), refused(60)])
      .when(confirm)
      .thenRejected({ code: 'CAPTURE_NOT_FOUND', captureId });
    given(payment, [...held, asked(60), taken(60)])
      .when({ type: 'RecordCaptureRefusal', ...to, captureId, reason: 'no' })
      .thenRejected({ code: 'CAPTURE_NOT_FOUND', captureId });
  });

  it('is not possible of a payment that was taken at once', () => {
    const captured: PaymentEvent = {
      type: 'PaymentCaptured',
      data: { ...of, amount: pence(100), reference: 'ch_1', capturedAt: at },
    };
    given(payment, [requested, captured])
      .when(requestCapture(10))
      .thenRejected({ code: 'PAYMENT_WRONG_STATUS', paymentId: of.paymentId, status: 'CAPTURED' });
  });
});

describe('a refund', () => {
  it('of money that is held moves nothing', () => {
    given(payment, held)
      .when(requestRefund(40))
      .then([released(40)]);
    given(payment, [...held, asked(60), taken(60)])
      .when(requestRefund(40))
      .then([released(40)]);
  });

  it('of more than is held gives back the rest of what was taken', () => {
    given(payment, [...held, asked(60), taken(60)])
      .when(requestRefund(70))
      .then([
        {
          type: 'PaymentRefundRequested',
          data: { ...of, refundId, amount: pence(30), released: pence(40), requestedAt: at },
        },
      ]);
  });

  it('of more than is held waits until the provider has decided on the captures', () => {
    given(payment, [...held, asked(60)])
      .when(requestRefund(70))
      .thenRejected({ code: 'CAPTURE_UNDECIDED', paymentId: of.paymentId });
  });

  it('that was refused leaves what was held with it to a capture, or to another refund', () => {
    const mixed: PaymentEvent = {
      type: 'PaymentRefundRequested',
      data: { ...of, refundId, amount: pence(30), released: pence(40), requestedAt: at },
    };
    const failed: PaymentEvent = {
      type: 'PaymentRefundFailed',
      data: { ...of, refundId, reason: 'closed', failedAt: at },
    };
    const before = [...held, asked(60), taken(60), mixed, failed];
    given(payment, before)
      .when(requestCapture(100, other))
      .then([asked(40, other)]);
    given(payment, before)
      .when(requestRefund(101, 'refund-2' as RefundId))
      .thenRejected({ code: 'REFUND_TOO_LARGE', refundable: pence(100), asked: pence(101) });
  });
});

describe('the end of an authorisation', () => {
  const isDue = (...events: readonly PaymentEvent[]): boolean =>
    isToBeVoided(events.reduce(payment.evolve, payment.initial));

  it('is due when nothing is left to be taken, and something was never taken', () => {
    expect(isDue(...held)).toBe(false);
    expect(isDue(...held, released(100))).toBe(true);
    expect(isDue(...held, released(40))).toBe(false);
    expect(isDue(...held, released(40), asked(60))).toBe(false);
    expect(isDue(...held, released(40), asked(60), taken(60))).toBe(true);
    // Providers release what is left of a capture of all of it by themselves: there is nothing left.
    expect(isDue(...held, asked(100), taken(100))).toBe(false);
  });

  it('is recorded once, and a refusal is not tried again', () => {
    const voided: PaymentEvent = {
      type: 'PaymentVoided',
      data: { ...of, amount: pence(100), voidedAt: at },
    };
    const voidRefused: PaymentEvent = {
      type: 'PaymentVoidRefused',
      data: { ...of, reason: 'no', refusedAt: at },
    };
    given(payment, [...held, released(100)])
      .when({ type: 'RecordVoid', ...to })
      .then([voided]);
    given(payment, [...held, released(100)])
      .when({ type: 'RecordVoidRefusal', ...to, reason: 'no' })
      .then([voidRefused]);
    expect(isDue(...held, released(100), voidRefused)).toBe(false);
  });
});
