import { given } from '../../tests/support/domain/given';
import type { AccountId, Instant, OrderId, PaymentId, RefundId } from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import { payment } from '.';
import type { PaymentCommand, PaymentEvent, PaymentRejection, PaymentStatus } from '.';

const pence = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
const at = '2026-01-01T10:00:00.000Z' as Instant;
const paymentId = 'payment-1' as PaymentId;
const orderId = 'order-1' as OrderId;
const customerId = 'ada' as AccountId;
const refundId = 'refund-1' as RefundId;
const otherRefundId = 'refund-2' as RefundId;
const amount = pence(1300);
const of = { paymentId, orderId };

const requested: PaymentEvent = {
  type: 'PaymentRequested',
  data: { ...of, customerId, amount, method: 'test', requestedAt: at },
};
const captured: PaymentEvent = {
  type: 'PaymentCaptured',
  data: { ...of, amount, reference: 'ch_1', capturedAt: at },
};
const declined: PaymentEvent = {
  type: 'PaymentDeclined',
  data: { ...of, reason: 'no funds', declinedAt: at },
};
const refundRequested = (amountMinor: number, id = refundId): PaymentEvent => ({
  type: 'PaymentRefundRequested',
  data: { ...of, refundId: id, amount: pence(amountMinor), requestedAt: at },
});
const refunded = (amountMinor: number): PaymentEvent => ({
  type: 'PaymentRefunded',
  data: { ...of, refundId, amount: pence(amountMinor), reference: 're_1', refundedAt: at },
});
const refundFailed: PaymentEvent = {
  type: 'PaymentRefundFailed',
  data: { ...of, refundId, reason: 'card closed', failedAt: at },
};

const actionRequired: PaymentEvent = {
  type: 'PaymentActionRequired',
  data: { ...of, method: 'test', action: { kind: 'REDIRECT', url: 'https://pay.example/1' }, requiredAt: at },
};
const pending: PaymentEvent = {
  type: 'PaymentPending',
  data: { ...of, method: 'test', pendingAt: at },
};

const requestPayment = {
  type: 'RequestPayment',
  paymentId,
  orderId,
  customerId,
  amount,
  method: 'test',
  at,
} as const satisfies PaymentCommand;
const recordPayerAction = {
  type: 'RecordPayerAction',
  paymentId,
  method: 'test',
  action: { kind: 'REDIRECT', url: 'https://pay.example/1' },
  at,
} as const satisfies PaymentCommand;
const recordPending = {
  type: 'RecordPending',
  paymentId,
  method: 'test',
  at,
} as const satisfies PaymentCommand;
const recordCapture = {
  type: 'RecordCapture',
  paymentId,
  reference: 'ch_1',
  at,
} as const satisfies PaymentCommand;
const recordDecline = {
  type: 'RecordDecline',
  paymentId,
  reason: 'no funds',
  at,
} as const satisfies PaymentCommand;
const requestRefund = (amountMinor: number, id = refundId) =>
  ({
    type: 'RequestPaymentRefund',
    paymentId,
    refundId: id,
    amount: pence(amountMinor),
    at,
  }) as const satisfies PaymentCommand;
const recordRefund = {
  type: 'RecordPaymentRefund',
  paymentId,
  refundId,
  reference: 're_1',
  at,
} as const satisfies PaymentCommand;
const recordRefundFailure = {
  type: 'RecordPaymentRefundFailure',
  paymentId,
  refundId,
  reason: 'card closed',
  at,
} as const satisfies PaymentCommand;

const isRequested = [requested];
const isCaptured = [requested, captured];
const isDeclined = [requested, declined];

const wrongStatus = (status: PaymentStatus): PaymentRejection => ({
  code: 'PAYMENT_WRONG_STATUS',
  paymentId,
  status,
});

describe('RequestPayment', () => {
  it('requests the amount', () => given(payment, []).when(requestPayment).then([requested]));

  it('refuses another order or sum under the same id', () => {
    for (const change of [{ orderId: 'order-2' as OrderId }, { amount: pence(1) }])
      given(payment, isCaptured)
        .when({ ...requestPayment, ...change })
        .thenRejected({ code: 'PAYMENT_ALREADY_REQUESTED', paymentId });
  });

  it.each([0, -1])('refuses a sum of %p', (amountMinor) =>
    given(payment, [])
      .when({ ...requestPayment, amount: pence(amountMinor) })
      .thenRejected({ code: 'PAYMENT_NOT_POSITIVE', amount: pence(amountMinor) }),
  );
});

describe('RecordCapture', () => {
  it('books the money under the provider’s name', () =>
    given(payment, isRequested).when(recordCapture).then([captured]));

  it('refuses a second capture under another name, and one after the decline', () => {
    given(payment, isCaptured)
      .when({ ...recordCapture, reference: 'ch_2' })
      .thenRejected(wrongStatus('CAPTURED'));
    given(payment, isDeclined).when(recordCapture).thenRejected(wrongStatus('DECLINED'));
  });
});

describe('RecordDecline', () => {
  it('says why', () => given(payment, isRequested).when(recordDecline).then([declined]));

  it('refuses when the money is here', () =>
    given(payment, isCaptured).when(recordDecline).thenRejected(wrongStatus('CAPTURED')));
});

