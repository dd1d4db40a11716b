import {
  ann,
  createOrderBench,
  customer,
  furnish,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';

const asAnn = { as: customer(ann) };
const to = { customerId: ann, destination: { x: 1, y: 1 }, paymentMethod: 'test' };
const words = { noteToSeller: 'Pack it well.', gift: { message: 'For you', withoutPrices: true } };

const open = async (): Promise<OrderBench> => {
  const bench = createOrderBench();
  const { mug: productId } = await furnish(bench);
  await bench.demand('addToCart', { customerId: ann, productId, quantity: 1 }, asAnn);
  return bench;
};

it('the words of a customer are in the order alone, and nothing that a carrier or the World gets has them', async () => {
  const bench = await open();
  bench.start();
  await bench.demand('placeOrder', { ...to, ...words }, asAnn);
  await bench.settle();
  const events = await bench.events();
  expect(events.find(({ type }) => type === 'OrderPlaced')?.data).toMatchObject(words);
  expect(events.map(({ type }) => type)).toContain('ShipmentDelivered');
  const others = events.filter(({ type }) => type !== 'OrderPlaced').map(({ data }) => data);
  expect(JSON.stringify(others)).not.toMatch(/Pack it well|For you/);
  await bench.stop();
});

it.each([
  [{ noteToSeller: ' ' }],
  [{ noteToSeller: 'x'.repeat(1_001) }],
  [{ gift: { message: '', withoutPrices: true } }],
  [{ gift: { message: 'x'.repeat(501), withoutPrices: true } }],
  [{ gift: { message: 'For you' } as never }],
])('%# is refused: texts are within their limits, and a gift says whether it has prices', async (wrong) => {
  const bench = await open();
  await expect(bench.send('placeOrder', { ...to, ...wrong }, asAnn)).rejects.toThrow(/noteToSeller|gift/);
});
