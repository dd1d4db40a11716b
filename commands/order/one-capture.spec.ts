import type { PaymentId } from '../../domain/kernel';
import { payment } from '../../domain/payment';
import type { EventStore } from '../../platform/event-store';
import {
  ann,
  buy,
  createOrderBench,
  createScriptedProvider,
  customer,
  furnish,
  gbp,
  idOf,
  type Durable,
} from '../../tests/support/commands/order-fixture';
import { overridingStore } from '../../tests/support/commands/overriding-store';
import type { Outcome } from '..';

const asAnn = { as: customer(ann) };

const open = async () => {
  const provider = createScriptedProvider();
  const bench = createOrderBench({ provider, world: false });
  const { mug } = await furnish(bench);
  const orderId = await buy(bench, [[mug, 1]], { pay: null });
  return { bench, provider, mug, orderId };
};
type Opened = Awaited<ReturnType<typeof open>>;

/** A second process on the same store pays the order, under a command of its own. */
const payElsewhere = ({ bench, orderId }: Opened, method = 'test') => {
  const { useCases } = bench.live();
  return useCases.payOrder(
    { orderId, paymentMethod: method },
    { commandId: idOf(`elsewhere ${method}`), correlationId: 'c', principal: customer(ann) },
  );
};

/** The store of a process that does something else once, right before it writes such an event. */
const interrupted = ({ bench }: Opened, type: string, happens: () => Promise<unknown>): Durable => {
  let isDue = true;
  const append: EventStore['append'] = async (stream, expected, events) => {
    if (isDue && events.some((event) => event.type === type)) {
      isDue = false;
      await happens();
    }
    return bench.durable.store.append(stream, expected, events);
  };
  return { ...bench.durable, store: overridingStore(bench.durable.store, { append }) };
};

/** The payments that the provider was asked to capture; the same one again is the same capture. */
const capturesOf = ({ provider }: Opened): number => new Set(provider.asked).size;

const pay = ({ bench, orderId }: Opened, method = 'test', id?: string) =>
  bench.send('payOrder', { orderId, paymentMethod: method }, { ...asAnn, id });

describe('two payments of one order', () => {
  it.each(['OrderPaymentStarted', 'PaymentRequested', 'PaymentCaptured', 'OrderPaid'])(
    'capture once, also where the second comes right before the first writes %s',
    async (type) => {
      const opened = await open();
      const { bench, orderId } = opened;
      const answers: Outcome<unknown>[] = [];
      bench.restart(interrupted(opened, type, async () => answers.push(await payElsewhere(opened))));
      answers.push(await pay(opened));
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['accepted', 'rejected']);
      expect(answers.find(({ kind }) => kind === 'rejected')).toMatchObject({
        rejection: {
          code: expect.stringMatching(/^ORDER_(PAYMENT_PENDING|ALREADY_PAID)$/) as string,
          orderId,
        },
      });
      expect(capturesOf(opened)).toBe(1);
      expect(await bench.count('PaymentCaptured')).toBe(1);
      bench.restart();
      bench.start();
      await bench.settle();
      expect(await bench.status(orderId)).toBe('PAID');
      expect(await bench.count('PaymentRefundRequested')).toBe(0);
      expect(capturesOf(opened)).toBe(1);
    },
  );

  it('capture once where the provider is slow to answer the first', async () => {
    const opened = await open();
    const { bench, provider, orderId } = opened;
    provider.captures.push(
      ...Array.from({ length: 4 }, () => ({ kind: 'unknown', reason: 'down' }) as const),
    );
    expect((await pay(opened, 'test', 'first')).kind).toBe('unknown');
    const { code } = await bench.refusal('payOrder', { orderId, paymentMethod: 'test' }, asAnn);
    expect(code).toBe('ORDER_PAYMENT_PENDING');
    bench.start();
    await bench.settle();
    expect(await bench.status(orderId)).toBe('PAID');
    expect(capturesOf(opened)).toBe(1);
    expect((await pay(opened, 'test', 'first')).kind).toBe('accepted');
  });

  it('leave the order to a second one after the first was declined', async () => {
    const opened = await open();
    expect(await pay(opened, 'test-declined')).toMatchObject({ rejection: { code: 'PAYMENT_DECLINED' } });
    expect((await pay(opened)).kind).toBe('accepted');
    expect(await opened.bench.status(opened.orderId)).toBe('PAID');
  });

  it('are one where the order that is placed is paid at once', async () => {
    const provider = createScriptedProvider();
    const bench = createOrderBench({ provider, world: false });
    const { mug } = await furnish(bench);
    provider.captures.push(
      ...Array.from({ length: 4 }, () => ({ kind: 'unknown', reason: 'down' }) as const),
    );
    const orderId = await buy(bench, [[mug, 1]]);
    expect(await bench.refusal('payOrder', { orderId, paymentMethod: 'test' }, asAnn)).toMatchObject({
      code: 'ORDER_PAYMENT_PENDING',
      orderId,
    });
    bench.start();
    await bench.settle();
    expect(await bench.status(orderId)).toBe('PAID');
    expect(new Set(provider.asked).size).toBe(1);
  });
});

