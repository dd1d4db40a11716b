import type { CurrencyCode } from '../../domain/money';
import type { Millis, ShipmentId } from '../../domain/kernel';
import { order } from '../../domain/order';
import { heldOf, payment } from '../../domain/payment';
import { historyAudit } from '../../cli/verify';
import { openPayerBench, asAnn, type PayerBench } from '../support/commands/payer-bench';
import { invoicesOn } from '../support/commands/invoices';

const MINUTE = 60_000;
const gbp = (amountMinor: number) => ({ amountMinor, currency: 'GBP' as CurrencyCode });

let at: PayerBench;

/** `world`: the goods are packed, loaded and delivered by themselves. */
const open = async ({ world = true, mugs = 1 } = {}): Promise<void> => {
  at = await openPayerBench({ takesAtDispatch: true, world, mugs });
  at.bench.restart(undefined, [invoicesOn(at.bench.life().aggregates, at.bench.clock)]);
  at.bench.start();
};
const pay = async (method = 'test'): Promise<void> => {
  expect(await at.pay(method, method)).toMatchObject({ kind: 'accepted' });
  await at.bench.settle();
};
const pass = async (ms: number): Promise<void> => {
  at.watch();
  await at.bench.clock.advance(ms as Millis);
  await at.bench.settle();
};
/** Returns the status of the order, what the customer has paid at the provider, and what it holds. */
const now = async () => {
  const { clock, life, status } = at.bench;
  const state = await clock.drive(
    life()
      .aggregates.of(payment)
      .load(await at.openPayment()),
  );
  const held = state.status === 'AUTHORISED' ? heldOf(state).amountMinor : state.status;
  return { status: await status(at.orderId), paid: at.balance(), held };
};
const count = (type: string) => at.bench.count(type);
const retry = () => at.bench.send('retryCapture', { orderId: at.orderId });
const cancel = () => at.bench.send('cancelOrder', { orderId: at.orderId }, asAnn);

/** The shipments of the order, and their way to the truck. */
const shipments = async (): Promise<readonly ShipmentId[]> => {
  const state = await at.bench.clock.drive(at.bench.life().aggregates.of(order).load(at.orderId));
  return state.progress === 'NONE' ? [] : state.parts.map(({ shipmentId }) => shipmentId);
};
const pack = async (shipmentId: ShipmentId): Promise<void> => {
  await at.bench.demand('recordPacked', { shipmentId });
  await at.bench.settle();
};

afterEach(async () => {
  await at.bench.settle();
  const audit = historyAudit({ settled: true });
  for (const event of await at.bench.events()) audit.see(event);
  // Some orders here stop on their way.
  expect(audit.report().breaches.filter(({ invariant }) => invariant !== 'V7')).toEqual([]);
  await at.close();
  await at.bench.stop();
});

