import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';

const PASSWORD = 'correct horse battery';
const NOT_NOW = 'Not sold at present: its seller is not active.';

describePages('the goods of a disabled merchant', (pages) => {
  let staff: Shopper;
  let seller: Shopper;
  let lamp: string;

  beforeAll(async () => {
    const { url } = pages().waybill;
    staff = await pages().staff();
    seller = await Shopper.signUp(url, 'sam@example.com');
    await seller.send('applyAsMerchant', { shopName: 'Lights', reason: 'Lamps.' });
    await staff.send('approveMerchant', { accountId: seller.id });
    const goods = { sku: 'LAMP-9', name: 'Lighthouse lamp', description: 'Shines.', category: 'desk' };
    const price = { amountMinor: 1_000, currency: 'GBP' };
    const { product } = await staff.send<{ product: { id: string } }>(
      'registerProduct',
      { ...goods, price, sellerId: seller.id },
      'product { id }',
    );
    lamp = product.id;
    await staff.send('receiveStock', { warehouseId: '1', productId: lamp, quantity: 9 });
    const customer = await Shopper.signUp(url, 'ada@example.com');
    await customer.addToCart(lamp, 1);
  }, 60_000);

  it('leave the shop at once, stay in carts with the reason, and come back', async () => {
    const ada = await pages().enter();
    await ada.logIn('ada@example.com', PASSWORD);
    const { page } = ada;
    await ada.open('/?query=lighthouse');
    await page.getByRole('link', { name: /Lighthouse lamp/ }).waitFor();
    const console = await pages().enterAsAdministrator();
    await console.open('/admin/merchants?status=APPROVED');
    const row = console.page.getByRole('row', { name: /Lights/ });
    await row.getByLabel('Reason for Lights').fill('Fakes.');
    await row.getByRole('button', { name: 'Disable Lights' }).click();
    await console.page.getByText('No account is in this state.').waitFor();

    await ada.open('/?query=lighthouse');
    await page.getByText('No product fits.').waitFor();
    await ada.open('/cart');
    await page.getByText(`${NOT_NOW} Remove it to order the rest.`).waitFor();
    await ada.expectMannered('cart-of-disabled-merchant');
    await ada.open(`/products/${lamp}`);
    await page.getByText(NOT_NOW).waitFor();
    await page.getByRole('button', { name: 'Add to cart' }).waitFor({ state: 'hidden' });

    await console.open('/admin/merchants?status=DISABLED');
    await console.page.getByRole('button', { name: 'Enable Lights' }).click();
    await console.page.getByText('No account is in this state.').waitFor();
    await ada.open('/?query=lighthouse');
    await page.getByRole('link', { name: /Lighthouse lamp/ }).waitFor();
  });
});
