import type { Page } from 'playwright-core';
import { isOperation, Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';

const PASSWORD = 'correct horse battery';

/** Ends the session as the server knows it, and gives the page an access token that has expired. */
const endSession = `(async () => {
  const session = JSON.parse(localStorage.getItem('waybill.session'));
  const query = 'mutation ($token: String!) { logOut(input: { refreshToken: $token }) { __typename } }';
  const variables = { token: session.refreshToken };
  await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  localStorage.setItem('waybill.session', JSON.stringify({ ...session, accessToken: 'expired' }));
  dispatchEvent(new StorageEvent('storage', { key: 'waybill.session' }));
})()`;

describePages('the shop on bad days', (pages) => {
  let product: string;
  let visitor: Visitor;
  let page: Page;
  let visits = 0;
  let email: string;

  beforeAll(async () => {
    [product = ''] = await (await pages().staff()).productsOnHand(1);
  });
  beforeEach(async () => {
    visits += 1;
    email = `ada.${visits}@example.com`;
    const { browser, waybill } = pages();
    await Shopper.signUp(waybill.url, email);
    // Not by `enter`: these visitors meet errors.
    visitor = await Visitor.enter(browser, waybill.url);
    page = visitor.page;
    await visitor.logIn(email, PASSWORD);
  });
  afterEach(() => visitor.leave());

  const addToCart = async (): Promise<void> => {
    await visitor.open(`/products/${product}`);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByText('In your cart.').waitFor();
  };

  const quantity = () => page.getByLabel(/^Quantity of/);

  it('keep the cart when the session has ended in the middle of the checkout', async () => {
    await addToCart();
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('9');
    await page.evaluate(endSession);
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByRole('heading', { name: 'Log in to continue.' }).waitFor();
    await page.locator('main').getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.locator('main').getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: 'Checkout' }).waitFor();
    expect(await quantity().inputValue()).toBe('1');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('9');
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByRole('heading', { name: /^Order \d/ }).waitFor();
  });

  it('order once when the server is restarted in the middle of the checkout', async () => {
    await addToCart();
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('9');
    const place = page.getByRole('button', { name: /^Place the order/ });
    const placed = page.getByRole('heading', { name: /^Order \d/ });
    const unreachable = page.locator('[data-code="UNREACHABLE"]');
    await pages().restart(async () => {
      await place.click();
      await page.getByText('The server cannot be reached.').first().waitFor();
    });
    // The page has tried again by itself, or says that the visitor may.
    await placed.or(unreachable).first().waitFor();
    if (await unreachable.isVisible()) {
      expect(await page.getByLabel('East (x)').inputValue()).toBe('3');
      await place.click();
    }
    await placed.waitFor();
    await visitor.open('/orders');
    expect(await page.locator('tbody tr').count()).toBe(1);
  });

  it('put back a line that was removed by mistake', async () => {
    await addToCart();
    await visitor.open('/cart');
    await quantity().fill('3');
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('button', { name: 'Change' }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Your cart is empty.').waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await quantity().waitFor();
    expect(await quantity().inputValue()).toBe('3');
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    await visitor.open('/cart');
    expect(await quantity().inputValue()).toBe('3');
  });

  it('do one thing for a double click', async () => {
    await visitor.open(`/products/${product}`);
    await page.getByRole('button', { name: 'Add to cart' }).dblclick();
    await page.getByText('In your cart.').waitFor();
    await visitor.open('/cart');
    expect(await quantity().inputValue()).toBe('1');
  });

  it('do not order again by the back button', async () => {
    await addToCart();
    await page.getByRole('link', { name: 'Cart' }).last().click();
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('9');
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByRole('heading', { name: /^Order \d/ }).waitFor();
    await page.goBack();
    await page.getByText('Your cart is empty.').waitFor();
    await visitor.open('/orders');
    expect(await page.locator('tbody tr').count()).toBe(1);
  });

  it('tell of a line that another tab has removed', async () => {
    await addToCart();
    await visitor.open('/cart');
    const other = await page.context().newPage();
    await other.goto('/cart');
    await other.getByRole('button', { name: 'Remove' }).click();
    await other.getByText('Your cart is empty.').waitFor();
    await quantity().fill('4');
    await page.getByRole('button', { name: 'Change' }).click();
    await page
      .getByText('Your cart is empty.')
      .or(page.locator('[data-code="CART_LINE_NOT_FOUND"]'))
      .first()
      .waitFor();
  });

  it('show a changed quantity at once, and take it back when the server refuses it', async () => {
    await addToCart();
    await visitor.open('/cart');
    const total = page.locator('.price');
    const before = (await total.textContent()) ?? '';
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      if (isOperation(route.request(), 'ChangeCartLine')) await held;
      await route.continue();
    });
    await quantity().fill('200000');
    await page.getByRole('button', { name: 'Change' }).click();
    await total.filter({ hasNotText: before }).waitFor();
    answer();
    await page.getByRole('alert').first().waitFor();
    await total.filter({ hasText: before }).waitFor();
    // What was typed is kept.
    expect(await quantity().inputValue()).toBe('200000');
    expect(visitor.trouble.errors).toEqual([]);
  });

  it('say that the connection is lost, keep what was typed, and go on when it is back', async () => {
    await addToCart();
    await visitor.open('/cart');
    const banner = page.getByText('The server cannot be reached.');
    await page.context().setOffline(true);
    await banner.first().waitFor();
    await quantity().fill('3');
    await page.context().setOffline(false);
    await banner.waitFor({ state: 'detached' });
    expect(await quantity().inputValue()).toBe('3');
    await page.getByRole('button', { name: 'Change' }).click();
    await page
      .getByRole('row', { name: /lamp|mug|pot|twine|tape|box|book|map|blanket/i })
      .first()
      .waitFor();
    await visitor.open('/cart');
    expect(await quantity().inputValue()).toBe('3');
  });

  it('go on with a server of another build, which does not know their documents', async () => {
    const ids: boolean[] = [];
    await page.route('**/assets/*.js', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replaceAll(/(documentId:.)[0-9a-f]{8}/g, '$100000000');
      await route.fulfill({ response, body });
    });
    page.on('request', (request) => {
      if (request.url().endsWith('/graphql'))
        ids.push((request.postDataJSON() as { query?: string }).query === undefined);
    });
    await addToCart();
    await visitor.open('/cart');
    expect(await quantity().inputValue()).toBe('1');
    // The first requests of each of the two loads are sent again with their texts.
    expect(ids.filter((byId) => !byId).length).toBeGreaterThan(3);
    expect(ids.at(-1)).toBe(false);
  });

  it('show names as text, with any content', async () => {
    const name = '<img src=x onerror="document.title=1"> مرحبا 😀 \u202eabc';
    const other = await Visitor.enter(pages().browser, pages().waybill.url);
    await other.open('/sign-up');
    await other.page.getByLabel('Name').fill('n'.repeat(500));
    await other.page.getByLabel('E-mail').fill('long.name@example.com');
    await other.page.getByLabel('Password').fill(PASSWORD);
    const submit = other.page.locator('main').getByRole('button', { name: 'Sign up' });
    await submit.click();
    await other.page.getByRole('alert').first().waitFor();
    await other.page.getByLabel('Name').fill(name);
    await submit.click();
    await other.page.getByRole('link', { name: 'مرحبا' }).click();
    await other.page.getByRole('heading', { name: 'Your account' }).waitFor();
    await other.page.locator('dd').filter({ hasText: '<img src=x' }).first().waitFor();
    expect(await other.page.locator('img').count()).toBe(0);
    expect(await other.page.title()).toContain('Waybill');
    expect(
      await other.page.evaluate('document.documentElement.scrollWidth - innerWidth'),
    ).toBeLessThanOrEqual(0);
    await other.leave();
  });
});
