import { readFile } from 'node:fs/promises';
import { Shopper } from '../support/graphql/shopper';
import type { Page } from 'playwright-core';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

const PASSWORD = 'correct horse battery';

describePages('the pages of sellers in a browser', (pages) => {
  let staff: Shopper;
  let customer: Shopper;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    const { url } = pages().waybill;
    staff = await pages().staff();
    customer = await Shopper.signUp(url, 'ada@example.com');
    for (const seller of ['sam@example.com', 'bob@example.com']) {
      await Shopper.signUp(url, seller);
      await staff.ask(
        `mutation { grantRole(input: { email: "${seller}", role: seller }) { __typename ... on UserError { code } } }`,
      );
    }
    visitor = await pages().enter();
    page = visitor.page;
    await visitor.logIn('sam@example.com', PASSWORD, '/seller');
  }, 30_000);

  const choose = (name: string, content: string | Buffer): Promise<void> =>
    page.getByLabel(/CSV/).setInputFiles({
      ...{ name, mimeType: 'text/csv' },
      buffer: Buffer.from(content),
    });

  const row = (text: string) => page.getByRole('row', { name: text });

  it('say what to do where there is nothing yet', async () => {
    await visitor.open('/');
    await page.getByRole('link', { name: 'Selling' }).click();
    await page.getByText('You sell nothing yet.').waitFor();
    await page.getByRole('link', { name: 'Your sales' }).click();
    await page.getByText('Nothing of yours was ordered yet.').waitFor();
    expect(await visitor.violations()).toEqual([]);
  });

  it('add a product, with its mistakes at their fields', async () => {
    await visitor.open('/seller/products/new');
    await page.getByLabel('SKU').fill('MUG-01');
    await page.getByLabel('Name').fill('Tin mug <b>bold</b>');
    await page.getByLabel('Category').fill('kitchen');
    await page.getByLabel('Price').fill('free');
    await page.getByLabel('Currency').fill('GBP');
    await page.getByRole('button', { name: 'Add a product' }).click();
    await page.getByText('Type an amount, such as 12.50.').waitFor();
    expect(await page.getByLabel('Price').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Price').fill('4.50');
    await page.getByRole('button', { name: 'Add a product' }).click();
    // The SKU is one of the first catalogue. What was typed is kept.
    await page.getByRole('alert').filter({ hasText: 'MUG-01' }).waitFor();
    expect(await page.getByLabel('SKU').getAttribute('aria-invalid')).toBe('true');
    await visitor.expectMannered('seller-add-product');
    await page.getByLabel('SKU').fill('TIN-01');
    await page.getByRole('button', { name: 'Add a product' }).click();
    await page.getByRole('heading', { name: 'Tin mug <b>bold</b>', level: 1 }).waitFor();
    await page.getByText('No warehouse has this product.').waitFor();
  });

  it('change the price and the description, and take the product off sale and back', async () => {
    await visitor.open('/seller?query=tin');
    await page.getByRole('link', { name: 'Tin mug' }).click();
    await page.getByLabel('Price (GBP)').fill('5.25');
    await page.getByRole('button', { name: 'Change the price' }).click();
    await page.getByText('Saved.').waitFor();
    await page.locator('.facts').filter({ hasText: '£5.25' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.facts').filter({ hasText: '£4.50' }).waitFor();
    expect(await page.getByLabel('Price (GBP)').inputValue()).toBe('4.50');
    await page.getByLabel('Name').fill('Tin mug');
    await page.getByRole('button', { name: 'Change the description' }).click();
    await page.getByRole('heading', { name: 'Tin mug', level: 1, exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Tin mug <b>bold</b>', level: 1 }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Tin mug <b>bold</b>');
    await page.getByRole('button', { name: 'Take it off sale' }).click();
    await page.locator('.facts').filter({ hasText: 'Not for sale' }).waitFor();
    await page.getByRole('button', { name: 'Put it back on sale' }).click();
    await page.getByRole('button', { name: 'Take it off sale' }).waitFor();
  });

  it('import a list, with what is wrong in its place, and again', async () => {
    await visitor.open('/seller/import');
    const list = [
      'sku,name,category,price,currency,description',
      'TIN-01,Tin mug,kitchen,6.00,GBP,Holds tea.',
      'ROPE-01,"Rope, 10 m",deck,12.00,GBP,',
      'MUG-01,Not mine,kitchen,1.00,GBP,',
      'OAR-01,Oar,deck,dear,GBP,',
    ].join('\n');
    await choose('list.csv', list);
    await page.getByText('1 line has a mistake and is left out.').waitFor();
    expect(await row('OAR-01').textContent()).toContain('No amount such as 12.50');
    await page.getByRole('button', { name: 'Import 3 products' }).click();
    await page.getByText('3 of 3 products are done.').waitFor();
    expect(await row('TIN-01').textContent()).toContain('Up to date');
    expect(await row('ROPE-01').textContent()).toContain('New');
    expect(await row('MUG-01').textContent()).toContain(
      'Not done: Only the seller of the product and those with the permission',
    );
    await visitor.expectMannered('seller-import');
    await page.getByRole('button', { name: 'Import 3 products' }).click();
    await row('ROPE-01').getByText('Up to date').waitFor();
    await page.getByRole('link', { name: 'Your products' }).click();
    await row('Rope, 10 m').getByText('£12.00').waitFor();
    await row('Tin mug').getByText('£6.00').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(2);
    await visitor.expectMannered('seller');
  });

  it.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]), 'The file is no text in UTF-8.'],
    ['another list', 'name,price\nRope,1\n', 'The first line has no column sku, category, currency.'],
    ['a broken list', 'sku,name\n"A,1\n', /Line \d is no CSV/],
    ['an empty file', '', 'The file has no products.'],
  ])('say what is wrong with %s', async (_what, content, message) => {
    await visitor.open('/seller/import');
    await choose('list.csv', content);
    await page.getByText(message).waitFor();
  });

  it('show the stock, the sales and the reviews of own products, in Chinese too', async () => {
    type Own = { edges: { node: { id: string; sku: string } }[] };
    const found = await customer.ask<Own>('{ products(query: "TIN-01") { edges { node { id sku } } } }');
    const mug = found.edges[0]!.node.id;
    const [other] = await customer.productsOnHand(1);
    const [warehouse] = await staff.ask<{ id: string }[]>('{ warehouses { id } }');
    await staff.ask(
      `mutation { receiveStock(input: { warehouseId: "${warehouse!.id}", productId: "${mug}", quantity: 9 }) { __typename ... on UserError { code } } }`,
    );
    await customer.addToCart(mug, 2);
    await customer.addToCart(other!, 1);
    await customer.waitFor(await customer.place({ x: 3, y: 9 }), 'FULFILLED', 30_000);
    await customer.ask(
      `mutation { writeReview(input: { productId: "${mug}", rating: 4, text: "Holds tea <script>" }) { __typename ... on UserError { code } } }`,
    );
    await visitor.open('/seller/orders');
    const sold = page.locator('tbody tr');
    await sold.filter({ hasText: '2 × Tin mug (TIN-01)' }).filter({ hasText: 'Delivered' }).waitFor();
    expect(await sold.textContent()).toContain('£12.00');
    expect(await page.locator('tbody li').count()).toBe(1);
    await visitor.expectMannered('seller-orders');
    await visitor.open(`/seller/products/${mug}`);
    await page.getByText('Holds tea <script>').waitFor();
    // The World had none of the received pieces, so that they were written off and others were bought.
    const { availability } = await staff.ask<{ availability: { onHand: number } }>(
      `{ product(id: "${mug}") { availability { onHand } } }`,
    );
    expect(availability.onHand).toBeGreaterThan(0);
    expect(await page.locator('[data-title="On hand"]').textContent()).toBe(String(availability.onHand));
    await visitor.expectMannered('seller-product');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: '下架' }).waitFor();
    await page.getByRole('link', { name: '导入列表' }).click();
    await choose('list.csv', 'name\nRope\n');
    await page.getByText('第一行缺少列 sku, category, price, currency。').waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole('button', { name: 'English' }).click();
  });

  it('are for sellers, and each sees its own products only', async () => {
    const other = await pages().enter();
    await other.logIn('bob@example.com', PASSWORD, '/seller');
    await other.open('/seller');
    await other.page.getByText('You sell nothing yet.').waitFor();
    const found = await customer.ask<{ edges: { node: { id: string } }[] }>(
      '{ products(query: "TIN-01") { edges { node { id } } } }',
    );
    await other.open(`/seller/products/${found.edges[0]!.node.id}`);
    await other.page.getByRole('heading', { name: 'This product is not yours.' }).waitFor();
    const guest = await pages().enter();
    await guest.open('/seller');
    await guest.page.getByRole('heading', { name: 'Log in to the seller area.' }).waitFor();
  });

  it('download all products as a list, with their families, that imports again', async () => {
    await visitor.open('/seller/import');
    const variants = ['M', 'L'].map(
      (size) => `SHIRT-${size},Deck shirt,deck,20.00,GBP,-2 °C,REDUCED,350,Deck shirt,Size: M | L,${size}`,
    );
    const titles =
      'sku,name,category,price,currency,description,tax_category,weight_grams,family,options,values';
    await choose('list.csv', [titles, ...variants].join('\n'));
    await page.getByRole('button', { name: 'Import 2 products' }).click();
    await page.getByText('2 of 2 products are done.').waitFor();
    expect(await row('SHIRT-L').textContent()).toContain('New');
    const download = async (): Promise<string> => {
      await visitor.open('/seller');
      await row('Deck shirt (L)').waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download all as CSV' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('products.csv');
      return readFile(await file.path(), 'utf8');
    };
    const list = await download();
    await page.getByText('4 products are in the file. It imports again.').waitFor();
    expect(list).toContain(
      `SHIRT-L,Deck shirt,"'-2 °C",deck,20.00,GBP,,,REDUCED,350,yes,Deck shirt,Size: M | L,L`,
    );
    await visitor.open('/seller/import');
    await choose('products.csv', list);
    await page.getByRole('button', { name: 'Import 4 products' }).click();
    await page.getByText('4 of 4 products are done.').waitFor();
    expect(await row('SHIRT-M').textContent()).toContain('Up to date');
    expect(await download()).toBe(list);
    const desk = await pages().enterAsAdministrator();
    await desk.open('/admin/categories');
    const [whole] = await Promise.all([
      desk.page.waitForEvent('download'),
      desk.page.getByRole('button', { name: 'Download all as CSV' }).click(),
    ]);
    const all = await readFile(await whole.path(), 'utf8');
    expect(all).toContain('LAMP-01,Harbour lamp,');
    expect(all).toContain('SHIRT-L,Deck shirt,');
  });
});
