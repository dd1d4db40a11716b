import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { topSpeed } from '../support/process/waybill';

describePages(
  'tax',
  (pages) => {
    let console: Visitor;

    const set = async (typed: Readonly<Record<string, string>>): Promise<void> => {
      for (const [label, text] of Object.entries(typed))
        await console.page.getByLabel(label, { exact: true }).fill(text);
      await console.page.getByRole('button', { name: 'Set the rates', exact: true }).click();
    };

    beforeAll(async () => {
      console = await pages().enterAsAdministrator();
    }, 30_000);

    it('is declared by staff for a country, who see what is wrong at the field', async () => {
      const { page } = console;
      await console.open('/admin');
      await page.getByRole('link', { name: 'Tax', exact: true }).click();
      await page.getByText('orders are not taxed').waitFor();
      await page.getByText('Set the rates of a country').click();
      await set({ Country: 'GB', 'Standard rate, in %': 'much' });
      await page.getByRole('alert').filter({ hasText: 'a percentage such as' }).waitFor();
      await set({ Country: 'XX', 'Standard rate, in %': '20' });
      await page.getByRole('alert').filter({ hasText: 'no country' }).waitFor();
      await page.getByLabel('Prices').selectOption({ label: 'do not contain the tax: it is added' });
      await set({ Country: 'gb', 'Reduced rate, in %': '5.5' });
      await page.getByText('The rates of GB are set.').waitFor();
      await page.getByRole('row', { name: /^GB .* tax is added 20% 5\.5% –/ }).waitFor();
      // Without the form.
      await console.open('/admin/tax');
      await page.getByRole('row', { name: /^GB / }).waitFor();
      await console.expectMannered('staff-tax');
    });

    it('is shown in the cart, at the checkout and with the order, and is charged', async () => {
      const visitor = await pages().enter();
      const { page } = visitor;
      await visitor.signUp('Grace Hopper');
      await visitor.addToCart('Harbour lamp');
      await visitor.open('/cart');
      await page.getByText('plus 20% VAT £6.90').waitFor();
      await visitor.open('/checkout');
      await page.getByLabel('East (x)').fill('3');
      await page.getByLabel('North (y)').fill('4');
      await page.getByRole('button', { name: 'Place the order for £41.40' }).click();
      await page.waitForURL(/\/orders\//);
      await page.getByText('plus 20% VAT £6.90').first().waitFor();
      const id = new URL(page.url()).pathname.split('/').at(-1);
      await console.open(`/admin/orders/${id ?? ''}`);
      await console.page.getByText('plus 20% VAT £6.90').waitFor();
    });

    it('is that of the category that the page of a product sets', async () => {
      const own = await pages().enterAsAdministrator();
      const [product] = (await (await pages().staff()).productsOnHand(1)) as [string];
      await own.open(`/admin/products/${product}`);
      await own.page.getByRole('heading', { name: 'Tax category: Standard rate' }).waitFor();
      await own.page.getByLabel('Tax category', { exact: true }).selectOption({ label: 'Reduced rate' });
      await own.page.getByRole('button', { name: 'Set the tax category' }).click();
      await own.page.getByRole('heading', { name: 'Tax category: Reduced rate' }).waitFor();
      expect(await own.violations()).toEqual([]);
    });

    it('is contained in the prices where staff say so: the total stays, and shows what is in it', async () => {
      await console.open('/admin/tax');
      await console.page.getByText('Set the rates of a country').click();
      await console.page.getByLabel('Prices').selectOption({ label: 'contain the tax' });
      await set({ Country: 'GB', 'Standard rate, in %': '20' });
      await console.page.getByRole('row', { name: /^GB .* contain the tax 20%/ }).waitFor();
      const visitor = await pages().enter();
      const { page } = visitor;
      await visitor.signUp('Ada Lovelace');
      await visitor.addToCart('Harbour lamp');
      await visitor.open('/cart');
      await page.getByText('incl. 20% VAT £5.75').waitFor();
      await visitor.open('/checkout');
      await page.getByLabel('East (x)').fill('3');
      await page.getByLabel('North (y)').fill('4');
      await page.getByRole('button', { name: 'Place the order for £34.50' }).click();
      await page.waitForURL(/\/orders\//);
      await page.getByText('incl. 20% VAT £5.75').first().waitFor();
      await page.getByRole('button', { name: '中文' }).click();
      await page.getByText('£5.75').first().waitFor();
      expect(await visitor.violations()).toEqual([]);
    });
  },
  // The customers have no address.
  { ...topSpeed, WAYBILL_TAX_COUNTRY: 'GB' },
);
