import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { askGraphQL } from '../../cli/program/graphql-client';
import { refreshGraceMs } from '../../domain/account';
import { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';

const PASSWORD = 'correct horse battery';

/** Gives the page an access token that has expired, so that it has to refresh its session. */
const expireAccess = `(() => {
  const session = JSON.parse(localStorage.getItem('waybill.session'));
  localStorage.setItem('waybill.session', JSON.stringify({ ...session, accessToken: 'expired' }));
  dispatchEvent(new StorageEvent('storage', { key: 'waybill.session' }));
})()`;

const REFRESH = `mutation ($refreshToken: String!) { refreshSession(input: { refreshToken: $refreshToken }) {
  ... on RefreshSessionSuccess { refreshToken } ... on UserError { code } ... on SessionInvalidError { reason } } }`;

describePages('the pages where two want the same', (pages) => {
  let staff: Shopper;
  let product: string;

  /** A visitor whose refresh token a thief has used before the first test, at a checkout with a cart. */
  let robbed: Visitor;
  let thief: { readonly refreshToken: string; readonly sinceMs: number };

  const refresh = async (refreshToken: string): Promise<{ refreshToken?: string; code?: string }> => {
    const { data } = await askGraphQL(pages().waybill.url, REFRESH, { refreshToken });
    return data!['refreshSession'] as { refreshToken?: string; code?: string };
  };

  beforeAll(async () => {
    const { browser, waybill } = pages();
    staff = await pages().staff();
    [product = ''] = await staff.productsOnHand(1);
    const shopper = await Shopper.signUp(waybill.url, 'robbed@example.com');
    await shopper.addToCart(product, 2);
    robbed = await Visitor.enter(browser, waybill.url);
    await robbed.logIn('robbed@example.com', PASSWORD);
    await robbed.open('/checkout');
    await robbed.page.getByLabel('East (x)').fill('3');
    await robbed.page.getByLabel('North (y)').fill('9');
    const stolen = await robbed.page.evaluate<string>(
      `JSON.parse(localStorage.getItem('waybill.session')).refreshToken`,
    );
    const { refreshToken = '' } = await refresh(stolen);
    thief = { refreshToken, sinceMs: performance.now() };
  }, 60_000);

  const register = async (sku: string, name: string): Promise<string> => {
    const price = { amountMinor: 900, currency: 'GBP' };
    const input = { sku, name, description: '', category: 'deck', price };
    const { product: registered } = await staff.send<{ product: { id: string } }>(
      'registerProduct',
      input,
      'product { id }',
    );
    return registered.id;
  };

  /** Opens a window for a new customer, who has put these products into the cart. */
  const enterWith = async (name: string, products: readonly string[]): Promise<Visitor> => {
    const email = `${name}@example.com`;
    const shopper = await Shopper.signUp(pages().waybill.url, email);
    for (const each of products) await shopper.addToCart(each, 1);
    const visitor = await pages().enter();
    await visitor.logIn(email, PASSWORD);
    return visitor;
  };

  const fillPlace = async (page: Page): Promise<void> => {
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('9');
  };

  const place = (page: Page): Promise<void> => page.getByRole('button', { name: /^Place the order/ }).click();

  it('tell who wants more than the last piece that the order will wait, and deliver to both', async () => {
    const rare = await register('RARE-01', 'Rare lamp');
    await staff.send('receiveStock', { warehouseId: '1', productId: rare, quantity: 1 });
    const [first, second] = [await enterWith('first', [rare]), await enterWith('second', [rare, rare])];
    const waits = 'Fewer are in stock: the order will wait for new ones.';
    await first.open('/checkout');
    expect(await first.page.getByText(waits).count()).toBe(0);
    // Before anyone orders: then the shop buys new pieces by itself.
    await second.open('/checkout');
    await second.page.getByText(waits).waitFor();
    expect(await second.violations()).toEqual([]);
    for (const { page } of [first, second]) {
      await fillPlace(page);
      await place(page);
    }
    for (const { page } of [second, first]) await page.locator('[data-status="FULFILLED"]').waitFor();
  }, 60_000);

  it('tell that a product was taken off sale in the middle of the checkout, and go on with the rest', async () => {
    const leaving = await register('GONE-01', 'Last lantern');
    const visitor = await enterWith('late', [product, leaving]);
    const { page } = visitor;
    await visitor.open('/checkout');
    await fillPlace(page);
    await staff.send('discontinueProduct', { productId: leaving });
    await place(page);
    await page.locator('[data-code="PRODUCT_DISCONTINUED"]').waitFor();
    expect(await page.getByLabel('East (x)').inputValue()).toBe('3');
    const line = page.getByRole('row', { name: 'Last lantern' });
    await line.getByRole('button', { name: 'Remove' }).click();
    await line.waitFor({ state: 'detached' });
    await place(page);
    await page.getByRole('heading', { name: /^Order \d/ }).waitFor();
  });

  it('overwrite no price and no description of another tab that was not seen', async () => {
    const id = await register('TABS-01', 'Two tabs');
    const [one, other] = [await pages().enterAsAdministrator(), await pages().enterAsAdministrator()];
    for (const visitor of [one, other]) await visitor.open(`/admin/products/${id}`);
    const price = (page: Page) => page.getByLabel('Price (GBP)');
    const changePrice = async ({ page }: Visitor, amount: string): Promise<void> => {
      await price(page).fill(amount);
      await page.getByRole('button', { name: 'Change the price' }).click();
    };
    await changePrice(one, '8.00');
    await one.page.getByText('Saved.').waitFor();
    await changePrice(other, '7.00');
    await other.page.locator('[data-code="PRODUCT_CHANGED"]').waitFor();
    // What another has saved is shown, and what was typed is kept.
    await other.page.locator('.facts').filter({ hasText: '£8.00' }).waitFor();
    expect(await price(other.page).inputValue()).toBe('7.00');
    await changePrice(other, '7.00');
    await other.page.locator('.facts').filter({ hasText: '£7.00' }).waitFor();
    // Nor does the first tab undo what the other one has done since.
    await one.page.getByRole('button', { name: 'Undo' }).click();
    await one.page.locator('[data-code="PRODUCT_CHANGED"]').first().waitFor();

    const describe = async ({ page }: Visitor, field: string, text: string): Promise<void> => {
      await page.getByLabel(field, { exact: true }).fill(text);
      await page.getByRole('button', { name: 'Change the description' }).click();
    };
    for (const visitor of [one, other]) await visitor.open(`/admin/products/${id}`);
    await describe(one, 'Category', 'harbour');
    await one.page.getByText('Saved.').waitFor();
    await describe(other, 'Name', 'Two windows');
    await other.page.locator('[data-code="PRODUCT_CHANGED"]').waitFor();
    await other.page.locator('.facts').filter({ hasText: 'harbour' }).waitFor();
    expect(await other.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Two windows');
    expect(await other.violations()).toEqual([]);
    await describe(other, 'Category', 'harbour');
    await other.page.getByRole('heading', { name: 'Two windows', level: 1 }).waitFor();
  });

  it('overwrite no role of another tab that was not seen', async () => {
    const clerk = { name: 'Clerk', permissions: ['order:read'] };
    await staff.send('defineRole', clerk);
    const [one, other] = [await pages().enterAsAdministrator(), await pages().enterAsAdministrator()];
    const region = ({ page }: Visitor) => page.getByRole('region', { name: 'Clerk', exact: true });
    for (const visitor of [one, other]) {
      await visitor.open('/admin/roles');
      await region(visitor).getByText('Change Clerk').click();
    }
    const save = async (visitor: Visitor, permission: string): Promise<void> => {
      await region(visitor).getByLabel(permission).check();
      await region(visitor).getByRole('button', { name: 'Save Clerk' }).click();
    };
    const permits = (visitor: Visitor, permission: string) =>
      region(visitor).getByRole('listitem').filter({ hasText: permission }).waitFor();
    await save(one, 'stock:read');
    await permits(one, 'stock:read');
    await save(other, 'review:moderate');
    await region(other).locator('[data-code="ROLE_CHANGED"]').waitFor();
    await permits(other, 'stock:read');
    expect(await region(other).getByLabel('review:moderate').isChecked()).toBe(true);
    await save(other, 'stock:read');
    await permits(other, 'review:moderate');
  });

  const refused = ({ page }: Visitor) => page.locator('[data-code="CHANGED_MEANWHILE"]').waitFor();

  it('overwrite no address and no profile of another tab that was not seen', async () => {
    const shopper = await Shopper.signUp(pages().waybill.url, 'twice@example.com');
    await shopper.send('addAddress', { recipient: 'Ada', line1: '1 Quay', city: 'Port', country: 'GB' });
    const [one, other] = [await pages().enter(), await pages().enter()];
    for (const visitor of [one, other]) {
      await visitor.logIn('twice@example.com', PASSWORD);
      await visitor.open('/account');
      await visitor.page.getByRole('button', { name: 'Change the address of Ada' }).click();
    }
    const card = ({ page }: Visitor) => page.locator('article.address');
    const changeLine = async (visitor: Visitor, line: string): Promise<void> => {
      await card(visitor).getByLabel('Street and number').fill(line);
      await card(visitor).getByRole('button', { name: 'Save the address' }).click();
    };
    await changeLine(one, '2 Quay');
    await card(one).getByText('2 Quay').waitFor();
    await changeLine(other, '3 Quay');
    await refused(other);
    // The address of the other tab is shown, and what was typed is kept.
    await card(other).getByText('2 Quay').waitFor();
    expect(await card(other).getByLabel('Street and number').inputValue()).toBe('3 Quay');
    await changeLine(other, '3 Quay');
    await card(other).getByText('3 Quay').waitFor();

    const profile = ({ page }: Visitor) => page.getByRole('region', { name: 'Profile' });
    const save = async (visitor: Visitor, field: string, text: string): Promise<void> => {
      await profile(visitor).getByLabel(field).fill(text);
      await profile(visitor).getByRole('button').click();
    };
    await save(one, 'Telephone', '+442079460958');
    await profile(one).getByRole('status').waitFor();
    await save(other, 'Name', 'Ada the Second');
    await refused(other);
    await profile(other).getByText('+442079460958').waitFor();
    expect(await profile(other).getByLabel('Name').inputValue()).toBe('Ada the Second');
    expect(await other.violations()).toEqual([]);
  });

  it('overwrite no family of products of another tab that was not seen', async () => {
    const family = { name: 'Deck cup', options: [{ name: 'Size', values: ['S', 'M'] }] };
    const made = await staff.send<{ family: { id: string } }>('createProductFamily', family, 'family { id }');
    const [one, other] = [await pages().enterAsAdministrator(), await pages().enterAsAdministrator()];
    const button = 'Change the name and the options';
    for (const visitor of [one, other]) {
      await visitor.open(`/admin/product-families/${made.family.id}`);
      await visitor.page.locator('summary', { hasText: button }).click();
    }
    const describe = async ({ page }: Visitor, field: string, text: string): Promise<void> => {
      await page.getByLabel(field, { exact: true }).fill(text);
      await page.getByRole('button', { name: button }).click();
    };
    await describe(one, 'Name of the family', 'Deck mug');
    await one.page.getByRole('heading', { name: 'Deck mug', level: 1 }).waitFor();
    await describe(other, 'Name of option 1', 'Volume');
    await refused(other);
    await other.page.locator('.facts').filter({ hasText: 'Deck mug' }).waitFor();
    expect(await other.page.getByLabel('Name of option 1').inputValue()).toBe('Volume');
  });

  /** Types a place into the form for another destination, which is open in both tabs before the first is sent. */
  const redirectBoth = async (one: Visitor, other: Visitor, button: string): Promise<void> => {
    const redirect = async ({ page }: Visitor, x: string): Promise<void> => {
      await page.getByLabel('East (x)').fill(x);
      await page.getByRole('button', { name: button }).last().click();
    };
    await other.page.getByLabel('East (x)').fill('7');
    await redirect(one, '5');
    // The page of the other tab follows, and its form has what was typed.
    await other.page
      .getByText(/\b5, 9\b/)
      .first()
      .waitFor();
    expect(await other.page.getByLabel('East (x)').inputValue()).toBe('7');
    await other.page.getByRole('button', { name: button }).last().click();
    await refused(other);
    await other.page.locator('.facts').filter({ hasText: '5, 9' }).last().waitFor();
    expect(await other.page.getByLabel('East (x)').inputValue()).toBe('7');
    expect(await other.violations()).toEqual([]);
    await redirect(other, '7');
    await other.page
      .getByText(/\b7, 9\b/)
      .first()
      .waitFor();
  };

  it('redirect no order, by its customer or by staff, that another tab has redirected unseen', async () => {
    const email = 'moving@example.com';
    const shopper = await Shopper.signUp(pages().waybill.url, email);
    const order = async (): Promise<string> => {
      await shopper.addToCart(product, 1);
      // Not paid, so that it does not leave.
      const input = { destination: { x: 3, y: 9 } };
      return (await shopper.send<{ order: { id: string } }>('placeOrder', input, 'order { id }')).order.id;
    };
    const customers = [await pages().enter(), await pages().enter()] as const;
    const id = await order();
    for (const visitor of customers) {
      await visitor.logIn(email, PASSWORD);
      await visitor.open(`/orders/${id}`);
      await visitor.page.getByRole('button', { name: 'Change the destination' }).click();
    }
    await redirectBoth(...customers, 'Deliver there instead');
    const clerks = [await pages().enterAsAdministrator(), await pages().enterAsAdministrator()] as const;
    const second = await order();
    for (const visitor of clerks) {
      await visitor.open(`/admin/orders/${second}`);
      await visitor.page.locator('summary', { hasText: 'Change the destination' }).click();
    }
    await redirectBoth(...clerks, 'Change the destination');
  }, 60_000);

  it('move no category that another tab has moved unseen', async () => {
    const add = (name: string) =>
      staff.send('addCategory', { names: { en: name, zh: name }, slug: name.toLowerCase() });
    for (const name of ['House', 'Drinking', 'Cups']) await add(name);
    const [one, other] = [await pages().enterAsAdministrator(), await pages().enterAsAdministrator()];
    const branch = ({ page }: Visitor, name: string) =>
      page
        .locator('.tree li', { has: page.locator(`:scope > details > summary:has-text("${name} ·")`) })
        .last();
    for (const visitor of [one, other]) {
      await visitor.open('/admin/categories');
      await branch(visitor, 'Cups').locator('summary').first().click();
    }
    const move = async (visitor: Visitor, below: string): Promise<void> => {
      await branch(visitor, 'Cups').getByLabel('Below').selectOption({ label: below });
      await branch(visitor, 'Cups').getByRole('button', { name: 'Move Cups', exact: true }).click();
    };
    const isBelow = (visitor: Visitor, parent: string) =>
      branch(visitor, parent).locator('ul summary', { hasText: 'Cups' }).waitFor();
    await move(one, 'House');
    await isBelow(one, 'House');
    await move(other, 'Drinking');
    await refused(other);
    await isBelow(other, 'House');
    expect(await other.violations()).toEqual([]);
    await branch(other, 'Cups').locator('summary').first().click();
    await move(other, 'Drinking');
    await isBelow(other, 'Drinking');
  });

  // The last, because a replaced token still counts for a moment, in which two tabs may use it at once.
  it('end a session whose refresh token was stolen, for the thief too, and keep the cart and the place', async () => {
    await sleep(Math.max(0, thief.sinceMs + refreshGraceMs + 500 - performance.now()));
    const { page: checkout } = robbed;
    await checkout.evaluate(expireAccess);
    await checkout.getByRole('button', { name: /^Place the order/ }).click();
    await checkout.getByRole('heading', { name: 'Log in to continue.' }).waitFor();
    await checkout.getByText('this session was used from two places').waitFor();
    await checkout.getByText('Your cart is kept').waitFor();
    expect(await robbed.violations()).toEqual([]);
    await checkout.getByRole('button', { name: '中文' }).click();
    await checkout.getByText('此次登录在两处被使用').waitFor();
    await checkout.getByRole('button', { name: 'English' }).click();
    expect(await refresh(thief.refreshToken)).toEqual({ code: 'SESSION_INVALID', reason: 'REUSED' });
    await checkout.locator('main').getByRole('link', { name: 'Log in' }).click();
    await checkout.getByLabel('E-mail').fill('robbed@example.com');
    await checkout.getByLabel('Password').fill(PASSWORD);
    await checkout.locator('main').getByRole('button', { name: 'Log in' }).click();
    await checkout.getByRole('heading', { name: 'Checkout' }).waitFor();
    expect(await checkout.getByLabel(/^Quantity of/).inputValue()).toBe('2');
    expect(await checkout.getByLabel('East (x)').inputValue()).toBe('3');
    await checkout.getByRole('button', { name: /^Place the order/ }).click();
    await checkout.getByRole('heading', { name: /^Order \d/ }).waitFor();
    await robbed.leave();
  }, 60_000);
});
