import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

const harbour = {
  ...{ Recipient: 'Grace Hopper', 'Street and number': '12 Harbour Street', City: 'Hull' },
  ...{ 'Postal code': 'HU1 1AA', 'Telephone for the delivery': '+44 1482 000000' },
};
const dock = { Recipient: 'Grace Hopper', 'Street and number': '1 Dock Road', City: 'Leeds' };

describePages('delivery to a postal address', (pages) => {
  let visitor: Visitor;

  const fill = async (typed: Readonly<Record<string, string>>): Promise<void> => {
    for (const [label, text] of Object.entries(typed))
      await visitor.page.getByLabel(label, { exact: true }).fill(text);
  };
  const choose = (label: string): Promise<unknown> =>
    visitor.page.getByLabel('Deliver to').selectOption({ label });
  const place = async (): Promise<void> => {
    await visitor.page.getByRole('button', { name: /^Place the order/ }).click();
    await visitor.page.waitForURL(/\/orders\//);
  };

  beforeAll(async () => {
    visitor = await pages().enter();
    await visitor.signUp('Grace Hopper');
  }, 30_000);

  it('takes a new address, shows its place and saves it', async () => {
    const { page } = visitor;
    await visitor.addToCart('Harbour lamp');
    await visitor.open('/checkout');
    await choose('Another address');
    await fill(harbour);
    await page.getByLabel('Save this address in the address book').check();
    await page.locator('[data-mark="found"]').waitFor();
    await visitor.expectMannered('checkout-address');
    await place();
    await page.getByText('Delivered to').waitFor();
    await page.getByRole('main').getByText('12 Harbour Street', { exact: true }).waitFor();
    await visitor.open('/account');
    await page.getByText('12 Harbour Street').waitFor();
  });

  it('begins with the default address of the address book', async () => {
    const { page } = visitor;
    await visitor.addToCart('Harbour lamp');
    await visitor.open('/checkout');
    await page.getByRole('main').getByText('HU1 1AA Hull').waitFor();
    await page.locator('[data-mark="found"]').waitFor();
    await place();
    // The choice of another destination has the same line in an entry of the address book.
    await page.getByRole('main').getByText('12 Harbour Street', { exact: true }).waitFor();
  });

  it('is redirected to another address, which staff see with the order', async () => {
    const { page } = visitor;
    await visitor.addToCart('Harbour lamp');
    await visitor.open('/checkout');
    await page.getByLabel('Payment').selectOption({ label: 'Pay later' });
    await place();
    await page.getByRole('button', { name: 'Change the destination' }).click();
    await choose('Another address');
    await fill(dock);
    await page.getByRole('button', { name: 'Deliver there instead' }).click();
    await page.getByRole('main').getByText('1 Dock Road').waitFor();

    const id = new URL(page.url()).pathname.split('/').at(-1);
    const console = await pages().enterAsAdministrator();
    await console.open(`/admin/orders/${id ?? ''}`);
    await console.page.getByText('1 Dock Road').waitFor();
  });

  it('says which address is none', async () => {
    const { page } = visitor;
    await visitor.addToCart('Harbour lamp');
    await visitor.open('/checkout');
    await choose('Another address');
    await fill({ ...harbour, 'Telephone for the delivery': '12' });
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByText('A telephone number has 5 to 15 digits').waitFor();
    expect(await page.getByLabel('Street and number').inputValue()).toBe('12 Harbour Street');
  });
});
