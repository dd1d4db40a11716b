import type { Millis } from '../../domain/kernel';
import { payment } from '../../domain/payment';
import { asAnn, openPayerBench, type PayerBench } from '../../tests/support/commands/payer-bench';
import { bob, customer, payWithin } from '../../tests/support/commands/order-fixture';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let at: PayerBench;
beforeEach(async () => {
  at = await openPayerBench();
  at.bench.start();
});
afterEach(() => at.close());

const status = () => at.bench.status(at.orderId);
const paymentStatus = async (): Promise<string> => {
  const id = await at.openPayment();
  return (await at.bench.clock.drive(at.bench.life().aggregates.of(payment).load(id))).status;
};
const send = (name: 'checkPayment' | 'cancelPayment' | 'cancelOrder', as = asAnn) =>
  at.bench.send(name, { orderId: at.orderId }, as);
const pass = async (ms: number): Promise<void> => {
  await at.bench.clock.advance(ms as Millis);
  await at.bench.settle();
};

describe('a payment that its payer must confirm', () => {
  beforeEach(async () => {
    expect(await at.pay('test-redirect', 'first')).toMatchObject({ kind: 'accepted' });
    await at.bench.settle();
  });

  it('leaves the order unpaid, and holds it for this payment', async () => {
    expect([await status(), await paymentStatus()]).toEqual(['PLACED', 'ACTION_REQUIRED']);
    expect(await at.bench.count('PaymentActionRequired')).toBe(1);
    expect(await at.pay('test')).toMatchObject({ rejection: { code: 'ORDER_PAYMENT_PENDING' } });
    expect(await at.pay('test-redirect', 'first')).toMatchObject({ kind: 'accepted' });
    expect(at.balance()).toBe(0);
  });

  it('changes nothing when the payer only comes back, as often as that is', async () => {
    for (let times = 0; times < 3; times += 1)
      expect(await send('checkPayment')).toMatchObject({ kind: 'accepted' });
    expect([await status(), await paymentStatus()]).toEqual(['PLACED', 'ACTION_REQUIRED']);
  });

  it.each([
    ['the payer who comes back', () => send('checkPayment')],
    ['a notice', () => at.notice()],
    ['two notices', async () => Promise.all([at.notice(), at.notice()])],
  ])('is paid when it was approved, by %s', async (_, learn) => {
    await at.decide('approved');
    await learn();
    await learn();
    await at.bench.settle();
    expect(await status()).toBe('PAID');
    expect(await at.bench.count('OrderPaid')).toBe(1);
    expect(at.balance()).toBe(500);
  });

  it('is paid without any notice, because the platform asks', async () => {
    at.watch();
    await at.decide('approved');
    await pass(MINUTE);
    expect(await status()).toBe('PAID');
  });

  it('frees the order when it was declined', async () => {
    await at.decide('declined');
    await at.notice();
    expect(await paymentStatus()).toBe('DECLINED');
    expect(await at.pay('test')).toMatchObject({ kind: 'accepted' });
    expect([await status(), at.balance()]).toEqual(['PAID', 500]);
  });

  it('is ended by the customer, who pays in another way', async () => {
    expect(await send('cancelPayment')).toMatchObject({ kind: 'accepted' });
    expect(await send('cancelPayment')).toMatchObject({ kind: 'accepted' });
    expect(await at.decide('approved')).toEqual({ by: 'cancelled' });
    expect(await at.pay('test')).toMatchObject({ kind: 'accepted' });
    await at.notice();
    expect([await status(), at.balance()]).toEqual(['PAID', 500]);
  });

  it('is not ended where the payer was faster: the order is paid', async () => {
    await at.decide('approved');
    expect(await send('cancelPayment')).toMatchObject({ rejection: { code: 'ORDER_ALREADY_PAID' } });
    expect(await status()).toBe('PAID');
  });

  it('is nothing to strangers', async () => {
    for (const name of ['checkPayment', 'cancelPayment'] as const)
      expect(await send(name, { as: customer(bob) })).toMatchObject({
        rejection: { code: 'ORDER_NOT_FOUND' },
      });
    expect(await paymentStatus()).toBe('ACTION_REQUIRED');
  });

  it('ends with its order, when the customer cancels that', async () => {
    await send('cancelOrder');
    await at.bench.settle();
    expect([await status(), await paymentStatus()]).toEqual(['CANCELLED', 'DECLINED']);
    expect(await at.decide('approved')).toEqual({ by: 'cancelled' });
  });

  it('is given back when it was approved before the order was cancelled', async () => {
    await at.decide('approved');
    await send('cancelOrder');
    await at.bench.settle();
    expect([await status(), at.balance()]).toEqual(['REFUNDED', 0]);
  });

  it('expires with its order', async () => {
    at.watch();
    await pass(payWithin + MINUTE);
    expect([await status(), await paymentStatus()]).toEqual(['CANCELLED', 'DECLINED']);
    expect(at.balance()).toBe(0);
  });

  it('pays the order where it was approved just before the end, and nothing was known of it', async () => {
    await pass(payWithin - MINUTE);
    await at.decide('approved');
    await pass(2 * MINUTE);
    at.watch();
    await pass(MINUTE);
    expect([await status(), at.balance()]).toEqual(['PAID', 500]);
  });
});