describe('a payment that is cut short', () => {
  it.each(['PaymentRequested', 'PaymentCaptured', 'OrderPaid'])(
    'before it writes %s is finished by the workflow, and does not hold its order for ever',
    async (type) => {
      const opened = await open();
      const { bench, orderId } = opened;
      bench.restart(interrupted(opened, type, () => Promise.reject(new Error('cut short'))));
      await expect(pay(opened)).rejects.toThrow('cut short');
      bench.restart();
      bench.start();
      await bench.settle();
      expect(await bench.status(orderId)).toBe('PAID');
      expect(capturesOf(opened)).toBe(1);
    },
  );

  it('between its decline and the order’s learning of it lets the order go', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    bench.restart(interrupted(opened, 'OrderPaymentDeclined', () => Promise.reject(new Error('cut short'))));
    await expect(pay(opened, 'test-declined')).rejects.toThrow('cut short');
    bench.restart();
    bench.start();
    await bench.settle();
    expect((await pay(opened)).kind).toBe('accepted');
    expect(await bench.status(orderId)).toBe('PAID');
  });

  it('while its order is cancelled gives back what it took', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    const cancel = () =>
      bench
        .live()
        .useCases.cancelOrder(
          { orderId },
          { commandId: idOf('cancel'), correlationId: 'c', principal: customer(ann) },
        );
    bench.restart(interrupted(opened, 'PaymentCaptured', cancel));
    await pay(opened);
    bench.start();
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
  });
});

describe('a payment from before orders were held for one', () => {
  const requestedBefore = async ({ bench, orderId }: Opened, isCaptured: boolean): Promise<PaymentId> => {
    const paymentId = idOf('an old payment') as PaymentId;
    const { aggregates } = bench.life();
    const at = bench.clock.now();
    const context = (id: string) => ({ commandId: idOf(id), correlationId: 'c', principal: customer(ann) });
    const request = {
      type: 'RequestPayment',
      paymentId,
      orderId,
      customerId: ann,
      amount: gbp(500),
      method: 'test',
      at,
    } as const;
    await bench.clock.drive(aggregates.of(payment).execute(paymentId, request, context('old request')));
    if (isCaptured)
      await bench.clock.drive(
        aggregates
          .of(payment)
          .execute(
            paymentId,
            { type: 'RecordCapture', paymentId, reference: 'old', at },
            context('old capture'),
          ),
      );
    return paymentId;
  };

  it('pays the order where no other one does', async () => {
    const opened = await open();
    await requestedBefore(opened, false);
    opened.bench.start();
    await opened.bench.settle();
    expect(await opened.bench.status(opened.orderId)).toBe('PAID');
  });

  it('takes nothing where another one has paid', async () => {
    const opened = await open();
    const { bench, provider } = opened;
    await requestedBefore(opened, false);
    await pay(opened);
    bench.start();
    await bench.settle();
    expect(capturesOf(opened)).toBe(1);
    expect(await bench.count('PaymentDeclined')).toBe(1);
    expect(provider.asked).toHaveLength(1);
    expect(bench.parking.all()).toEqual([]);
  });

  it('gives back what it took beside another one, and parks the refusal of that', async () => {
    const opened = await open();
    const { bench, provider } = opened;
    await pay(opened);
    provider.refunds.push({ kind: 'declined', reason: 'the card is closed' });
    await requestedBefore(opened, true);
    bench.start();
    await bench.settle();
    expect(await opened.bench.status(opened.orderId)).toBe('PAID');
    expect(bench.parking.all()).toMatchObject([
      {
        workflow: 'payments',
        retry: 'by-hand',
        reason: expect.stringContaining('the card is closed') as string,
      },
    ]);
  });
});