describe('an order whose money is held', () => {
  it('is paid, and nothing is taken before its goods are packed', async () => {
    await open({ world: false });
    await pay();
    expect(await now()).toEqual({ status: 'PAID', paid: 0, held: 500 });
    expect(await count('InvoiceNumbered')).toBe(0);
    const [shipmentId] = await shipments();
    await pack(shipmentId!);
    expect(await now()).toEqual({ status: 'PAID', paid: 500, held: 0 });
    expect(await count('InvoiceNumbered')).toBe(1);
    expect(await count('PaymentVoided')).toBe(0);
  });

  it('leaves and arrives, with one capture and one invoice', async () => {
    await open();
    await pay();
    await pass(MINUTE);
    expect(await now()).toEqual({ status: 'FULFILLED', paid: 500, held: 0 });
    expect([await count('PaymentPartCaptured'), await count('InvoiceNumbered')]).toEqual([1, 1]);
  });

  it('that is split is taken shipment by shipment', async () => {
    await open({ world: false, mugs: 105 });
    await pay();
    const [first, second] = await shipments();
    await pack(second!);
    const { paid } = await now();
    expect([5_000, 47_500]).toContain(paid);
    await pack(first!);
    expect(await now()).toEqual({ status: 'PAID', paid: 52_500, held: 0 });
    expect([await count('PaymentPartCaptured'), await count('InvoiceNumbered')]).toEqual([2, 1]);
  });

  it('that is cancelled before it is packed is never taken, and has no invoice and no refund', async () => {
    await open({ world: false });
    await pay();
    expect(await cancel()).toMatchObject({ kind: 'accepted' });
    await at.bench.settle();
    expect(await now()).toEqual({ status: 'CANCELLED', paid: 0, held: 0 });
    expect(at.moves()).toBe(0);
    expect([await count('PaymentVoided'), await count('PaymentRefunded')]).toEqual([1, 0]);
    expect(await count('InvoiceDrafted')).toBe(0);
  });

  it('of which goods are cancelled is taken for the rest, and the rest of the hold ends', async () => {
    await open({ world: false, mugs: 3 });
    await pay();
    const goods = [{ productId: at.mug, quantity: 1 }];
    await at.bench.demand('cancelGoods', { orderId: at.orderId, lines: goods }, asAnn);
    await at.bench.settle();
    expect(await now()).toEqual({ status: 'PAID', paid: 0, held: 1_000 });
    const [shipmentId] = await shipments();
    await pack(shipmentId!);
    expect(await now()).toEqual({ status: 'PAID', paid: 1_000, held: 0 });
    expect([await count('PaymentVoided'), await count('PaymentRefunded')]).toEqual([1, 0]);
    expect(await count('InvoiceNumbered')).toBe(1);
  });

  it('of which goods are cancelled by staff after they were taken is refunded', async () => {
    await open({ world: false, mugs: 3 });
    await pay();
    await pack((await shipments())[0]!);
    const goods = [{ productId: at.mug, quantity: 1 }];
    await at.bench.demand('cancelGoods', { orderId: at.orderId, lines: goods });
    await at.bench.settle();
    expect(await now()).toEqual({ status: 'PAID', paid: 1_000, held: 0 });
    // What is left is packed again, and nothing more is taken for it.
    await pack((await shipments())[0]!);
    expect(await now()).toEqual({ status: 'PAID', paid: 1_000, held: 0 });
    expect([await count('PaymentRefunded'), await count('PaymentPartCaptured')]).toEqual([1, 1]);
    expect(await count('OrderCaptured')).toBe(2);
  });

  it('that is refunded in part before the last shipment gives back only what was taken beyond', async () => {
    await open({ world: false, mugs: 105 });
    await pay();
    const [first] = await shipments();
    await pack(first!);
    const refund = { orderId: at.orderId, amount: gbp(52_500), reason: 'Lost' };
    await at.bench.demand('refundOrder', refund);
    await at.bench.settle();
    expect(await now()).toEqual({ status: 'REFUNDED', paid: 0, held: 0 });
    expect(at.moves()).toBe(2);
  });
});

