import { Shopper } from '../support/graphql/shopper';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

describePages('the pages of low stock', (pages) => {
  let staff: Shopper;
  let console: Visitor;
  let warehouse: { readonly id: string; readonly name: string };

  beforeAll(async () => {
    staff = await pages().staff();
    console = await pages().enterAsAdministrator();
    const [first] = await staff.ask<(typeof warehouse)[]>('{ warehouses { id name } }');
    warehouse = first!;
  }, 30_000);

  const formOf = (title: string) =>
    console.page.locator('details', { has: console.page.getByText(title, { exact: true }) });

  it('say where thresholds are set, as long as nothing is low', async () => {
    const { page } = console;
    await console.open('/admin');
    await page.getByRole('link', { name: 'Low stock' }).click();
    await page.getByText('Nothing is below its threshold.').waitFor();
    expect(await console.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Thresholds are set at a warehouse.' }).click();
    await page.getByRole('link', { name: warehouse.name }).click();
    await page.getByText('Set a low-stock threshold', { exact: true }).click();
    const form = formOf('Set a low-stock threshold');
    await form.getByLabel('Product').selectOption({ label: 'Harbour lamp' });
    await form.getByLabel('Threshold').fill('2000000000');
    await form.getByRole('button', { name: 'Set the threshold' }).click();
    await form.getByRole('alert').filter({ hasText: '1000000000' }).waitFor();
    await form.getByLabel('Threshold').fill('1000000');
    await form.getByRole('button', { name: 'Set the threshold' }).click();
    await form.getByText('Done.').waitFor();
    const row = page.getByRole('row', { name: /Harbour lamp/ });
    await row.locator('[data-title="Low below"]', { hasText: '1,000,000' }).waitFor();
    await row.locator('[data-title="On hand"]', { hasText: '(low)' }).waitFor();
    expect(await console.violations()).toEqual([]);
  });

  it('list what is low, in all warehouses or in one, and change a threshold in place by the keyboard', async () => {
    const { page } = console;
    await console.open('/admin/low-stock');
    const row = page.getByRole('row', { name: /Harbour lamp/ });
    await row.getByRole('link', { name: warehouse.name }).waitFor();
    await console.expectMannered('staff-low-stock');
    const others = await staff.ask<{ id: string }[]>('{ warehouses { id } }');
    const other = others.find(({ id }) => id !== warehouse.id)!;
    await page.getByLabel('Warehouse').selectOption(other.id);
    await page.getByText('Nothing is below its threshold.').waitFor();
    await page.getByLabel('Warehouse').selectOption(warehouse.id);
    const threshold = row.getByLabel('Low-stock threshold of Harbour lamp');
    expect(await threshold.inputValue()).toBe('1000000');
    await threshold.fill('0');
    await threshold.press('Enter');
    await page.getByText('Nothing is below its threshold.').waitFor();
  });

  it('show sellers what is low of their own products, in English and Chinese', async () => {
    await Shopper.signUp(pages().waybill.url, 'sam@example.com');
    await staff.ask(
      'mutation { grantRole(input: { email: "sam@example.com", role: seller }) { ... on UserError { code } } }',
    );
    const sam = await Shopper.logIn(pages().waybill.url, 'sam@example.com', 'correct horse battery');
    const product = { sku: 'TIN-01', name: 'Tin mug', category: 'kitchen', description: '' };
    const { product: own } = await sam.ask<{ product: { id: string } }>(
      `mutation ($input: RegisterProductInput!) {
        registerProduct(input: $input) {
          ... on RegisterProductSuccess { product { id } } ... on UserError { code message }
        }
      }`,
      { input: { ...product, sellerId: sam.id, price: { amountMinor: 450, currency: 'GBP' } } },
    );
    const where = { warehouseId: warehouse.id, productId: own.id };
    for (const [name, amount] of [
      ['receiveStock', { quantity: 4 }],
      ['setLowStockThreshold', { threshold: 5 }],
    ] as const) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      await staff.ask(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ... on UserError { code message } } }`,
        { input: { ...where, ...amount } },
      );
    }
    const visitor = await pages().enter();
    const { page } = visitor;
    await visitor.logIn('sam@example.com', 'correct horse battery', '/seller');
    await visitor.open('/seller');
    await page
      .getByRole('row', { name: /Tin mug/ })
      .getByText('4 (low)')
      .waitFor();
    await page.getByRole('link', { name: 'Tin mug' }).click();
    await page.locator('[data-title="On hand"]', { hasText: '4 (low)' }).waitFor();
    await page.locator('[data-title="Low below"]', { hasText: '5' }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole('button', { name: '中文' }).click();
    await page.locator('[data-title="现有"]', { hasText: '4 (库存偏低)' }).waitFor();
    await page.locator('[data-title="预警数量"]', { hasText: '5' }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    expect(await visitor.overflowOnPhone()).toBeLessThanOrEqual(0);
    // The list of all is for those who may see all stock.
    await page.getByRole('button', { name: 'English' }).click();
    await visitor.logIn('sam@example.com', 'correct horse battery', '/admin');
    await visitor.open('/admin/low-stock');
    expect(await page.getByRole('heading', { name: 'Low stock' }).count()).toBe(0);
  });
});
