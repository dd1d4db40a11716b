import type { Millis } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import type { InputOf, UseCaseName } from '..';
import type { PaymentProvider } from '../payment';
import { mortal } from '../../tests/support/commands/mortal';
import { ann, customer, idOf } from '../../tests/support/commands/order-fixture';
import { openPayerBench, type PayerBench } from '../../tests/support/commands/payer-bench';

const MINUTE = 60_000;

/** Sends a command of the customer. The id is of the wish, so that the same wish again is the same command. */
const wish = <Name extends UseCaseName>(
  at: PayerBench,
  name: Name,
  input: InputOf<Name>,
  id: string = name,
) =>
  at.bench.life().useCases[name](input, {
    ...{ commandId: idOf(id), correlationId: 'c', principal: customer(ann) },
  });

const pay = (at: PayerBench, paymentMethod: string) =>
  wish(at, 'payOrder', { orderId: at.orderId, paymentMethod }, paymentMethod);

type Way = {
  readonly name: string;
  /** The deeds of the customer. It may be cut anywhere, and is done again then. */
  readonly go: (at: PayerBench) => Promise<unknown>;
  /** The status of the order in the end, and what the customer has paid. */
  readonly ends: readonly [status: string, balance: number];
  readonly moves: number;
  /** Absent where the money is taken with the order. */
  readonly held?: { readonly captures: number; readonly world: boolean };
};

const ways: readonly Way[] = [
  {
    name: 'the payer approves and comes back',
    go: async (at) => {
      await pay(at, 'test-redirect');
      await at.decide('approved');
      await wish(at, 'checkPayment', { orderId: at.orderId });
    },
    ends: ['PAID', 500],
    moves: 1,
  },
  {
    name: 'the payer approves, and cancels the order',
    go: async (at) => {
      await pay(at, 'test-redirect');
      await at.decide('approved');
      await wish(at, 'cancelOrder', { orderId: at.orderId });
    },
    ends: ['REFUNDED', 0],
    moves: 2,
  },
  {
    name: 'the payer leaves, ends the payment, and pays in another way',
    go: async (at) => {
      await pay(at, 'test-redirect');
      await wish(at, 'cancelPayment', { orderId: at.orderId });
      await pay(at, 'test');
    },
    ends: ['PAID', 500],
    moves: 1,
  },
  {
    name: 'the provider decides later',
    go: (at) => pay(at, 'test-pending'),
    ends: ['PAID', 500],
    moves: 1,
  },
  {
    name: 'a refund is made later',
    go: async (at) => {
      await pay(at, 'test-refund-pending');
      const amount = { amountMinor: 500, currency: 'GBP' as CurrencyCode };
      await at.bench.life().useCases.refundOrder(
        { orderId: at.orderId, amount, reason: 'Broken' },
        {
          commandId: idOf('refund'),
          correlationId: 'c',
          principal: { kind: 'system', id: 's', roles: [] },
        },
      );
    },
    ends: ['REFUNDED', 0],
    moves: 2,
  },
  {
    name: 'the money is held, and taken before the goods leave',
    go: (at) => pay(at, 'test'),
    ends: ['FULFILLED', 500],
    moves: 1,
    held: { captures: 1, world: true },
  },
  {
    name: 'the money is held, and never taken, because the order is cancelled',
    go: async (at) => {
      await pay(at, 'test');
      await wish(at, 'cancelOrder', { orderId: at.orderId });
    },
    ends: ['CANCELLED', 0],
    moves: 0,
    held: { captures: 0, world: false },
  },
  {
    name: 'the payer has the money held, and it is taken later',
    go: async (at) => {
      await pay(at, 'test-redirect');
      await at.decide('approved');
      await wish(at, 'checkPayment', { orderId: at.orderId });
    },
    ends: ['FULFILLED', 500],
    moves: 1,
    held: { captures: 1, world: true },
  },
  {
    name: 'the money is held, and the provider decides on the capture later',
    go: (at) => pay(at, 'test-capture-pending'),
    ends: ['FULFILLED', 500],
    moves: 1,
    held: { captures: 1, world: true },
  },
];

const openFor = ({ held }: Way, provider?: (real: PaymentProvider) => PaymentProvider) =>
  openPayerBench({
    ...(provider && { provider }),
    takesAtDispatch: held !== undefined,
    world: held?.world ?? false,
  });

