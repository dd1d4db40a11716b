import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

describePages('the pages of the shop', (pages) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await pages().enter();
    await visitor.signUp('Grace Hopper');
  });

  /** Changes a price as another person of the staff does it meanwhile. */
  const changePrice = async (sku: string, amountMinor: number): Promise<void> => {
    const staff = await pages().staff();
    type Products = { edges: { node: { id: string; sku: string } }[] };
    const { edges } = await staff.ask<Products>('{ products(first: 50) { edges { node { id sku } } } }');
    const productId = edges.find(({ node }) => node.sku === sku)?.node.id;
    const mutation = `mutation ($input: ChangeProductPriceInput!) {
      changeProductPrice(input: $input) { __typename ... on UserError { code message } }
    }`;
    await staff.ask(mutation, { input: { productId, price: { amountMinor, currency: 'GBP' } } });
  };

  const statusIs = (status: string): Promise<void> =>
    visitor.page.locator(`[data-status="${status}"]`).waitFor();

  it.each(['/cart', '/checkout', '/orders', '/orders/no-such-order', '/account'])(
    'say what to do where there is nothing yet, without a fault that axe finds, at %s',
    async (address) => {
      await visitor.open(address);
      await visitor.page.locator('main').getByRole('link').first().waitFor();
      expect(await visitor.violations()).toEqual([]);
    },
  );

  it('change quantities in the cart and remove a product', async () => {
    const { page } = visitor;
    await visitor.addToCart('Harbour lamp');
    await visitor.addToCart('Dockside mug');
    await page.getByRole('main').getByRole('link', { name: 'Cart' }).click();
    await page.getByText('Total: £43.40').waitFor();
    expect(await visitor.violations()).toEqual([]);

    const lamps = page.getByRole('row', { name: 'Harbour lamp' });
    await lamps.getByLabel('Quantity of Harbour lamp').fill('2');
    await lamps.getByRole('button', { name: 'Change' }).press('Enter');
    await page.getByText('Total: £77.90').waitFor();
    await lamps.getByLabel('Quantity of Harbour lamp').fill('100001');
    await lamps.getByRole('button', { name: 'Change' }).click();
    await lamps.getByText('100000').waitFor();
    expect(await lamps.getByLabel('Quantity of Harbour lamp').inputValue()).toBe('100001');

    await page.getByRole('row', { name: 'Dockside mug' }).getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Total: £69.00').waitFor();
  });

  it('order by a click on the map, at the price that was shown although it has changed meanwhile', async () => {
    const { page } = visitor;
    await visitor.keepPicture('cart', true);
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    await page.getByRole('application').click();
    const [x, y] = [page.getByLabel('East (x)'), page.getByLabel('North (y)')];
    const picked = [await x.inputValue(), await y.inputValue()];
    expect(picked).toEqual([expect.stringMatching(/^-?\d+$/), expect.stringMatching(/^-?\d+$/)]);
    await page.getByLabel('Account at the carrier').fill('grace');
    expect(await visitor.violations()).toEqual([]);
    await visitor.keepPicture('checkout', true);

    await page.getByText('This price holds until').waitFor();
    await changePrice('LAMP-01', 4_000);
    expect(await page.getByLabel('Account at the carrier').inputValue()).toBe('grace');
    expect([await x.inputValue(), await y.inputValue()]).toEqual(picked);
    await page.getByRole('button', { name: 'Place the order for £69.00' }).click();
    await page.waitForURL(/\/orders\//);
    await page.getByText('£69.00').first().waitFor();
  });

  it('show live how the order is delivered, and confirm its receipt', async () => {
    const { page } = visitor;
    await statusIs('FULFILLED');
    const map = page.getByRole('img', { name: /^Map: .*Parcel \S+: Delivered/ });
    await map.waitFor();
    expect(await map.locator('.parcel').count()).toBe(1);
    await page.getByText('Tracking number:').waitFor();
    expect(await page.locator('.timeline li').count()).toBeGreaterThan(5);
    expect(await visitor.violations()).toEqual([]);
    await visitor.keepPicture('order', true);
    await page.emulateMedia({ media: 'print' });
    await visitor.keepPicture('order-print', true);
    await page.emulateMedia({ media: null });
    await page.getByRole('button', { name: 'I have received it' }).click();
    await statusIs('COMPLETED');
  });

  it('review what was received, change the review, find it at the account and withdraw it', async () => {
    const { page } = visitor;
    await page.getByRole('link', { name: 'Write a review' }).click();
    await page.getByLabel('Stars').selectOption('4');
    await page.getByLabel('Your review').fill('<img src=x onerror=alert(1)> 好灯 🙂');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.locator('article', { hasText: '<img src=x onerror=alert(1)> 好灯 🙂' }).waitFor();
    await page.getByRole('heading', { name: 'Change your review' }).waitFor();
    await page.getByText('1 review').waitFor();
    await page.getByLabel('Your review').fill('It lights up the whole harbour.');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.locator('article', { hasText: 'It lights up the whole harbour.' }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    await visitor.keepPicture('product', true);

    await page.getByRole('link', { name: 'Grace Hopper' }).click();
    await page.locator('article', { hasText: 'It lights up the whole harbour.' }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    await visitor.keepPicture('account', true);
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('You have written no review yet.').waitFor();
  });

  it('have a drawing of its own for each product of the first catalogue', async () => {
    await visitor.open('/');
    const cards = await visitor.page.locator('.card svg').all();
    const drawings = await Promise.all(cards.map((card) => card.innerHTML()));
    expect(new Set(drawings).size).toBe(12);
    await visitor.keepPicture('shop', true);
  });

  it('find products in spite of a typing error, and narrow the list by keyboard, on a phone, in both languages', async () => {
    const { page } = visitor;
    const size = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    await visitor.open('/?query=dokside+mgs');
    await page.getByText('No product fits.').waitFor();
    await visitor.open('/?query=dokside');
    expect(await page.locator('.card strong').allTextContents()).toEqual(['Dockside mug']);
    expect(await page.getByLabel('Sort by').inputValue()).toBe('RELEVANCE');

    await visitor.open('/');
    await visitor.keepPicture('shop-phone');
    await page.getByText('Filters').focus();
    await page.keyboard.press('Enter');
    const kitchen = page.getByRole('button', { name: 'kitchen (3)' });
    await kitchen.press('Enter');
    await page.waitForURL(/category=kitchen/);
    await page.locator('.card').nth(3).waitFor({ state: 'detached' });
    expect(await page.locator('.card').count()).toBe(3);
    expect(await kitchen.getAttribute('aria-pressed')).toBe('true');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('kitchen (3)');
    await page.getByRole('button', { name: 'books (3)' }).waitFor();
    await page.getByLabel('Below (GBP)').fill('9.50');
    await page.getByLabel('Below (GBP)').press('Enter');
    await page.waitForURL(/currency=GBP/);
    // The address changes before the list does.
    await page.locator('.card').nth(1).waitFor({ state: 'detached' });
    expect(await page.locator('.card strong').allTextContents()).toEqual(['Dockside mug']);
    await visitor.expectMannered('shop-filters');

    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: '有货（1）' }).click();
    await page.waitForURL(/stock=yes/);
    await page.getByRole('button', { name: '清除筛选' }).click();
    await page.waitForURL(/^[^=]*$/);
    await page.getByRole('button', { name: 'English' }).click();
    if (size) await page.setViewportSize(size);
  });

  it('change the destination of an unpaid order with the arrow keys, tell that a payment is declined, and cancel', async () => {
    const { page } = visitor;
    await visitor.addToCart('Dockside mug');
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('4');
    await page.getByLabel('Payment').selectOption('later');
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await statusIs('PLACED');

    await page.getByRole('button', { name: 'Change the destination' }).click();
    await page.getByRole('application').press('ArrowRight');
    await page.getByRole('application').press('ArrowDown');
    await page.getByRole('button', { name: 'Deliver there instead' }).click();
    await page.getByText('to 4, 3').waitFor();

    await page.getByLabel('Payment method').selectOption('test-declined');
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByText('Cancel the order').click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await statusIs('CANCELLED');
  });

  it('list the orders, filtered by status, in a narrow window', async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 390, height: 800 });
    await visitor.open('/orders');
    expect(await page.locator('tbody tr').count()).toBe(2);
    await page.getByLabel('Status').selectOption('CANCELLED');
    await page.waitForURL(/status=CANCELLED/);
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await visitor.violations()).toEqual([]);
    await visitor.keepPicture('orders', true);
    for (const address of ['/cart', '/orders', '/checkout']) {
      await visitor.open(address);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    }
  });
});