describe('RequestPaymentRefund', () => {
  it('requests a part', () =>
    given(payment, isCaptured)
      .when(requestRefund(300))
      .then([refundRequested(300)]));

  it('requests several, up to the captured amount', () =>
    given(payment, [...isCaptured, refundRequested(300, otherRefundId)])
      .when(requestRefund(1000))
      .then([refundRequested(1000)]));

  it('asks again for one that failed, for which the money is free again', () =>
    given(payment, [...isCaptured, refundRequested(1300), refundFailed])
      .when(requestRefund(1300))
      .then([refundRequested(1300)]));

  it('refuses more than came, over all refunds', () =>
    given(payment, [...isCaptured, refundRequested(300), refunded(300)])
      .when(requestRefund(1001, otherRefundId))
      .thenRejected({ code: 'REFUND_TOO_LARGE', refundable: pence(1000), asked: pence(1001) }));

  it('refuses another currency', () => {
    const asked = money(1, 'EUR' as CurrencyCode);
    given(payment, isCaptured)
      .when({ ...requestRefund(1), amount: asked })
      .thenRejected({ code: 'REFUND_TOO_LARGE', refundable: amount, asked });
  });

  it.each([0, -1])('refuses a refund of %p', (amountMinor) =>
    given(payment, isCaptured)
      .when(requestRefund(amountMinor))
      .thenRejected({ code: 'REFUND_NOT_POSITIVE', asked: pence(amountMinor) }),
  );
});

describe('RecordPayerAction', () => {
  it('notes what the payer must do', () =>
    given(payment, isRequested).when(recordPayerAction).then([actionRequired]));

  it.each([
    ['waits already', actionRequired],
    ['is pending', pending],
    ['is captured', captured],
    ['is declined', declined],
  ])('changes nothing where the payment %s', (_, event) =>
    given(payment, [...isRequested, event])
      .when(recordPayerAction)
      .then([]),
  );
});

describe('RecordPending', () => {
  it.each([[[]], [[actionRequired]]])('notes that the provider decides later, after %j', (before) =>
    given(payment, [...isRequested, ...before])
      .when(recordPending)
      .then([pending]),
  );

  it.each([
    ['is captured', captured],
    ['is declined', declined],
  ])('changes nothing where the payment %s', (_, event) =>
    given(payment, [...isRequested, event])
      .when(recordPending)
      .then([]),
  );
});

describe.each([
  ['ACTION_REQUIRED', actionRequired],
  ['PENDING', pending],
] as const)('a payment that is %s', (status, event) => {
  const waits = [...isRequested, event];
  it('is captured', () => given(payment, waits).when(recordCapture).then([captured]));
  it('is declined', () => given(payment, waits).when(recordDecline).then([declined]));
  it('gives nothing back', () =>
    given(payment, waits).when(requestRefund(1)).thenRejected(wrongStatus(status)));
});

describe('RecordPaymentRefundPending', () => {
  const record = { type: 'RecordPaymentRefundPending', paymentId, refundId, at } as const;
  const refundPending: PaymentEvent = {
    type: 'PaymentRefundPending',
    data: { ...of, refundId, pendingAt: at },
  };
  const isPending = [...isCaptured, refundRequested(300), refundPending];

  it('notes that the money goes back later', () =>
    given(payment, [...isCaptured, refundRequested(300)])
      .when(record)
      .then([refundPending]));

  it('counts as money that goes back', () =>
    given(payment, isPending)
      .when(requestRefund(1001, otherRefundId))
      .thenRejected({ code: 'REFUND_TOO_LARGE', refundable: pence(1000), asked: pence(1001) }));

  it('ends as done or failed, once', () => {
    given(payment, isPending)
      .when(recordRefund)
      .then([refunded(300)]);
    given(payment, isPending).when(recordRefundFailure).then([refundFailed]);
    given(payment, isPending).when(requestRefund(300)).then([]);
    given(payment, [...isPending, refunded(300)])
      .when(record)
      .then([]);
  });

  it('rejects a refund that was not requested', () =>
    given(payment, isCaptured).when(record).thenRejected({ code: 'REFUND_NOT_FOUND', refundId }));
});

describe('RecordPaymentRefund', () => {
  it('books what went back', () =>
    given(payment, [...isCaptured, refundRequested(300)])
      .when(recordRefund)
      .then([refunded(300)]));

  it('rejects one that was not requested, or that failed', () => {
    const notFound = { code: 'REFUND_NOT_FOUND', refundId } as const;
    given(payment, isCaptured).when(recordRefund).thenRejected(notFound);
    given(payment, [...isCaptured, refundRequested(300), refundFailed])
      .when(recordRefund)
      .thenRejected(notFound);
  });
});

describe('RecordPaymentRefundFailure', () => {
  it('says why', () =>
    given(payment, [...isCaptured, refundRequested(300)])
      .when(recordRefundFailure)
      .then([refundFailed]));

  it('rejects one that was not requested, or that is done', () => {
    const notFound = { code: 'REFUND_NOT_FOUND', refundId } as const;
    given(payment, isCaptured).when(recordRefundFailure).thenRejected(notFound);
    given(payment, [...isCaptured, refundRequested(300), refunded(300)])
      .when(recordRefundFailure)
      .thenRejected(notFound);
  });
});

describe('with any command', () => {
  it.each([recordCapture, recordDecline, requestRefund(1), recordRefund, recordRefundFailure])(
    '$type refuses a payment that was never requested',
    (command) => given(payment, []).when(command).thenRejected({ code: 'PAYMENT_NOT_FOUND', paymentId }),
  );

  it.each([requestRefund(1), recordRefund, recordRefundFailure])(
    '$type refuses where no money came',
    (command) => {
      given(payment, isRequested).when(command).thenRejected(wrongStatus('REQUESTED'));
      given(payment, isDeclined).when(command).thenRejected(wrongStatus('DECLINED'));
    },
  );

  it('a fold over events that cannot follow on each other stops', () => {
    expect(() => payment.evolve(payment.initial, declined)).toThrow('PaymentDeclined cannot follow on NONE');
    expect(() => payment.evolve(payment.initial, refundFailed)).toThrow('cannot follow on NONE');
  });
});