/** Lets the customer and the platform finish, and compares what the provider moved with the books. */
const finish = async (at: PayerBench, { go, ends, moves, held }: Way, cut: object): Promise<void> => {
  const { bench } = at;
  bench.restart();
  bench.start();
  at.watch();
  await bench.clock.drive(go(at));
  await bench.clock.advance((5 * MINUTE) as Millis);
  // What a provider did not answer is asked again each minute.
  await bench.settle();
  await at.close();
  expect({ ...cut, ends: [await bench.status(at.orderId), at.balance()], moves: at.moves() }).toEqual({
    ...{ ...cut, ends, moves },
  });
  if (held !== undefined) {
    const { captures } = held;
    const [authorised, taken] = [
      await bench.count('PaymentAuthorised'),
      await bench.count('PaymentPartCaptured'),
    ];
    expect({ ...cut, authorised, taken }).toEqual({ ...cut, authorised: 1, taken: captures });
    expect({ ...cut, voided: await bench.count('PaymentVoided') }).toEqual({ ...cut, voided: 1 - captures });
    expect(await bench.count('PaymentRefunded')).toBe(0);
    expect(bench.parking.all()).toEqual([]);
    await bench.clock.drive(bench.stop());
    return;
  }
  const refunds = moves - 1;
  expect({
    ...cut,
    booked: await bench.count('PaymentCaptured'),
    paid: await bench.count('OrderPaid'),
  }).toEqual({
    ...{ ...cut, booked: 1, paid: 1 },
  });
  expect({
    ...cut,
    back: await bench.count('PaymentRefunded'),
    told: await bench.count('OrderRefunded'),
  }).toEqual({
    ...{ ...cut, back: refunds, told: refunds },
  });
  expect(bench.parking.all()).toEqual([]);
  await bench.clock.drive(bench.stop());
};

/** Lives until killed at the given write, then lives on. @returns whether there was such a write. */
const killedAt = async (way: Way, write: number, lastIsWritten: boolean): Promise<boolean> => {
  const at = await openFor(way);
  const { bench } = at;
  const doomed = mortal(bench.durable, { writes: write, lastIsWritten }, bench.clock);
  bench.restart(doomed).runtime.start();
  void way.go(at).catch(() => undefined);
  for (let turn = 0; turn < 60 && !doomed.isDead(); turn += 1) await bench.clock.advance(20 as Millis);
  await finish(at, way, { write, lastIsWritten });
  return doomed.isDead();
};

type Loss = { readonly from: number; readonly calls: number; readonly hasEffect: boolean };

/** A provider that loses calls, or the answers to them. */
const losing = ({ from, calls, hasEffect }: Loss) => {
  let asked = 0;
  const lost = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    asked += 1;
    if (asked < from || asked >= from + calls) return call();
    if (hasEffect) await call();
    throw new Error('The line is cut');
  };
  return {
    asked: () => asked,
    provider: (real: PaymentProvider): PaymentProvider => ({
      methods: real.methods,
      capture: (request) => lost(() => real.capture(request)),
      find: (request) => lost(() => real.find(request)),
      cancel: (request) => lost(() => real.cancel(request)),
      refund: (request) => lost(() => real.refund(request)),
      findRefund: (request) => lost(() => real.findRefund(request)),
      authorisations: real.authorisations && {
        authorise: (request) => lost(() => real.authorisations!.authorise(request)),
        capture: (request) => lost(() => real.authorisations!.capture(request)),
        findCapture: (request) => lost(() => real.authorisations!.findCapture(request)),
        void: (authorisation) => lost(() => real.authorisations!.void(authorisation)),
      },
    }),
  };
};

/** @returns whether there was a call to lose. */
const cutAt = async (way: Way, loss: Loss): Promise<boolean> => {
  const { provider, asked } = losing(loss);
  const at = await openFor(way, provider);
  at.bench.start();
  await at.bench.clock.drive(way.go(at)).catch(() => undefined);
  await finish(at, way, loss);
  return asked() >= loss.from;
};

describe.each(ways)('where $name', (way) => {
  it.each([
    ['before', false],
    ['after', true],
  ])(
    'a process that is killed just %s any of its writes loses no money and no order',
    async (_, lastIsWritten) => {
      let write = 1;
      while (await killedAt(way, write, lastIsWritten)) write += 1;
      // A payment writes at least so often; otherwise nothing was killed.
      expect(write).toBeGreaterThan(4);
    },
    60_000,
  );

  it.each([
    ['a request', 1, false],
    ['an answer', 1, true],
    ['requests for some time', 6, false],
    ['answers for some time', 6, true],
  ])(
    'the loss of %s of the provider loses no money and no order',
    async (_, calls, hasEffect) => {
      let from = 1;
      while (await cutAt(way, { from, calls, hasEffect })) from += 1;
      expect(from).toBeGreaterThan(1);
    },
    60_000,
  );
});
