import type { Page } from 'playwright-core';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

describePages('a payment that takes time', (pages) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await pages().enter();
    await visitor.signUp('Ada Byron');
  });

  const checkOut = async (method: string): Promise<void> => {
    const { page } = visitor;
    await visitor.addToCart('Dockside mug');
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('4');
    await page.getByLabel('Payment').selectOption(method);
  };
  const place = (page: Page): Promise<void> => page.getByRole('button', { name: /^Place the order/ }).click();
  const order = async (method: string): Promise<void> => {
    await checkOut(method);
    await place(visitor.page);
  };
  const isPaid = (): Promise<void> => visitor.page.getByText('was paid.').first().waitFor();
  const isUnpaid = (): Promise<void> => visitor.page.locator('[data-status="PLACED"]').waitFor();
  const atProvider = (): Promise<void> => visitor.page.waitForURL(/\/test-payments\//);

  it.each(['test-redirect', 'test-redirect-notice-twice', 'test-redirect-no-notice'])(
    'is confirmed on the page of the provider, and the order is paid at the return, by %s',
    async (method) => {
      const { page } = visitor;
      await order(method);
      await atProvider();
      await page.getByText('No real money moves.').waitFor();
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.waitForURL(/\/orders\//);
      await isPaid();
    },
  );

  it('is declined there, and the order can be paid in another way', async () => {
    const { page } = visitor;
    await order('test-redirect');
    await atProvider();
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.waitForURL(/\/orders\//);
    await page.getByText('The payment was declined').waitFor();
    await page.getByLabel('Payment method').selectOption('test');
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await isPaid();
  });

  it('stays open when the payer goes back, until the payer ends it and pays in another way', async () => {
    const { page } = visitor;
    await order('test-redirect');
    await atProvider();
    const there = page.url();
    await page.goBack();
    await page.getByRole('heading', { name: 'Confirm the payment' }).waitFor();
    await isUnpaid();
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole('button', { name: 'I have confirmed it' }).click();
    await page.getByText('The payment provider has no confirmation yet.').waitFor();
    await page.getByRole('button', { name: 'Go to the payment provider' }).click();
    await atProvider();
    await page.getByRole('link', { name: 'Back to the order' }).click();

    await page.getByRole('button', { name: 'Pay in another way' }).click();
    await page.getByLabel('Payment method').selectOption('test');
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await isPaid();
    // Another tab, which is still there, can pay nothing more.
    const tab = await page.context().newPage();
    await tab.goto(there);
    await tab.getByText('The shop has cancelled the payment. Nothing was taken.').waitFor();
    await tab.close();
  });

  it('shows a code for an app, also in Chinese, and ends with its order', async () => {
    const { page } = visitor;
    await order('test-app');
    await page.locator('code', { hasText: '/test-payments/' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '确认付款' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Cancel the order').click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await page.locator('[data-status="CANCELLED"]').waitFor();
    await page.getByText('The payment was declined: The payment was cancelled').waitFor();
  });

  it('is decided by the provider later, which the order follows', async () => {
    const { page } = visitor;
    await order('test-pending');
    await page.getByText('The payment provider has accepted the payment and decides later.').waitFor();
    expect(await visitor.violations()).toEqual([]);
    await isPaid();
  });

  /** Returns the id of the order that the page shows. */
  const orderShown = (): string => new URL(visitor.page.url()).pathname.split('/').at(-1) ?? '';
  const payByCard = async (method: string): Promise<void> => {
    const { page } = visitor;
    await page.getByLabel('Payment method').selectOption(method);
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
  };
  /** Expects the page of the order to say that it was paid once, without an offer to pay again. */
  const isPaidOnce = async (): Promise<void> => {
    const { page } = visitor;
    await isPaid();
    expect(await page.getByText('was paid.').count()).toBe(1);
    expect(await page.getByLabel('Payment method').count()).toBe(0);
    expect(await page.getByRole('heading', { name: 'Confirm the payment' }).count()).toBe(0);
  };
  const ordersShown = async (): Promise<number> => {
    await visitor.open('/orders');
    await visitor.page.locator('tbody tr').first().waitFor();
    return visitor.page.locator('tbody tr').count();
  };

  it('is made once for an order that is paid later, in spite of the back button and reloads', async () => {
    const { page } = visitor;
    const before = await ordersShown();
    await order('later');
    await page.waitForURL(/\/orders\/./);
    await isUnpaid();
    const orderId = orderShown();
    await visitor.open('/orders');
    const link = page.locator(`main a[href$="/orders/${orderId}"]`).first();
    await link.click();
    await payByCard('test');
    await isPaidOnce();
    await page.goBack();
    await link.waitFor();
    expect(await page.getByRole('row').filter({ has: link }).getByText('Unpaid').count()).toBe(0);
    await page.goForward();
    await isPaidOnce();
    await page.reload();
    await isPaidOnce();
    expect(await ordersShown()).toBe(before + 1);
  });

  it('is made once at the page of the provider, in spite of the back button', async () => {
    const { page } = visitor;
    const before = await ordersShown();
    await order('later');
    await page.waitForURL(/\/orders\/./);
    await isUnpaid();
    await payByCard('test-redirect');
    await atProvider();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL(/\/orders\//);
    await isPaidOnce();
    // Back at the page of the provider, which takes nothing more.
    await page.goBack();
    await atProvider();
    await page.reload();
    await page.getByRole('link', { name: 'Back to the order' }).waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    // Back at the page of the order as it was left, and at the checkout.
    await page.goBack();
    await isPaidOnce();
    await page.reload();
    await isPaidOnce();
    // The order stands in the place of the checkout.
    await page.goBack();
    await page.getByRole('button', { name: 'Add to cart' }).waitFor();
    expect(await ordersShown()).toBe(before + 1);
  });

  it('is for one order, though the checkout was open in another tab and is visited again', async () => {
    const { page } = visitor;
    const before = await ordersShown();
    await checkOut('test');
    const tab = await page.context().newPage();
    await tab.goto('/checkout');
    await tab.getByLabel('East (x)').fill('3');
    await tab.getByLabel('North (y)').fill('4');
    await tab.getByRole('button', { name: /^Place the order for/ }).waitFor();
    await place(page);
    await isPaidOnce();
    const isEmpty = tab.getByText('Your cart is empty.');
    const button = tab.getByRole('button', { name: /^Place the order/ });
    await isEmpty.or(button).first().waitFor();
    if (await button.isVisible()) await button.click();
    await isEmpty.waitFor();
    await tab.close();
    await visitor.open('/checkout');
    await page.getByText('Your cart is empty.').waitFor();
    expect(await ordersShown()).toBe(before + 1);
  });
});