describe('a payment on which the provider decides later', () => {
  it('is paid in the end, and meanwhile neither paid nor ended', async () => {
    at.watch();
    expect(await at.pay('test-pending')).toMatchObject({ kind: 'accepted' });
    expect([await status(), await paymentStatus()]).toEqual(['PLACED', 'PENDING']);
    expect(await send('cancelPayment')).toMatchObject({ rejection: { code: 'ORDER_PAYMENT_PENDING' } });
    await pass(MINUTE);
    expect([await status(), at.balance()]).toEqual(['PAID', 500]);
  });

  it('is declined in the end', async () => {
    at.watch();
    await at.pay('test-pending-declined');
    await pass(MINUTE);
    expect([await status(), await paymentStatus(), at.balance()]).toEqual(['PLACED', 'DECLINED', 0]);
  });

  it('is given back when its order was cancelled meanwhile', async () => {
    at.watch();
    await at.pay('test-pending');
    await send('cancelOrder');
    await pass(10 * MINUTE);
    expect([await status(), at.balance()]).toEqual(['REFUNDED', 0]);
  });
});

describe('a provider that takes days', () => {
  const slow = async (decidesAfter: number): Promise<void> => {
    const begun = new Map<string, number>();
    at = await openPayerBench({
      provider: (real) => {
        const stand: typeof real.find = async (asked) => {
          const now = Date.parse(at.bench.clock.now());
          const since = begun.get(asked.key) ?? now;
          begun.set(asked.key, since);
          return now < since + decidesAfter
            ? { kind: 'pending' }
            : real.capture({ ...asked, method: 'test', payBy: at.bench.clock.now() });
        };
        return { ...real, capture: stand, find: stand, cancel: stand };
      },
    });
    at.bench.start();
    at.watch(10 * MINUTE);
    await at.pay('test');
  };

  it('keeps its order for three days', async () => {
    await slow(2 * DAY);
    await pass(payWithin + DAY);
    expect(await status()).toBe('PLACED');
    await pass(2 * DAY);
    expect([await status(), at.balance()]).toEqual(['PAID', 500]);
  });

  it('loses it then, and what it takes afterwards goes back', async () => {
    await slow(4 * DAY);
    await pass(payWithin + 3 * DAY + 20 * MINUTE);
    expect(await status()).toBe('CANCELLED');
    await pass(DAY);
    expect([await status(), at.balance()]).toEqual(['REFUNDED', 0]);
  });
});

it('a notice before the answer of the provider does no harm', async () => {
  at = await openPayerBench({
    provider: (real) => ({
      ...real,
      capture: async (request) => {
        const taken = await real.capture(request);
        // The answer is still on its way.
        await at.bench.life().useCases.recordPaymentNotice(
          { paymentId: await at.openPayment() },
          {
            commandId: request.key,
            correlationId: 'c',
            principal: { kind: 'gateway', id: 'payment', roles: [] },
          },
        );
        return taken;
      },
    }),
  });
  expect(await at.pay('test-early-notice')).toMatchObject({ kind: 'accepted' });
  expect([await status(), await at.bench.count('PaymentCaptured'), at.balance()]).toEqual(['PAID', 1, 500]);
});

it('a notice of a payment that was never requested changes nothing', async () => {
  const paymentId = '00000000-0000-4000-8000-000000000000' as never;
  expect(await at.notice(paymentId)).toMatchObject({ kind: 'accepted' });
  expect(await at.bench.send('recordPaymentNotice', { paymentId, refundId: paymentId })).toMatchObject({
    kind: 'accepted',
  });
});

describe('a refund', () => {
  const refund = () =>
    at.bench.send('refundOrder', {
      ...{ orderId: at.orderId, amount: { amountMinor: 500, currency: 'GBP' }, reason: 'Broken' },
    } as never);

  it('that the provider makes later is under way until then, and made once', async () => {
    at.watch();
    await at.pay('test-refund-pending');
    expect(await refund()).toMatchObject({ kind: 'accepted' });
    await at.bench.settle();
    expect([await status(), at.balance()]).toEqual(['REFUNDING', 500]);
    await pass(MINUTE);
    expect([await status(), at.balance(), at.moves()]).toEqual(['REFUNDED', 0, 2]);
    expect(await at.bench.count('OrderRefunded')).toBe(1);
  });

  it('that the provider refuses is refused, and the order says so', async () => {
    await at.pay('test-refund-refused');
    await refund();
    await at.bench.settle();
    expect([await at.bench.count('OrderRefundRefused'), at.balance()]).toEqual([1, 500]);
  });
});
