import type { Page } from 'playwright-core';
import { isOperation, Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { eventually } from '../support/time/eventually';

const PASSWORD = 'correct horse battery';

describePages('the shop on bad days', (pages) => {
  let product: string;
  let visitor: Visitor;
  let page: Page;
  let visits = 0;
  let email: string;

  beforeAll(async () => {
    const staff = await pages().staff();
    [product = ''] = await staff.productsOnHand(1);
    const offer = (name: string, amountMinor: number) =>
      staff.send('offerShippingMethod', { name, base: { amountMinor, currency: 'GBP' } });
    await offer('By cart', 300);
    await offer('By foot', 0);
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

  /** Logs in again by the link of the page that requires it. */
  const logInAgain = async (): Promise<void> => {
    await page.getByRole('heading', { name: 'Log in to continue.' }).waitFor();
    await page.locator('main').getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.locator('main').getByRole('button', { name: 'Log in' }).click();
  };

  it('keep the cart and all that was typed when the session has ended in the middle of the checkout', async () => {
    await addToCart();
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('9');
    await page.getByLabel('Shipping', { exact: true }).selectOption({ label: 'By foot: £0.00' });
    await page.getByRole('button', { name: /^Place the order for £\d/ }).waitFor();
    await page.getByLabel('Account at the carrier').fill('ada-at-ups');
    const warehouse = page.getByLabel('From which warehouse');
    await warehouse.selectOption({ index: 2 });
    const chosen = await warehouse.inputValue();
    await page.getByLabel('Payment').selectOption('later');
    await page.getByLabel('Code of a coupon').fill('HARBOUR10');
    await quantity().fill('2');
    await visitor.endSession();
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByText('You were logged out: somewhere else').waitFor();
    await logInAgain();
    await page.getByRole('heading', { name: 'Checkout' }).waitFor();
    const carrierAccount = page.getByLabel('Account at the carrier');
    await eventually(async () => (await carrierAccount.inputValue()) === 'ada-at-ups');
    expect(await page.getByLabel('East (x)').inputValue()).toBe('3');
    expect(await page.getByLabel('North (y)').inputValue()).toBe('9');
    expect(await warehouse.inputValue()).toBe(chosen);
    expect(await page.getByLabel('Payment').inputValue()).toBe('later');
    expect(await page.getByLabel('Code of a coupon').inputValue()).toBe('HARBOUR10');
    // It was typed, and not sent.
    expect(await quantity().inputValue()).toBe('2');
    await page.getByLabel('Shipping', { exact: true }).getByRole('option', { name: 'By foot' }).waitFor({
      state: 'attached',
    });
    await eventually(
      async () =>
        (await page.getByLabel('Shipping', { exact: true }).locator('option:checked').textContent()) ===
        'By foot: £0.00',
    );
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByRole('heading', { name: /^Order \d/ }).waitFor();
    await page.locator('dd', { hasText: 'By foot: £0.00' }).waitFor();
    const { edges } = await (
      await pages().staff()
    ).ask<{ edges: { node: { carrierAccount: string; status: string } }[] }>(
      `{ orders(first: 1, search: "${email}") { edges { node { carrierAccount status } } } }`,
    );
    expect(edges[0]?.node).toEqual({ carrierAccount: 'ada-at-ups', status: 'PLACED' });
    // What was sent is not typed again.
    await addToCart();
    await visitor.open('/checkout');
    expect(await carrierAccount.inputValue()).toBe('');
  });

  it('keep what was typed at the account for its owner alone, in another language too', async () => {
    const eve = `eve.${visits}@example.com`;
    await Shopper.signUp(pages().waybill.url, eve);
    await visitor.open('/account');
    await page.getByLabel('Name of your shop').fill('Clay and Co');
    await page.getByLabel('What you would like to sell').fill('Mugs of clay.');
    await page.getByLabel('Present password').fill(PASSWORD);
    await visitor.endSession();
    await page.getByRole('button', { name: 'Apply to sell' }).click();
    await page.getByRole('heading', { name: 'Log in to continue.' }).waitFor();
    const enter = async (as: string): Promise<void> => {
      await page.getByLabel('邮箱').fill(as);
      await page.getByLabel('密码').fill(PASSWORD);
      await page.locator('main').getByRole('button', { name: '登录' }).click();
      await page.getByRole('button', { name: '退出', exact: true }).waitFor();
    };
    await page.getByRole('button', { name: '中文' }).click();
    await page.locator('main').getByRole('link', { name: '登录' }).click();
    await enter(eve);
    await page.getByLabel('店铺名称').waitFor();
    expect(await page.getByLabel('店铺名称').inputValue()).toBe('');
    await page.getByRole('button', { name: '退出', exact: true }).click();
    await page.getByRole('heading', { name: '商店' }).waitFor();
    await page.locator('header').getByRole('link', { name: '登录' }).click();
    await enter(email);
    await page.getByRole('link', { name: 'Ada' }).click();
    await eventually(async () => (await page.getByLabel('店铺名称').inputValue()) === 'Clay and Co');
    expect(await page.getByLabel('当前密码').inputValue()).toBe('');
  });

  it('keep an answer for its question', async () => {
    const staff = await pages().staff();
    await staff.send('askQuestion', { productId: product, text: 'Does it hold tea?' });
    await staff.send('askQuestion', { productId: product, text: 'Does it float?' });
    const answerTo = async (question: string): Promise<string> => {
      const article = page.locator('article', { hasText: question });
      await article.getByRole('button', { name: 'Answer', exact: true }).click();
      return article.getByLabel('Your answer').inputValue();
    };
    await visitor.open(`/products/${product}`);
    await answerTo('Does it float?');
    await page.getByLabel('Your answer').fill('Not at all.');
    await visitor.endSession();
    await page.getByRole('button', { name: 'Publish the answer' }).click();
    await page.getByLabel('Your answer').waitFor({ state: 'detached' });
    await page.locator('header').getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.locator('main').getByRole('button', { name: 'Log in' }).click();
    // Not by its address, which would forget what is kept.
    await page.locator(`a[href="/products/${product}"]`).first().click();
    expect(await answerTo('Does it hold tea?')).toBe('');
    expect(await answerTo('Does it float?')).toBe('Not at all.');
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

  it.each([
    ['English', 'The server is slow to answer.', 'Change', /^Quantity of/],
    ['中文', '服务器响应较慢。', '修改', /的数量$/],
  ] as const)(
    'say in %s that an answer is slow, without moving the page or the focus, until it has come',
    async (language, says, change, label) => {
      await addToCart();
      await visitor.open('/cart');
      if (language === '中文') await page.getByRole('button', { name: language }).click();
      let answer: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (answer = resolve));
      await page.route('**/graphql', async (route) => {
        if (isOperation(route.request(), 'ChangeCartLine')) await held;
        await route.continue();
      });
      const input = page.getByLabel(label);
      await input.fill('3');
      await page.getByRole('button', { name: change }).click();
      await input.fill('4');
      const before = await input.boundingBox();
      const banner = page.locator('[aria-live="polite"]', { hasText: says });
      await banner.waitFor();
      expect(await page.evaluate('document.activeElement.name')).toBe('quantity');
      expect(await input.boundingBox()).toEqual(before);
      expect(await visitor.violations()).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await visitor.violations(['color-contrast'])).toEqual([]);
      answer();
      await banner.waitFor({ state: 'detached' });
      expect(await input.inputValue()).toBe('4');
      expect(await page.evaluate('document.activeElement.name')).toBe('quantity');
      expect(visitor.trouble.errors).toEqual([]);
    },
  );

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
