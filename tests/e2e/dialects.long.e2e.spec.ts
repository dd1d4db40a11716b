import { Shopper } from '../support/graphql/shopper';
import { topSpeed, WaybillHome } from '../support/process/waybill';

describe.each(['plain', 'enveloped', 'signed'])('a carrier that speaks the %s dialect', (dialect) => {
  it('delivers an order', async () => {
    const home = await WaybillHome.make();
    const waybill = await home.start({ ...topSpeed, WAYBILL_CARRIER_DIALECT: dialect });
    try {
      const shopper = await Shopper.signUp(waybill.url, 'ada@example.com');
      const [lamp] = await shopper.productsOnHand(1);
      await shopper.addToCart(lamp!, 1);
      const placed = await shopper.placeOrder({ x: 2, y: 2 });
      const delivered = await shopper.waitFor(placed.id, 'FULFILLED', 20_000);
      expect(delivered.shipments.map(({ status }) => status)).toEqual(['DELIVERED']);
    } finally {
      await waybill.close();
      await home.remove();
    }
  }, 60_000);
});