describe('a capture that the provider refuses', () => {
  it('stops the shipment until staff try it again', async () => {
    await open();
    await pay('test-capture-refused-once');
    await pass(MINUTE);
    expect(await now()).toEqual({ status: 'PAID', paid: 0, held: 500 });
    expect([await count('OrderCaptureRefused'), await count('ShipmentLoaded')]).toEqual([1, 0]);
    expect(await retry()).toMatchObject({ kind: 'accepted' });
    await pass(5 * MINUTE);
    expect(await now()).toEqual({ status: 'FULFILLED', paid: 500, held: 0 });
    expect(await retry()).toMatchObject({ rejection: { code: 'CAPTURE_NOT_REFUSED' } });
  });

  it('for good ends with a cancellation', async () => {
    await open();
    await pay('test-capture-refused');
    await pass(MINUTE);
    await retry();
    await at.bench.settle();
    expect(await count('OrderCaptureRefused')).toBe(2);
    expect(await cancel()).toMatchObject({ kind: 'accepted' });
    await pass(MINUTE);
    expect(await now()).toEqual({ status: 'CANCELLED', paid: 0, held: 0 });
    expect(at.moves()).toBe(0);
  });

  it('because the authorisation has expired stops the shipment, too', async () => {
    await open({ world: false });
    await pay('test-authorisation-expires');
    await pass(2 * MINUTE);
    await pack((await shipments())[0]!);
    expect(await now()).toEqual({ status: 'PAID', paid: 0, held: 500 });
    expect(await cancel()).toMatchObject({ kind: 'accepted' });
    await at.bench.settle();
    expect(await now()).toEqual({ status: 'CANCELLED', paid: 0, held: 0 });
  });

  it('of a part, where the provider takes all or nothing, is taken with the last shipment or not', async () => {
    await open({ world: false, mugs: 105 });
    await pay('test-capture-in-part-refused');
    const [first, second] = await shipments();
    await pack(first!);
    await pack(second!);
    expect(await count('OrderCaptureRefused')).toBe(2);
    expect(await now()).toMatchObject({ paid: 0, held: 52_500 });
  });
});

describe('a capture that the provider decides on later', () => {
  it('is asked about until it is decided, and the goods leave then', async () => {
    await open();
    await pay('test-capture-pending');
    expect(await now()).toMatchObject({ status: 'PAID', paid: 0 });
    expect(await count('PaymentCapturePending')).toBe(1);
    await pass(5 * MINUTE);
    expect(await now()).toEqual({ status: 'FULFILLED', paid: 500, held: 0 });
  });

  it('keeps a refund waiting, and is refunded then', async () => {
    await open({ world: false });
    await pay('test-capture-pending');
    await pack((await shipments())[0]!);
    await at.bench.demand('cancelOrder', { orderId: at.orderId });
    await at.bench.clock.advance(1_000 as Millis);
    expect(await count('PaymentRefundRequested')).toBe(0);
    await pass(5 * MINUTE);
    expect(await now()).toEqual({ status: 'REFUNDED', paid: 0, held: 0 });
    expect(at.bench.parking.all()).toEqual([]);
  });

  it.each([['once'], ['twice']])('is decided by a notice that comes %s', async (times) => {
    await open({ world: false });
    await pay('test-capture-pending');
    // Too early: nothing is captured yet.
    await at.notice();
    await pack((await shipments())[0]!);
    await at.bench.clock.advance(10_000 as Millis);
    await at.notice();
    if (times === 'twice') await at.notice();
    await at.bench.settle();
    expect(await now()).toEqual({ status: 'PAID', paid: 500, held: 0 });
    expect(await count('PaymentPartCaptured')).toBe(1);
    // Too late: everything is done.
    await at.notice();
    expect(await count('PaymentPartCaptured')).toBe(1);
  });
});

describe('the end of an authorisation', () => {
  it('that the provider refuses keeps no order from its end', async () => {
    await open({ world: false });
    await pay('test-void-refused');
    await cancel();
    await at.bench.settle();
    expect(await now()).toEqual({ status: 'CANCELLED', paid: 0, held: 0 });
    expect(await count('PaymentVoidRefused')).toBe(1);
  });

  it('follows on an authorisation that crossed the cancellation of its order', async () => {
    await open({ world: false });
    await at.pay('test-redirect', 'redirect');
    await at.decide('approved');
    await cancel();
    await pass(MINUTE);
    expect(await now()).toEqual({ status: 'CANCELLED', paid: 0, held: 0 });
    expect(await count('PaymentVoided')).toBe(1);
    expect(at.moves()).toBe(0);
  });
});

it('an order whose payer must act is held when the payer has approved', async () => {
  await open({ world: false });
  await at.pay('test-redirect', 'redirect');
  await at.decide('approved');
  await at.bench.send('checkPayment', { orderId: at.orderId }, asAnn);
  await at.bench.settle();
  expect(await now()).toEqual({ status: 'PAID', paid: 0, held: 500 });
});
