import { readFile } from 'node:fs/promises';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { textOfPdf } from '../support/pdf/text-of-pdf';

const PASSWORD = 'correct horse battery';
const note = 'Please pack it well.\nIt is thin.';
const message = 'For your new desk!';

const savedBy = async ({ page }: Visitor, button: RegExp): Promise<string> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return textOfPdf(await readFile(await download.path()));
};

describePages('a note to the seller and a gift', (pages) => {
  let orderId = '';

  beforeAll(async () => {
    const { url } = pages().waybill;
    const staff = await pages().staff();
    const seller = await Shopper.signUp(url, 'sam@example.com');
    await staff.send('grantRole', { email: 'sam@example.com', role: 'seller' });
    const price = { amountMinor: 900, currency: 'GBP' };
    const words = { sku: 'VASE-01', name: 'Thin vase', description: 'Blue.', category: 'home' };
    const { product } = await staff.send<{ product: { id: string } }>(
      'registerProduct',
      { ...words, price, sellerId: seller.id },
      'product { id }',
    );
    await staff.send('receiveStock', { warehouseId: '1', productId: product.id, quantity: 5 });
  }, 30_000);

  it('are given at the checkout, and shown with the order', async () => {
    const visitor = await pages().enter();
    const { page } = visitor;
    await visitor.signUp('Grace Hopper');
    await visitor.addToCart('Thin vase');
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('4');
    await page.getByLabel('Note to the seller').fill(note);
    await page.getByLabel('This order is a gift').check();
    await page.getByLabel('Message to the recipient').fill(message);
    expect(await page.getByLabel('Leave the prices off the delivery note').isChecked()).toBe(true);
    await visitor.expectMannered('checkout-gift');
    await page.getByRole('button', { name: 'Place the order for £9.00' }).click();
    await page.waitForURL(/\/orders\//);
    orderId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByText('It is thin.').waitFor();
    await page.getByText(message).waitFor();
    await page.getByText('The delivery note says no prices.').waitFor();
  });

  it('are shown to the seller, who prints a delivery note without prices', async () => {
    const seller = await pages().enter();
    await seller.logIn('sam@example.com', PASSWORD, '/seller');
    await seller.open('/seller/orders');
    await seller.page.getByText('It is thin.').waitFor();
    await seller.page.getByText(message).waitFor();
    await seller.expectMannered('seller-orders-gift');
    const text = await savedBy(seller, /^Delivery note of order \d+ as PDF$/);
    for (const expected of ['Thin vase (VASE-01)', message]) expect(text).toContain(expected);
    expect(text).not.toMatch(/£|thin\./);
  });

  it('are shown to staff, who print a delivery note for each parcel', async () => {
    const console = await pages().enterAsAdministrator();
    const { page } = console;
    await console.open(`/admin/orders/${orderId}`);
    await page.getByText('It is thin.').first().waitFor();
    await page.getByText(message).first().waitFor();
    const text = await savedBy(console, /^Delivery note of order \d+-\d+ as PDF$/);
    expect(text).toContain(message);
    expect(await console.violations()).toEqual([]);
  });

  it('have Chinese words', async () => {
    const seller = await pages().enter();
    await seller.logIn('sam@example.com', PASSWORD, '/seller');
    await seller.open('/seller/orders');
    await seller.page.evaluate("localStorage.setItem('waybill.language', 'zh')");
    await seller.open('/seller/orders');
    await seller.page.getByText('给卖家的留言').waitFor();
    await seller.page.getByText('送货单上不显示价格。').waitFor();
    await savedBy(seller, /^下载订单 \d+ 的送货单 PDF$/);
  });
});
