import fc from 'fast-check';
import { runs } from '../../tests/support/runs';
import { fold } from '../kernel';
import type { AccountId, Instant, OrderId, PaymentId, RefundId } from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import { payment } from '.';
import type { PaymentCommand, PaymentEvent, PaymentState } from '.';

const pence = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
const to = { paymentId: 'payment-1' as PaymentId, at: '2026-01-01T10:00:00.000Z' as Instant };

type Draw = { readonly kind: number; readonly pick: number; readonly size: number };

/** A command about what is really there: the refunds that the state knows, and sums around what it can give back. */
const commandFrom = (state: PaymentState, { kind, pick, size }: Draw): PaymentCommand => {
  const refunds = state.status === 'CAPTURED' ? [...state.refunds.keys()] : [];
  const refundId = refunds[pick % (refunds.length + 1)] ?? (`refund-${refunds.length}` as RefundId);
  switch (kind) {
    case 0: {
      const [orderId, customerId] = ['order-1' as OrderId, 'ada' as AccountId];
      return { type: 'RequestPayment', ...to, orderId, customerId, amount: pence(100), method: 'test' };
    }
    case 1:
      return { type: 'RecordCapture', ...to, reference: `ch_${size % 2}` };
    case 2:
      return { type: 'RecordDecline', ...to, reason: 'no funds' };
    case 3:
      return { type: 'RecordPaymentRefund', ...to, refundId, reference: 're_1' };
    case 4:
      return { type: 'RecordPaymentRefundFailure', ...to, refundId, reason: 'card closed' };
    case 7:
      return {
        ...{ type: 'RecordPayerAction', ...to, method: 'test' },
        action: { kind: 'APP', payload: `${size}` },
      };
    case 8:
      return { type: 'RecordPending', ...to, method: 'test' };
    case 9:
      return { type: 'RecordPaymentRefundPending', ...to, refundId };
    default:
      return { type: 'RequestPaymentRefund', ...to, refundId, amount: pence(size) };
  }
};

const draws = fc.array(
  // The first kinds only begin a life; refunds are where it can go wrong.
  fc.record({
    kind: fc.oneof(fc.nat(9), fc.integer({ min: 3, max: 6 }), fc.constant(9)),
    pick: fc.nat(9),
    size: fc.nat(101),
  }),
  { minLength: 1, maxLength: 40 },
);

type Step = {
  readonly command: PaymentCommand;
  readonly events: readonly PaymentEvent[];
  readonly after: PaymentState;
};

const lifeOf = (numbers: readonly Draw[]): readonly Step[] => {
  let state = payment.initial;
  return [{ kind: 0, pick: 0, size: 0 }, ...numbers].map((draw) => {
    const command = commandFrom(state, draw);
    const decision = payment.decide(command, state);
    const events = decision.ok ? decision.events : [];
    state = fold(payment.evolve, state, events);
    return { command, events, after: state };
  });
};

const everyLife = (check: (steps: readonly Step[]) => void): void => {
  fc.assert(
    fc.property(draws, (numbers) => {
      check(lifeOf(numbers));
    }),
    { numRuns: runs(500) },
  );
};

describe('after any history of a payment', () => {
  it('a repeated command is recorded once', () =>
    everyLife((steps) => {
      for (const { command, after } of steps) {
        const again = payment.decide(command, after);
        expect(again.ok ? again.events : []).toEqual([]);
      }
    }));

  it('never more goes back than came', () =>
    everyLife((steps) => {
      let came = 0;
      let wentBack = 0;
      for (const event of steps.flatMap(({ events }) => events)) {
        if (event.type === 'PaymentCaptured') came += event.data.amount.amountMinor;
        if (event.type === 'PaymentRefunded') wentBack += event.data.amount.amountMinor;
        expect(wentBack).toBeLessThanOrEqual(came);
      }
    }));

  it('is captured or declined, once and for good', () =>
    everyLife((steps) => {
      const ends = steps
        .flatMap(({ events }) => events)
        .filter(({ type }) => type === 'PaymentCaptured' || type === 'PaymentDeclined');
      expect(ends.length).toBeLessThanOrEqual(1);
    }));

  it('each requested refund ends at most once before it is requested again', () =>
    everyLife((steps) => {
      const open = new Set<RefundId>();
      for (const event of steps.flatMap(({ events }) => events)) {
        if (!('refundId' in event.data)) continue;
        const { refundId } = event.data;
        expect(open.has(refundId)).toBe(event.type !== 'PaymentRefundRequested');
        if (event.type === 'PaymentRefundPending') continue;
        if (event.type === 'PaymentRefundRequested') open.add(refundId);
        else open.delete(refundId);
      }
    }));
});
