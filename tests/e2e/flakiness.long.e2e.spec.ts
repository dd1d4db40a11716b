import { verifyCommand } from '../../cli/commands/verify';
import type { VerifyReport } from '../../cli/verify';
import { askGraphQL } from '../../cli/program/graphql-client';

import { runCommand } from '../support/process/command-line';
import { Shopper } from '../support/graphql/shopper';
import { topSpeed, WaybillHome } from '../support/process/waybill';

const administrator = { email: 'admin@waybill.local', password: 'correct horse battery' };

type Counters = Readonly<Record<'sent' | 'resent' | 'effects' | 'lostIncoming' | 'lostOutgoing', number>>;

/** Returns the simulated World as staff see it. */
const countersAt = async (url: string): Promise<Counters> => {
  const logIn = `mutation ($input: LogInInput!) { logIn(input: $input) { ... on LogInSuccess { accessToken } } }`;
  const loggedIn = (await askGraphQL(url, logIn, { input: administrator })).data?.['logIn'];
  const query = '{ simulatedWorld { counters { sent resent effects lostIncoming lostOutgoing } } }';
  const { data } = await askGraphQL(url, query, {}, (loggedIn as { accessToken: string }).accessToken);
  return (data?.['simulatedWorld'] as { counters: Counters }).counters;
};

const steps = ['ShipmentPacked', 'ShipmentLoaded', 'ShipmentDelivered'];

// The World loses each element of each message, in both directions, with this probability in percent.
describe.each([
  [50, 8, 60_000],
  [90, 3, 150_000],
])('a World that loses %d %% of the messages each way', (flakiness, orders, withinMs) => {
  it('fulfils every order, and packs, loads and delivers each shipment once', async () => {
    const home = await WaybillHome.make();
    const waybill = await home.start({
      ...topSpeed,
      WAYBILL_FLAKINESS: String(flakiness),
      WAYBILL_ADMIN_PASSWORD: administrator.password,
    });
    try {
      const shopper = await Shopper.signUp(waybill.url, 'ada@example.com');
      const products = await shopper.productsOnHand(4);
      const startedAt = performance.now();
      const placed: string[] = [];
      for (let count = 0; count < orders; count += 1) {
        await shopper.addToCart(products[count % products.length]!, 1 + count);
        placed.push((await shopper.placeOrder({ x: count, y: -count })).id);
      }
      const delivered = await Promise.all(placed.map((id) => shopper.waitFor(id, 'FULFILLED', withinMs)));
      process.stdout.write(
        `${orders} orders fulfilled at ${flakiness} % within ${Math.round(performance.now() - startedAt)} ms\n`,
      );
      for (const { timeline } of delivered)
        for (const step of steps) expect(timeline.filter(({ type }) => type === step)).toHaveLength(1);
      const { sent, resent, effects, lostIncoming, lostOutgoing } = await countersAt(waybill.url);
      expect(Math.min(lostIncoming, lostOutgoing, resent)).toBeGreaterThan(0);
      expect(Math.min(sent, effects)).toBeGreaterThan(3 * orders);
    } finally {
      await waybill.close();
    }
    const environment = { WAYBILL_DATA_DIR: home.directory, WAYBILL_LOG_LEVEL: 'error' };
    const { code, out } = await runCommand(verifyCommand, ['--settled', '--json'], environment);
    expect((JSON.parse(out) as VerifyReport).breaches).toEqual([]);
    expect(code).toBe(0);
    await home.remove();
  }, 200_000);
});
