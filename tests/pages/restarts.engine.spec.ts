import type { Page } from 'playwright-core';
import { epochMsOf, instantOf } from '../../domain/kernel';
import { realClock, type Clock } from '../../platform/clock';
import { Visitor, type AreaPath } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { photo } from '../support/pictures/samples';
import { eventually } from '../support/time/eventually';

const PASSWORD = 'correct horse battery';
const AWAY = 'The server cannot be reached.';
const DAY_MS = 24 * 60 * 60 * 1_000;

const days = (later: number): Clock => ({
  ...realClock,
  now: () => instantOf(epochMsOf(realClock.now()) + later * DAY_MS),
});

describePages('the pages while the server is restarted', (pages) => {
  let staff: Shopper;
  let seller: Shopper;
  let customer: Shopper;
  let product: string;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    const { url } = pages().waybill;
    staff = await pages().staff();
    customer = await Shopper.signUp(url, 'ada@example.com');
    seller = await Shopper.signUp(url, 'sam@example.com', { name: 'Sam' });
    await staff.send('grantRole', { email: 'sam@example.com', role: 'seller' });
    [product = ''] = await customer.productsOnHand(1);
  }, 60_000);
  afterEach(() => visitor.leave());

  /** Not by `enter`: these visitors meet errors. */
  const enter = async (email?: string, area: AreaPath = '/'): Promise<void> => {
    visitor = await Visitor.enter(pages().browser, pages().waybill.url);
    page = visitor.page;
    if (email !== undefined) await visitor.logIn(email, PASSWORD, area);
  };

  const banner = () => page.locator('.banner', { hasText: AWAY });

  it('keep a form that is half filled, and send it once when the server is back', async () => {
    await enter('sam@example.com', '/seller');
    await visitor.open('/seller/products/new');
    await page.getByLabel('SKU').fill('HALF-01');
    await page.getByLabel('Name', { exact: true }).fill('Half a lamp');
    await pages().restart(async () => undefined);
    expect(await page.getByLabel('SKU').inputValue()).toBe('HALF-01');
    await page.getByLabel('Category').fill('lighting');
    await page.getByLabel('Price').fill('4.50');
    await page.getByLabel('Currency').fill('GBP');
    const add = page.getByRole('button', { name: 'Add a product' });
    const unreachable = page.locator('[data-code="UNREACHABLE"]');
    await pages().restart(async () => {
      await add.press('Enter');
      await banner().waitFor();
      expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a lamp');
    });
    // The page notices by itself that the server is back.
    await banner().waitFor({ state: 'detached' });
    const added = page.getByRole('heading', { name: 'Half a lamp', level: 1 });
    await added.or(unreachable).first().waitFor();
    if (await unreachable.isVisible()) {
      expect(await page.getByLabel('Price').inputValue()).toBe('4.50');
      await add.press('Enter');
    }
    await added.waitFor();
    await visitor.open('/seller');
    expect(await page.getByRole('row', { name: 'HALF-01' }).count()).toBe(1);
  }, 60_000);

  it('show what happened to an order while they had no connection', async () => {
    await customer.addToCart(product, 1);
    const input = { destination: { x: 3, y: 9 } };
    const { order } = await customer.send<{ order: { id: string } }>('placeOrder', input, 'order { id }');
    await enter('ada@example.com');
    await visitor.open(`/orders/${order.id}`);
    await page.locator('[data-status="PLACED"]').waitFor();
    await pages().restart(() => banner().waitFor());
    // At once, before the page has reached the server again.
    await customer.send('cancelOrder', { orderId: order.id });
    await page.locator('[data-status="CANCELLED"]').waitFor();
    await banner().waitFor({ state: 'detached' });
    expect(await visitor.violations()).toEqual([]);
  }, 60_000);

  it('stay where they are until the code and the data of another page can be loaded', async () => {
    await enter();
    await visitor.open('/');
    await pages().restart(async () => {
      await page.getByRole('link', { name: 'Harbour lamp' }).press('Enter');
      await banner().waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Shop');
    });
    await page.getByRole('heading', { name: 'Harbour lamp', level: 1 }).waitFor();
    await banner().waitFor({ state: 'detached' });
    // A list that could not be read is read as soon as it can be.
    await pages().restart(async () => {
      await page.getByRole('link', { name: 'Shop' }).first().press('Enter');
      await page.getByLabel('Search for products').fill('mug');
      await page.getByRole('button', { name: 'Search' }).press('Enter');
      await banner().waitFor();
    });
    await page.getByRole('link', { name: 'Dockside mug' }).waitFor();
    expect(await page.getByLabel('Search for products').inputValue()).toBe('mug');
  }, 60_000);

  it('finish the upload of a picture, which is there once', async () => {
    const price = { amountMinor: 500, currency: 'GBP' };
    const lamp = { sku: 'LAMP-77', name: 'Picture lamp', description: '', category: 'lighting', price };
    const made = await seller.send<{ product: { id: string } }>(
      'registerProduct',
      { ...lamp, sellerId: seller.id },
      'product { id }',
    );
    await enter('sam@example.com', '/seller');
    await visitor.open(`/seller/products/${made.product.id}`);
    const slowly = await page.context().newCDPSession(page);
    const throttle = (uploadThroughput: number) =>
      slowly.send('Network.emulateNetworkConditions', {
        ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput },
      });
    await slowly.send('Network.enable');
    await throttle(20_000);
    const buffer = await photo('png', { width: 3_000, height: 2_000 });
    await page.getByLabel('Add pictures').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer });
    await page.getByText('lamp.png').first().waitFor();
    await eventually(async () => ((await page.locator('progress').getAttribute('value')) ?? '0') !== '0');
    await pages().restart(async () => undefined);
    await throttle(-1);
    await page.getByRole('button', { name: 'Remove picture 1' }).waitFor({ timeout: 60_000 });
    expect(await page.getByRole('button', { name: /^Remove picture/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Save the pictures' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
  }, 120_000);

  // The last, because the server lives in the future from then on.
  it('keep the cart and what was typed when the customer comes back months later', async () => {
    await customer.addToCart(product, 2);
    await enter('ada@example.com');
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('9');
    await page.getByLabel('Account at the carrier').fill('ada-at-ups');
    await pages().restart(async () => undefined, days(100));
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByRole('heading', { name: 'Log in to continue.' }).waitFor();
    await page.getByText('your last log-in was long ago').waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.locator('main').getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.locator('main').getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: 'Checkout' }).waitFor();
    await eventually(
      async () => (await page.getByLabel('Account at the carrier').inputValue()) === 'ada-at-ups',
    );
    expect(await page.getByLabel('East (x)').inputValue()).toBe('3');
    expect(await page.getByLabel('North (y)').inputValue()).toBe('9');
    expect(await page.getByLabel(/^Quantity of/).inputValue()).toBe('2');
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByRole('heading', { name: /^Order \d/ }).waitFor();
  }, 90_000);
});
