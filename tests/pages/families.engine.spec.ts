import { Shopper } from '../support/graphql/shopper';
import type { Page } from 'playwright-core';
import { isOperation, type Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

const PASSWORD = 'correct horse battery';

describePages('families of products in a browser', (pages) => {
  let staff: Shopper;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    const { url } = pages().waybill;
    staff = await pages().staff();
    await Shopper.signUp(url, 'sam@example.com', { name: 'Sam' });
    await staff.send('grantRole', { email: 'sam@example.com', role: 'seller' });
    visitor = await pages().enter();
    page = visitor.page;
    await visitor.logIn('sam@example.com', PASSWORD, '/seller');
  }, 30_000);

  it('are made by sellers, with a grid of their combinations', async () => {
    await visitor.open('/seller');
    await page.getByRole('link', { name: 'Product families' }).click();
    await page.getByText('There is no family yet.').waitFor();
    await page.locator('summary', { hasText: 'Create a family' }).click();
    await page.getByLabel('Name of the family').fill('Deck shirt');
    await page.getByLabel('Name of option 1').fill('Size');
    await page.getByLabel('Values of option 1').fill('S, M, L');
    await page.getByLabel('Name of option 2').fill('Colour');
    await page.getByLabel('Values of option 2').fill('Navy, Sand');
    await page.getByRole('button', { name: 'Create a family' }).click();
    await page.getByRole('heading', { name: 'Deck shirt', level: 1 }).waitFor();
    await page.getByLabel('Category of new products').fill('clothes');
    await page.getByLabel('Currency of new products').fill('GBP');
    for (const [text, sku] of [
      ['S, Navy', 'DECK-S-N'],
      ['M, Navy', 'DECK-M-N'],
      ['M, Sand', 'DECK-M-S'],
    ] as const) {
      await page.getByLabel(`SKU of ${text}`).fill(sku);
      await page.getByLabel(`Price of ${text}`).fill(sku === 'DECK-M-S' ? 'dear' : '19');
    }
    await page.getByRole('button', { name: 'Add the products' }).click();
    await page.getByText('2 products were added.').waitFor();
    await page.getByText('Type an amount, such as 12.50.').waitFor();
    await page.getByLabel('Price of M, Sand').fill('21.50');
    await page.getByRole('button', { name: 'Add the products' }).click();
    await page.getByText('1 product was added.').waitFor();
    await page.getByRole('row', { name: /Deck shirt \(M, Sand\) DECK-M-S £21\.50/ }).waitFor();
    await visitor.expectMannered('seller-family');
  });

  it('get other names and values, and lose products', async () => {
    await page.locator('summary', { hasText: 'Change the name and the options' }).click();
    await page.getByLabel('Colour: Navy').fill('Ink');
    await page.getByLabel('Further values of Size').fill('XL');
    await page.getByRole('button', { name: 'Change the name and the options' }).click();
    await page.getByRole('link', { name: 'Deck shirt (S, Ink)' }).waitFor();
    await page.getByText('Change the values of Deck shirt (S, Ink)').click();
    await page.getByLabel('Size', { exact: true }).first().selectOption('M');
    await page.getByRole('button', { name: 'Save the values' }).first().click();
    await page.getByRole('alert').filter({ hasText: 'Another product of the family' }).waitFor();
    await page.getByRole('button', { name: 'Remove Deck shirt (M, Ink)' }).click();
    await page.getByRole('link', { name: 'Deck shirt (M, Ink)' }).waitFor({ state: 'detached' });
    await page.getByLabel('SKU of M, Ink').fill('DECK-M-N');
    await page.getByLabel('Price of M, Ink').fill('1');
    await page.getByRole('button', { name: 'Add the products' }).click();
    // The product that has the SKU joins again as it is.
    await page.getByRole('row', { name: /Deck shirt \(M, Ink\) DECK-M-N £19\.00/ }).waitFor();
    await visitor.open('/seller/families');
    await page.getByText('Size: S, M, L, XL; Colour: Ink, Sand').waitFor();
    await visitor.expectMannered('seller-families');
  });

  it('are chosen from by keyboard, at an address of each product, and bought', async () => {
    const { edges } = await staff.ask<{ edges: { node: { id: string; sku: string } }[] }>(
      '{ products(query: "Deck shirt", first: 10) { edges { node { id sku } } } }',
    );
    const idOf = (sku: string): string => edges.find(({ node }) => node.sku === sku)?.node.id ?? '';
    const [{ id: warehouseId }] = await staff.ask<[{ id: string }]>('{ warehouses { id } }');
    for (const sku of ['DECK-S-N', 'DECK-M-S'])
      await staff.send('receiveStock', { warehouseId, productId: idOf(sku), quantity: 5 });
    await visitor.open(`/products/${idOf('DECK-S-N')}`);
    await page.getByRole('heading', { name: 'Deck shirt (S, Ink)' }).waitFor();
    await page.getByRole('group', { name: 'Colour' }).getByText('only with M').waitFor();
    await page.getByRole('group', { name: 'Size' }).getByText('sold out').waitFor();
    expect(await page.getByRole('radio', { name: /^L/ }).isDisabled()).toBe(true);
    await visitor.expectMannered('product-variants');
    await page.getByRole('radio', { name: 'S', exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'Deck shirt (M, Ink)' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/products/${idOf('DECK-M-N')}`);
    expect(await page.locator(':focus').getAttribute('value')).toBe('M');
    let show = (): void => undefined;
    const wait = new Promise<void>((resolve) => (show = resolve));
    await page.route('**/graphql', async (route) => {
      if (isOperation(route.request(), 'Product')) await wait;
      return route.continue();
    });
    await page.getByLabel('Quantity', { exact: true }).fill('2');
    await page.getByRole('radio', { name: /^Sand/ }).check();
    // The product before is still shown, and must not be taken for the chosen one.
    await page.getByRole('button', { name: 'Add to cart' }).waitFor({ state: 'detached' });
    show();
    await page.getByText('£21.50').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByText('In your cart.').waitFor();
    await page.getByRole('radio', { name: /^Ink/ }).check();
    await page.getByRole('heading', { name: 'Deck shirt (M, Ink)' }).waitFor();
    expect(await page.getByText('In your cart.').count()).toBe(0);
    expect(await page.getByLabel('Quantity', { exact: true }).inputValue()).toBe('2');
    await visitor.open('/cart');
    await page.getByText('Deck shirt (M, Sand)').first().waitFor();
  });

  it('are kept by staff, and end', async () => {
    const console = await pages().enterAsAdministrator();
    await console.open('/admin');
    await console.page.getByRole('link', { name: 'Product families' }).click();
    await console.page.getByRole('row', { name: /Deck shirt .* Sam/ }).waitFor();
    await console.expectMannered('staff-families');
    await console.page.getByRole('link', { name: 'Deck shirt' }).click();
    await console.page.getByRole('heading', { name: 'Deck shirt', level: 1 }).waitFor();
    await console.expectMannered('staff-family');
    await console.page.locator('summary', { hasText: 'End the family' }).click();
    await console.page.getByRole('button', { name: 'End the family for good' }).click();
    await console.page.getByText('There is no family yet.').waitFor();
  });
});
