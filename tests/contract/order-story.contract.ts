import { eventually } from '../support/time/eventually';
import type { SeenOrder, Shopper } from '../support/graphql/shopper';

const PATIENCE_MS = 60_000;
const TEST_MS = 120_000;

/**
 * The contract of an order from the cart to the delivery: the same in each deployment of the platform.
 *
 * @param customer - of a platform that is seeded and at top speed.
 */
export const orderStory = (customer: () => Shopper): void => {
  it(
    'is placed by GraphQL and delivered over the real protocols',
    async () => {
      const shopper = customer();
      const [lamp, mug] = await shopper.productsOnHand(2);
      await shopper.addToCart(lamp!, 1);
      await shopper.addToCart(mug!, 2);
      const placedAt = performance.now();
      const orderId = await shopper.place({ x: 3, y: 9 });
      const { timeline } = await shopper.waitFor(orderId, 'FULFILLED', PATIENCE_MS);
      process.stdout.write(`fulfilled after ${Math.round(performance.now() - placedAt)} ms\n`);
      const types = timeline.map(({ type }) => type);
      for (const type of [
        'OrderPlaced',
        'OrderPaid',
        'ShipmentPacked',
        'ShipmentLoaded',
        'ShipmentDelivered',
      ])
        expect(types.filter((seen) => seen === type)).toHaveLength(1);
      // Another read model, which may show it a little later.
      await eventually(async () => {
        const { shipments } = await shopper.order(orderId);
        return shipments.length === 1 && shipments[0]!.status === 'DELIVERED';
      }, PATIENCE_MS);
    },
    TEST_MS,
  );

  it(
    'waits for missing goods until the World delivers them',
    async () => {
      const shopper = customer();
      const [lamp] = await shopper.productsOnHand(1);
      await shopper.addToCart(lamp!, 5_000);
      const orderId = await shopper.place({ x: -3, y: -9 });
      const { timeline } = await shopper.waitFor(orderId, 'FULFILLED', PATIENCE_MS);
      expect(timeline.map(({ type }) => type)).toContain('OrderLineSupplied');
    },
    TEST_MS,
  );

  it(
    'is split over warehouses where none holds all',
    async () => {
      const shopper = customer();
      const [, , pot] = await shopper.productsOnHand(3);
      await shopper.addToCart(pot!, 250);
      const orderId = await shopper.place({ x: 0, y: 0 });
      const { shipments } = await shopper.waitFor(orderId, 'FULFILLED', PATIENCE_MS);
      expect(shipments.length).toBeGreaterThan(1);
    },
    TEST_MS,
  );

  it(
    'is placed once, however often the request is sent',
    async () => {
      const shopper = customer();
      const [lamp] = await shopper.productsOnHand(1);
      await shopper.addToCart(lamp!, 1);
      const before = new Set((await shopper.orders()).map(({ id }) => id));
      const request = (): Promise<SeenOrder | null> => shopper.placeOrder({ x: 1, y: 1 }, 'same');
      const answers = await Promise.all([request(), request()]);
      let placed: readonly SeenOrder[] = [];
      await eventually(async () => {
        placed = (await shopper.orders()).filter(({ id }) => !before.has(id));
        return placed.length > 0;
      }, PATIENCE_MS);
      const [{ id }] = placed as [SeenOrder];
      await shopper.waitFor(id, 'FULFILLED', PATIENCE_MS);
      expect(
        (await shopper.orders()).filter((order) => !before.has(order.id)).map((order) => order.id),
      ).toEqual([id]);
      for (const answer of answers) if (answer) expect(answer.id).toBe(id);
    },
    TEST_MS,
  );
};
