import type { Shopper } from '../support/graphql/shopper';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

describePages('shipping charges', (pages) => {
  let console: Visitor;
  let staff: Shopper;

  const fill = async (typed: Readonly<Record<string, string>>): Promise<void> => {
    for (const [label, text] of Object.entries(typed))
      await console.page.getByLabel(label, { exact: true }).fill(text);
    await console.page.getByRole('button', { name: 'Offer the method' }).click();
  };

  /** Waits until a field shows what is wrong with it. */
  const refused = (label: string, why: string): Promise<void> =>
    console.page
      .locator('.field', { has: console.page.getByLabel(label, { exact: true }) })
      .getByRole('alert')
      .filter({ hasText: why })
      .waitFor();

  beforeAll(async () => {
    staff = await pages().staff();
    console = await pages().enterAsAdministrator();
  }, 30_000);

  it('are declared by staff, who see what is wrong at the field', async () => {
    const { page } = console;
    await console.open('/admin');
    await page.getByRole('link', { name: 'Shipping methods' }).click();
    await page.getByText('orders are sent free of charge').waitFor();
    await page.getByText('Offer a method').click();
    await fill({ Name: 'Parcel', Currency: 'gbp' });
    await refused('Currency', 'three capital letters');
    await fill({ Currency: 'GBP', 'Charge of every order': '3', 'For each field of the map': '0.10' });
    await refused('Measured from: east (x)', 'place of the World');
    await fill({
      ...{ 'Measured from: east (x)': '0', 'Measured from: north (y)': '0', 'For each kilogram': '1.20' },
      ...{ 'Free from': '200' },
    });
    await page.getByText('Parcel is offered.').waitFor();
    await page.getByRole('row', { name: /^Parcel £3\.00 £1\.20 £0\.10 from 0, 0 £200\.00/ }).waitFor();
    await fill({ Name: 'Collected by foot', Currency: 'GBP' });
    await page.getByRole('row', { name: /^Collected by foot £0\.00 – – –/ }).waitFor();
    await console.expectMannered('staff-shipping-methods');
  });

  it('are shown in the cart, chosen at the checkout, charged, and shown with the order', async () => {
    const visitor = await pages().enter();
    const { page } = visitor;
    await visitor.signUp('Grace Hopper');
    await visitor.addToCart('Harbour lamp');
    await visitor.open('/cart');
    await page.getByText('Parcel: by the place of delivery; Collected by foot: £0.00').waitFor();
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('4');
    await page.getByText('Shipping: £3.50', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Place the order for £38.00' }).waitFor();
    await page.getByLabel('Shipping', { exact: true }).selectOption({ label: 'Collected by foot: £0.00' });
    await page.getByRole('button', { name: 'Place the order for £34.50' }).waitFor();
    await page.getByLabel('Shipping', { exact: true }).selectOption({ label: 'Parcel: £3.50' });
    // What is changed in the cart changes what is charged.
    await page.getByLabel('Quantity of Harbour lamp').fill('2');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('button', { name: 'Place the order for £72.50' }).waitFor();
    await visitor.expectMannered('checkout-shipping');
    await page.getByRole('button', { name: 'Place the order for £72.50' }).click();
    await page.waitForURL(/\/orders\//);
    await page.locator('dd', { hasText: 'Parcel: £3.50' }).waitFor();
    await page.locator('dd', { hasText: '£72.50' }).first().waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1);
    await console.open(`/admin/orders/${id ?? ''}`);
    await console.page.getByText('Parcel: £3.50').waitFor();
  });

  it('are charged as they were quoted, although the method was withdrawn meanwhile', async () => {
    const visitor = await pages().enter();
    const { page } = visitor;
    await visitor.signUp('Ada Lovelace');
    await visitor.open('/');
    await page.getByRole('link', { name: 'Harbour lamp' }).click();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByText('In your cart.').waitFor();
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('0');
    await page.getByLabel('North (y)').fill('0');
    await page.getByText('This price holds until').waitFor();
    await page.getByRole('button', { name: 'Place the order for £37.50' }).waitFor();
    await console.open('/admin/shipping-methods');
    await console.page.getByText('Withdraw Parcel', { exact: true }).click();
    await console.page.getByRole('button', { name: 'Withdraw Parcel for good' }).click();
    await console.page.getByRole('row', { name: /^Parcel/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Place the order for £37.50' }).click();
    await page.waitForURL(/\/orders\//);
    await page.locator('dd', { hasText: 'Parcel: £3.00' }).waitFor();
  });

  it('follow the weight that the page of a product records', async () => {
    const own = await pages().enterAsAdministrator();
    const [product] = (await staff.productsOnHand(1)) as [string];
    await own.open(`/admin/products/${product}`);
    await own.page.getByLabel('Weight of one piece').fill('0');
    await own.page.getByRole('button', { name: 'Record the weight' }).click();
    await own.page.getByRole('alert').filter({ hasText: 'not a whole number from 1' }).waitFor();
    await own.page.getByLabel('Weight of one piece').fill('1250');
    await own.page.getByRole('button', { name: 'Record the weight' }).click();
    await own.page.getByText('1250 g').waitFor();
  });
});
