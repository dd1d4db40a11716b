import { instantOf, later, type AccountId, type Millis, type ProductId } from '../../domain/kernel';
import { silentLogger } from '../../platform/telemetry';
import {
  ann,
  createOrderBench,
  customer,
  furnish,
  gbp,
  idOf,
} from '../../tests/support/commands/order-fixture';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createExpiry, type Expiry } from '../reactors';

const HOUR_MS = 3_600_000 as Millis;
const as = customer(ann);

/** A shop with mugs at 5.00 each. `after`: a moment so many hours from now. */
const open = async () => {
  const bench = createOrderBench();
  const { mug } = await furnish(bench);
  const after = (hours: number) => later(bench.clock.now(), (hours * HOUR_MS) as Millis);
  const clockOn = (): Expiry => {
    const { aggregates, payments } = bench.live();
    const expiry = createExpiry({
      ...payments,
      aggregates,
      clock: bench.clock,
      random: seededRandom(9),
      logger: silentLogger,
      dueOrders: async () => [],
      dueAfterSales: async () => [],
      // A list that is out of date does no harm: the product itself decides.
      dueProductPrices: async () => [mug],
    });
    expiry.start();
    return expiry;
  };
  const changes = async (): Promise<readonly number[]> =>
    (await bench.events())
      .filter(({ type }) => type === 'ProductPriceChanged')
      .map(({ data }) => (data as { price: { amountMinor: number } }).price.amountMinor);
  return { bench, mug, after, clockOn, changes };
};

it('applies a sale exactly once by several clocks, also where one of them starts again', async () => {
  const { bench, mug, after, clockOn, changes } = await open();
  await bench.demand('schedulePrice', { productId: mug, price: gbp(400), from: after(1), until: after(3) });
  const clocks = [clockOn(), clockOn()];
  await bench.clock.advance(HOUR_MS / 2);
  expect(await changes()).toEqual([]);
  await bench.clock.advance(HOUR_MS);
  expect(await changes()).toEqual([400]);
  await bench.clock.drive(clocks[0]!.stop());
  clocks[0] = clockOn();
  await bench.clock.advance(HOUR_MS);
  expect(await changes()).toEqual([400]);
  await bench.clock.advance(HOUR_MS);
  expect(await changes()).toEqual([400, 500]);
  expect(await bench.count('ProductSaleStarted')).toBe(1);
  expect(await bench.count('ProductPriceScheduleEnded')).toBe(1);
  for (const clock of clocks) await bench.clock.drive(clock.stop());
});

it('is a changed price for a cart and its order, as one that was changed by hand', async () => {
  const { bench, mug, after, clockOn } = await open();
  await bench.demand('addToCart', { customerId: ann, productId: mug, quantity: 2 }, { as });
  await bench.demand('schedulePrice', { productId: mug, price: gbp(400), from: after(1), until: after(3) });
  const clock = clockOn();
  await bench.clock.advance((1.5 * HOUR_MS) as Millis);
  const order = { customerId: ann, destination: { x: 3, y: 4 } };
  expect(await bench.refusal('placeOrder', order, { as })).toMatchObject({ code: 'PRICE_CHANGED' });
  await bench.demand('changeCartLine', { customerId: ann, productId: mug, quantity: 2 }, { as });
  await bench.demand('placeOrder', { ...order, expectedTotal: gbp(800) }, { as });
  await bench.clock.drive(clock.stop());
});

it('is scheduled and cancelled by the seller of the product and by staff only', async () => {
  const bench = createOrderBench();
  const [sam, eve] = [idOf('sam') as AccountId, idOf('eve') as AccountId];
  const seller = (id: AccountId) => ({ kind: 'customer', id, roles: ['customer', 'seller'] }) as const;
  const staff = { kind: 'staff', id: idOf('staff') as AccountId, roles: ['staff'] } as const;
  const facts = { sku: 'CUP', name: 'Cup', description: '', category: 'kitchen', price: gbp(900) };
  const { productId } = await bench.demand(
    'registerProduct',
    { ...facts, sellerId: sam },
    { as: seller(sam) },
  );
  const sale = { productId, price: gbp(800), until: instantOf(Date.parse(bench.clock.now()) + HOUR_MS) };
  for (const other of [seller(eve), as])
    await expect(bench.demand('schedulePrice', sale, { as: other })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
  const { scheduleId } = await bench.demand('schedulePrice', sale, { as: seller(sam) });
  await expect(
    bench.demand('cancelScheduledPrice', { productId, scheduleId }, { as: seller(eve) }),
  ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  await bench.demand('cancelScheduledPrice', { productId, scheduleId }, { as: staff });
  expect(await bench.count('ProductPriceScheduleEnded')).toBe(1);
  expect(
    await bench.refusal('schedulePrice', { ...sale, productId: idOf('none') as ProductId }, { as: staff }),
  ).toMatchObject({ code: 'PRODUCT_NOT_FOUND' });
});
