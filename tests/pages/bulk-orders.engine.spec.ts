import type { Locator, Page, Request } from 'playwright-core';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';

/** More than a page of the list. */
const ORDERS = 22;

describePages('many orders in the hands of staff', (pages) => {
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    const shopper = await Shopper.signUp(pages().waybill.url, 'grace@example.com');
    const products = await shopper.productsOnHand(5);
    for (let placed = 0; placed < ORDERS; placed += 1) {
      await shopper.addToCart(products[placed % products.length]!, 1);
      await shopper.send('placeOrder', { destination: { x: 3, y: -2 } });
    }
    visitor = await pages().enterAsAdministrator();
    page = visitor.page;
  }, 60_000);

  const orders = (): Locator => page.getByRole('table', { name: 'Orders' });
  const results = (): Locator => page.getByRole('table', { name: 'Result of each order' });
  const chooseAll = (): Promise<void> => page.getByLabel('Choose all of this page').check();
  const choose = (row: number): Promise<void> =>
    orders()
      .getByRole('checkbox')
      .nth(row + 1)
      .check();
  const open = (panel: string): Promise<void> => page.getByText(panel, { exact: true }).click();
  const press = (button: string): Promise<void> =>
    page.getByRole('button', { name: button, exact: true }).click();
  const said = (text: string): Promise<void> => page.getByRole('status').getByText(text).waitFor();

  it('are chosen on several pages of the list, and tagged in one go', async () => {
    await visitor.open('/admin');
    await chooseAll();
    await page.getByRole('heading', { name: '20 orders are chosen' }).waitFor();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.waitForURL((url) => url.searchParams.has('after'));
    await choose(0);
    await page.getByRole('heading', { name: '21 orders are chosen' }).waitFor();
    await open('Add a tag to all');
    await page.getByLabel('Tag for all').fill('Sale');
    await press('Add to all');
    await said('Done for 21 of 21 orders.');
    await visitor.expectMannered('staff-orders-chosen');
    await press('Choose none');
    await visitor.open('/admin?tag=sale');
    await page.getByText('21', { exact: false }).first().waitFor();
    expect(await orders().getByRole('row').count()).toBe(1 + 20);
  });

  it('are held and released, and tell of each that could not be changed why', async () => {
    await visitor.open('/admin');
    await choose(0);
    await choose(1);
    await open('Hold all');
    await page.getByLabel('Reason for all').selectOption('Perhaps fraud');
    await press('Hold them');
    await said('Done for 2 of 2 orders.');
    await open('Release all');
    await page.getByLabel('Reason of the holds').selectOption('Perhaps fraud');
    await press('Release them');
    await said('Done for 2 of 2 orders.');
    await press('Choose none');
    await choose(0);
    await open('Cancel all');
    await press('Cancel them');
    await said('Done for 1 of 1 orders.');
    await choose(1);
    await open('Hold all');
    await press('Hold them');
    await said('Done for 1 of 2 orders.');
    const [, cancelled, held] = await results().getByRole('row').allInnerTexts();
    expect(cancelled).toMatch(/Cancelled/i);
    expect(held).toMatch(/Done$/);
  });

  it('are not changed twice where an answer was lost', async () => {
    await visitor.open('/admin');
    await choose(0);
    await choose(1);
    const keys: string[] = [];
    const keyOf = (request: Request): string | undefined =>
      /"idempotencyKey":"([^"]+)"/.exec(request.postData() ?? '')?.[1];
    let isLost = true;
    await page.route('**/graphql', async (route) => {
      const key = keyOf(route.request());
      if (key === undefined) return route.continue();
      keys.push(key);
      // The server has the command; its answer does not arrive.
      if (isLost) await route.fetch();
      return isLost ? route.abort() : route.continue();
    });
    await open('Cancel all');
    await press('Cancel them');
    await page.getByRole('alert').getByText('It ended early').waitFor();
    expect(await results().getByText('Not begun').count()).toBe(1);
    const lost = keys.length;
    isLost = false;
    await press('Cancel them');
    await said('Done for 2 of 2 orders.');
    const isOfFirst = keys.map((key) => key === keys[0]);
    expect(isOfFirst.indexOf(false)).toBeGreaterThan(lost);
    expect(new Set(keys).size).toBe(2);
    await page.unroute('**/graphql');
    visitor.trouble.errors.length = 0;
  });
});
