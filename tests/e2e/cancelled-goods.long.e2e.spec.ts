import { exitCodes } from '../../cli/program/command';
import { verifyCommand } from '../../cli/commands/verify';
import type { Millis } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { runCommand } from '../support/process/command-line';
import { Shopper } from '../support/graphql/shopper';
import { WaybillHome } from '../support/process/waybill';
import { eventually } from '../support/time/eventually';

/** Slow enough for commands between the payment and the truck. */
const SLOW = { WAYBILL_SIMULATION_SPEED: '100' };
const admin = { WAYBILL_ADMIN_EMAIL: 'admin@shop.example', WAYBILL_ADMIN_PASSWORD: 'correct horse battery' };

describe('goods that are cancelled while the World packs and loads', () => {
  let home: WaybillHome;
  beforeAll(async () => {
    home = await WaybillHome.make();
  });
  afterAll(() => home.remove());

  it('do not leave, each answer is true, and the books agree', async () => {
    const waybill = await home.start({ ...SLOW, ...admin });
    try {
      const staff = await Shopper.logIn(waybill.url, admin.WAYBILL_ADMIN_EMAIL, admin.WAYBILL_ADMIN_PASSWORD);
      const [product = ''] = await staff.productsOnHand(1);
      const orders: { readonly id: string; left: number }[] = [];
      for (let count = 0; count < 2; count += 1) {
        await staff.addToCart(product, 4);
        orders.push({ id: await staff.place({ x: 4 + count, y: 3 }), left: 4 });
      }
      // Each is tried again and again on its way, until the goods are on a truck.
      await eventually(async () => {
        for (const order of orders.filter(({ left }) => left > 1))
          await staff
            .send('cancelGoods', { orderId: order.id, lines: [{ productId: product, quantity: 1 }] })
            .then(() => (order.left -= 1))
            .catch(() => undefined);
        // Small queries and a pause, for the share of work that an address has.
        await realClock.sleep(250 as Millis);
        const statuses = await Promise.all(
          orders.map(({ id }) =>
            staff.ask<{ status: string }>('query ($id: ID!) { order(id: $id) { status } }', { id }),
          ),
        );
        return statuses.every(({ status }) => status === 'FULFILLED');
      }, 60_000);
      expect(orders.some(({ left }) => left < 4)).toBe(true);
      const query = `query ($id: ID!) { order(id: $id) {
        lines { cancelled } refunded { amountMinor } total { amountMinor }
        shipments { status items { quantity } }
      } }`;
      for (const { id, left } of orders) {
        type Shown = {
          lines: { cancelled: number }[];
          refunded: { amountMinor: number };
          total: { amountMinor: number };
          shipments: { status: string; items: { quantity: number }[] }[];
        };
        const shown = await staff.ask<Shown>(query, { id });
        expect(shown.lines).toEqual([{ cancelled: 4 - left }]);
        expect(shown.refunded.amountMinor).toBe((shown.total.amountMinor / 4) * (4 - left));
        const delivered = shown.shipments.filter(({ status }) => status === 'DELIVERED');
        expect(delivered.flatMap(({ items }) => items.map(({ quantity }) => quantity))).toEqual([left]);
      }
    } finally {
      await waybill.close();
    }
    const { code, out } = await runCommand(verifyCommand, ['--json'], { WAYBILL_DATA_DIR: home.directory });
    expect({ code, out: code === exitCodes.ok ? '' : out }).toEqual({ code: exitCodes.ok, out: '' });
  }, 120_000);
});
