import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';

const PASSWORD = 'correct horse battery';

describePages('payout statements', (pages) => {
  let staff: Shopper;
  let seller: Shopper;
  let orderId: string;
  let lamp: string;

  beforeAll(async () => {
    const { url } = pages().waybill;
    staff = await pages().staff();
    seller = await Shopper.signUp(url, 'sam@example.com');
    await staff.send('grantRole', { email: 'sam@example.com', role: 'seller' });
    const goods = { sku: 'LAMP-9', name: 'Lamp', description: 'Shines.', category: 'desk' };
    const price = { amountMinor: 1_000, currency: 'GBP' };
    const { product } = await staff.send<{ product: { id: string } }>(
      'registerProduct',
      { ...goods, price, sellerId: seller.id },
      'product { id }',
    );
    lamp = product.id;
    await staff.send('receiveStock', { warehouseId: '1', productId: lamp, quantity: 9 });
    const customer = await Shopper.signUp(url, 'ada@example.com');
    const [other = ''] = (await customer.productsOnHand(2)).filter((id) => id !== lamp);
    await customer.addToCart(lamp, 3);
    await customer.addToCart(other, 1);
    orderId = await customer.place({ x: 3, y: 9 });
  }, 60_000);

  it('show a seller what is due, in English and Chinese', async () => {
    const visitor = await pages().enter();
    await visitor.logIn('sam@example.com', PASSWORD, '/seller');
    await visitor.open('/seller');
    const { page } = visitor;
    await page.getByRole('link', { name: 'Payout statements' }).click();
    await page.getByRole('row', { name: /still running 1 0 £30\.00 £0\.00 £0\.00 £30\.00/ }).waitFor();
    await visitor.expectMannered('seller-payouts');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('payouts.csv');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '结算单' }).waitFor();
  });

  it('lose what goes back, which staff see for each merchant', async () => {
    const amount = { amountMinor: 1_000, currency: 'GBP' };
    const lines = [{ productId: lamp, quantity: 1 }];
    await staff.send('refundOrder', { orderId, amount, lines, reason: 'broken' });
    const console = await pages().enterAsAdministrator();
    await console.open(`/admin/payouts/${seller.id}`);
    const row = console.page.getByRole('row', { name: /1 1 £30\.00 £0\.00 £10\.00 £20\.00/ });
    for (let tries = 0; (await row.count()) === 0 && tries < 40; tries += 1) {
      await console.page.waitForTimeout(500);
      await console.open(`/admin/payouts/${seller.id}`);
      await console.page.getByText('A sale counts for the month').waitFor();
    }
    await row.waitFor();
    await console.expectMannered('staff-payouts');
    const visitor = await pages().enter();
    await visitor.logIn('sam@example.com', PASSWORD, '/admin');
    await visitor.open(`/admin/payouts/${seller.id}`);
    await visitor.page.getByRole('heading', { name: 'This page is for another role than yours.' }).waitFor();
  });
});
