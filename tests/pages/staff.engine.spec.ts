import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { startBrowser, Visitor } from '../support/browser/browser';
import { Shopper } from '../support/graphql/shopper';
import { describeOn } from '../support/process/real-engine';
import { WaybillHome, type RunningWaybill } from '../support/process/waybill';

const images = join(__dirname, '../../docs/images/pages');

describeOn('WAYBILL_TEST_CHROMIUM', 'the console of staff in a browser', (path) => {
  let browser: Browser;
  let home: WaybillHome;
  let waybill: RunningWaybill;
  let shopper: Shopper;
  let products: readonly string[];
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    [browser, home] = await Promise.all([startBrowser(path), WaybillHome.make()]);
    waybill = await home.start();
    shopper = await Shopper.signUp(waybill.url, 'ada@example.com');
    products = await shopper.productsOnHand(2);
    visitor = await Visitor.enter(browser, waybill.url);
    page = visitor.page;
    await visitor.logIn('admin@waybill.local', waybill.administrator?.password ?? '');
  }, 30_000);
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
    await waybill.close();
    await home.remove();
  });
  afterEach(() => {
    expect(visitor.trouble).toEqual({ outside: [], errors: [] });
  });

  /** Places an order of the customer; `paymentMethod` absent leaves it unpaid. */
  const order = async (paymentMethod?: string): Promise<string> => {
    await shopper.addToCart(products[0]!, 2);
    const mutation = `mutation ($input: PlaceOrderInput!) {
      placeOrder(input: $input) { ... on PlaceOrderSuccess { order { id } } ... on UserError { code message } }
    }`;
    const input = { destination: { x: 3, y: -2 }, paymentMethod };
    return (await shopper.ask<{ order: { id: string } }>(mutation, { input })).order.id;
  };

  /** Expects that axe finds nothing and that a phone shows the page without scrolling sideways. */
  const mannered = async (name: string): Promise<void> => {
    await visitor.settled();
    expect(await visitor.violations()).toEqual([]);
    if (process.env['WAYBILL_GENERATE'] === 'yes')
      await page.screenshot({ path: join(images, `${name}.png`), fullPage: true });
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.setViewportSize(size);
  };

  const fact = (name: string): Locator =>
    page.locator('.facts > div', { has: page.getByText(name, { exact: true }) }).locator('dd');
  const shows = (where: Locator, text: string): Promise<void> =>
    where.filter({ hasText: text }).first().waitFor();

  it('cancel an order that is found in the list', async () => {
    await order();
    await visitor.open('/admin?status=PLACED');
    await page.getByRole('table').getByRole('link').first().click();
    await shows(fact('Status'), 'Placed');
    await page.getByText('Cancel', { exact: true }).click();
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    await shows(fact('Status'), 'Cancelled');
    expect(await page.getByRole('heading', { name: 'Actions' }).count()).toBe(0);
  });

  it('change the destination of an order', async () => {
    await visitor.open(`/admin/orders/${await order()}`);
    await page.getByText('Change the destination', { exact: true }).first().click();
    await page.getByLabel('East (x)').fill('7');
    await page.getByRole('button', { name: 'Change the destination' }).click();
    await shows(fact('Destination'), '7, -2');
  });

  it('refund a part of a delivered order', async () => {
    const id = await order('test');
    await visitor.open(`/admin/orders/${id}`);
    // The page follows the order by itself.
    await shows(fact('Status'), 'Delivered');
    await page.getByText('Refund', { exact: true }).first().click();
    const amount = page.getByLabel(/^Amount in/);
    const submit = page.getByRole('button', { name: 'Refund' });
    await page.getByLabel('Reason').fill('scratched');
    await amount.fill('one');
    await submit.click();
    await shows(page.getByRole('alert'), 'Type an amount');
    await mannered('staff-order');
    await amount.fill('1.25');
    await page.getByLabel(/^Pieces of/).fill('1');
    await submit.click();
    await shows(page.getByRole('cell'), 'Done');
    await shows(fact('Refunded'), '1.25');
  });
});
