import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { eventually } from '../support/time/eventually';

const PASSWORD = 'correct horse battery';
const gbp = (amountMinor: number) => ({ amountMinor, currency: 'GBP' });
/** Returns a moment as a form takes it; with a zone as the API does. */
const daysFromNow = (days: number, zone = ''): string =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16)}${zone === '' ? '' : `:00${zone}`}`;

describePages('prices over time', (pages) => {
  let sam: Shopper;
  let seller: Visitor;
  let shopper: Visitor;
  let staff: Visitor;

  /** Adds a product of the seller. @returns its id. */
  const add = async (sku: string, amountMinor: number): Promise<string> => {
    const input = { sku, name: sku, description: '', category: 'kitchen', price: gbp(amountMinor) };
    const { product } = await sam.send<{ product: { id: string } }>(
      'registerProduct',
      { ...input, sellerId: sam.id },
      'product { id }',
    );
    return product.id;
  };

  beforeAll(async () => {
    const administrator = await pages().staff();
    await Shopper.signUp(pages().waybill.url, 'sam@example.com');
    await administrator.send('grantRole', { email: 'sam@example.com', role: 'seller' });
    sam = await Shopper.logIn(pages().waybill.url, 'sam@example.com', PASSWORD);
    seller = await pages().enter();
    await seller.logIn('sam@example.com', PASSWORD, '/seller');
    shopper = await pages().enter();
    staff = await pages().enterAsAdministrator();
  }, 30_000);

  it('are a chart and a table for the seller, which follow a change, and for staff', async () => {
    const id = await add('CUP-01', 1_200);
    await sam.send('changeProductPrice', { productId: id, price: gbp(800) });
    const { page } = seller;
    await seller.open(`/seller/products/${id}`);
    const rows = page.getByRole('table', { name: 'Price history: Price' }).getByRole('row');
    await rows.filter({ hasText: '£12.00' }).waitFor();
    await page.getByRole('img', { name: /Price: from 8 to 12, last 8/ }).waitFor();
    await page.getByLabel('Price (GBP)').fill('9.50');
    await page.getByRole('button', { name: 'Change the price' }).click();
    await rows.filter({ hasText: '£9.50' }).waitFor();
    expect(await rows.count()).toBe(4);
    await seller.expectMannered('seller-price-history');
    await staff.open(`/admin/products/${id}`);
    await staff.page.getByRole('heading', { name: 'Price history' }).waitFor();
    await staff.expectMannered('staff-product');
  });

  it('show a shopper the lowest price before a reduction, in English and Chinese', async () => {
    const id = await add('CUP-02', 1_200);
    for (const amount of [700, 1_100, 900])
      await sam.send('changeProductPrice', { productId: id, price: gbp(amount) });
    const { page } = shopper;
    await shopper.open(`/products/${id}`);
    await page.getByText('£9.00').waitFor();
    expect(await page.locator('.price del').textContent()).toBe('£11.00');
    await page.getByText('Lowest price of the 30 days before: £7.00').waitFor();
    await shopper.expectMannered('product-reduced');
    await shopper.open('/?query=CUP-02');
    await page.locator('.card', { hasText: 'Lowest price of the 30 days before: £7.00' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.locator('.card', { hasText: '降价前 30 天最低价：£7.00' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
  });

  it('are scheduled and cancelled by the seller, with the mistakes at their fields', async () => {
    const id = await add('CUP-03', 1_200);
    const { page } = seller;
    await seller.open(`/seller/products/${id}`);
    const schedule = async (typed: Readonly<Record<string, string>>): Promise<void> => {
      for (const [label, text] of Object.entries(typed))
        await page.getByLabel(label, { exact: true }).fill(text);
      await page.getByRole('button', { name: 'Schedule the price' }).click();
    };
    const refused = (label: string, why: string): Promise<void> =>
      page
        .locator('.field', { has: page.getByLabel(label, { exact: true }) })
        .getByRole('alert')
        .filter({ hasText: why })
        .waitFor();
    await schedule({ 'Amount (GBP)': 'cheap' });
    await refused('Amount (GBP)', 'Type an amount');
    await schedule({ 'Amount (GBP)': '12', Begins: '2030-01-01T00:00' });
    await refused('Begins', 'not from');
    const [from, until] = [daysFromNow(10), daysFromNow(12)];
    await schedule({ 'Amount (GBP)': '12', Begins: from, Ends: until });
    await refused('Amount (GBP)', 'not lower than the regular price £12.00');
    await schedule({ 'Amount (GBP)': '9' });
    const rows = page.getByRole('table', { name: 'Scheduled prices: Price' }).getByRole('row');
    await rows.filter({ hasText: /£9\.00.*Waiting/ }).waitFor();
    await schedule({ 'Amount (GBP)': '8', Begins: daysFromNow(11), Ends: daysFromNow(13) });
    await refused('Begins', 'for a part of this time');
    await seller.expectMannered('seller-scheduled-prices');
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await rows.first().waitFor({ state: 'detached' });
  });

  it('show a shopper the sale with its end, which the clock ends', async () => {
    const id = await add('CUP-04', 1_200);
    await sam.send('schedulePrice', { productId: id, price: gbp(900), until: daysFromNow(1, 'Z') });
    const { page } = shopper;
    await shopper.open(`/products/${id}`);
    await page.getByText('£9.00').waitFor();
    expect(await page.locator('.price del').textContent()).toBe('£12.00');
    await page.getByText('Sale until').waitFor();
    await shopper.expectMannered('product-on-sale');
    await seller.open(`/seller/products/${id}`);
    await seller.page.getByText('£9.00 (regular price: £12.00)').waitFor();
    await seller.page.getByRole('row', { name: /On now/ }).waitFor();
    await seller.page.getByRole('button', { name: 'Cancel it' }).click();
    await seller.page.getByRole('table', { name: 'Scheduled prices: Price' }).waitFor({ state: 'detached' });
    const soon = new Date(Date.now() + 2_500).toISOString();
    await sam.send('schedulePrice', { productId: id, price: gbp(700), until: soon });
    await shopper.open(`/products/${id}`);
    await page.getByText('£7.00').first().waitFor();
    await eventually(async () => {
      await shopper.open(`/products/${id}`);
      return (await page.locator('.price del').count()) === 0;
    }, 20_000);
    await page.locator('.price', { hasText: '£12.00' }).waitFor();
  });
});
