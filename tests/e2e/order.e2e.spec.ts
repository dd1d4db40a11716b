import { Shopper } from '../support/shopper';
import { WaybillHome, type RunningWaybill } from '../support/waybill';

describe('an order, from the cart to the door', () => {
  let home: WaybillHome;
  let waybill: RunningWaybill;
  let shopper: Shopper;
  beforeAll(async () => {
    home = await WaybillHome.make();
    waybill = await home.start();
    shopper = await Shopper.signUp(waybill.url, 'ada@example.com');
  }, 30_000);
  afterAll(async () => {
    await waybill.close();
    await home.remove();
  });

  it('is placed by GraphQL and delivered over the real protocols, within seconds', async () => {
    const [lamp, mug] = await shopper.productsOnHand(2);
    await shopper.addToCart(lamp!, 1);
    await shopper.addToCart(mug!, 2);
    const placedAt = performance.now();
    const placed = await shopper.placeOrder({ x: 3, y: 9 });
    expect(['PLACED', 'PAID']).toContain(placed.status);
    const delivered = await shopper.waitFor(placed.id, 'FULFILLED', 20_000);
    process.stdout.write(`fulfilled after ${Math.round(performance.now() - placedAt)} ms\n`);
    expect(delivered.shipments).toHaveLength(1);
    expect(delivered.shipments[0]!.status).toBe('DELIVERED');
    const types = delivered.timeline.map(({ type }) => type);
    for (const type of [
      'OrderPlaced',
      'OrderPaid',
      'ShipmentPacked',
      'ShipmentLoaded',
      'ShipmentDelivered',
    ]) {
      expect(types.filter((seen) => seen === type)).toHaveLength(1);
    }
  }, 60_000);

  it('waits for goods that nobody has until the World brings them', async () => {
    const [lamp] = await shopper.productsOnHand(1);
    await shopper.addToCart(lamp!, 5_000);
    const placed = await shopper.placeOrder({ x: -3, y: -9 });
    const delivered = await shopper.waitFor(placed.id, 'FULFILLED', 30_000);
    expect(delivered.timeline.map(({ type }) => type)).toContain('OrderLineSupplied');
  }, 60_000);

  it('is split over warehouses where none holds all', async () => {
    const [, , pot] = await shopper.productsOnHand(3);
    await shopper.addToCart(pot!, 250);
    const placed = await shopper.placeOrder({ x: 0, y: 0 });
    const delivered = await shopper.waitFor(placed.id, 'FULFILLED', 30_000);
    expect(delivered.shipments.length).toBeGreaterThan(1);
  }, 60_000);

  it('is placed once, however often the request is sent', async () => {
    const [lamp] = await shopper.productsOnHand(1);
    await shopper.addToCart(lamp!, 1);
    const before = (await shopper.orders()).length;
    const [first, second] = await Promise.all([
      shopper.placeOrder({ x: 1, y: 1 }, 'same'),
      shopper.placeOrder({ x: 1, y: 1 }, 'same'),
    ]);
    expect(second.id).toBe(first.id);
    expect(await shopper.orders()).toHaveLength(before + 1);
    await shopper.waitFor(first.id, 'FULFILLED', 30_000);
  }, 60_000);
});
