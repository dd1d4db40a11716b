import { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { eventually } from '../support/time/eventually';

const EMAIL = 'ada@example.com';

describePages(
  'the live map of an order in a slow World',
  (pages) => {
    it('shows the truck move, and the delivery also after a restart of the server', async () => {
      const { browser, waybill } = pages();
      const shopper = await Shopper.signUp(waybill.url, EMAIL);
      const [product = ''] = await shopper.productsOnHand(1);
      await shopper.addToCart(product, 1);
      const id = await shopper.place({ x: 90, y: 90 });
      // Not by `enter`: this visitor meets a server that is away.
      const visitor = await Visitor.enter(browser, waybill.url);
      const { page } = visitor;
      await visitor.logIn(EMAIL, 'correct horse battery');
      await visitor.open(`/orders/${id}`);
      const truck = page.locator('.map [data-truck]');
      await truck.waitFor({ timeout: 60_000 });
      const { x } = (await truck.boundingBox())!;
      await eventually(async () => Math.abs(((await truck.boundingBox())?.x ?? x) - x) > 3);
      expect(await visitor.violations()).toEqual([]);
      await page.locator('.map').first().scrollIntoViewIfNeeded();
      await visitor.keepPicture('order-live-map');
      await pages().restart(() => page.getByText('The server cannot be reached.').first().waitFor());
      await page.locator('[data-status="FULFILLED"]').waitFor({ timeout: 90_000 });
      expect(await truck.count()).toBe(0);
      await visitor.leave();
    }, 240_000);
  },
  { WAYBILL_SIMULATION_SPEED: '60' },
);
