import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import type { Shopper } from '../support/graphql/shopper';

describePages('the tree of categories', (pages) => {
  let staff: Shopper;
  let console: Visitor;
  let shopper: Visitor;

  const add = async (en: string, zh: string, slug: string, below = 'The root'): Promise<void> => {
    const { page } = console;
    const form = page.locator('details', { hasText: 'Add a category' });
    await form.getByLabel('Name in English').fill(en);
    await form.getByLabel('Name in Chinese').fill(zh);
    await form.getByLabel('Slug').fill(slug);
    await form.getByLabel('Below').selectOption({ label: below });
    await form.getByRole('button', { name: 'Add the category' }).click();
  };

  beforeAll(async () => {
    staff = await pages().staff();
    console = await pages().enterAsAdministrator();
    shopper = await pages().enter();
    const cup = { sku: 'CUP-01', name: 'Tin cup', description: '', category: 'Cups' };
    await staff.send('registerProduct', { ...cup, price: { amountMinor: 450, currency: 'GBP' } });
  }, 30_000);

  it('is made by staff, who see what is wrong at the field', async () => {
    const { page } = console;
    await console.open('/admin');
    await page.getByRole('link', { name: 'Categories' }).click();
    await page.getByText('There is no category yet').waitFor();
    await page.getByText('Add a category').click();
    await add('House', '家居', 'The House');
    await page.getByRole('alert').filter({ hasText: 'lower-case letters' }).first().waitFor();
    await add('House', '家居', 'house');
    await page.getByText('House is added.').waitFor();
    await add('Drinking', '饮具', 'drinking', 'House');
    await page.getByText('Drinking is added.').waitFor();
    await add('Cups', '杯子', 'cups', '– Drinking');
    await page.getByText('Cups is added.').waitFor();
    await add('Garden', '花园', 'garden');
    await page.getByText('Garden is added.').waitFor();
    await add('CUPS', '茶杯', 'tea-cups');
    await page.getByRole('alert').filter({ hasText: 'Another category is called CUPS.' }).first().waitFor();
    await console.expectMannered('staff-categories');
  });

  it('is moved, renamed and retired, without a cycle', async () => {
    const { page } = console;
    await console.open('/admin/categories');
    await page.getByText('House · ').click();
    const house = page.getByRole('listitem').filter({ hasText: 'House · ' }).first();
    await house.getByLabel('Below').first().selectOption({ label: '– Drinking' });
    await house.getByRole('button', { name: 'Move House' }).first().click();
    await page.getByRole('alert').filter({ hasText: 'cannot be below itself' }).first().waitFor();
    await house.getByRole('button', { name: 'Retire House' }).click();
    await page.getByRole('alert').filter({ hasText: 'Other categories are below' }).first().waitFor();
    await page.getByText('Garden · ').click();
    await page.getByRole('button', { name: 'Move Garden up' }).click();
    await page.getByRole('button', { name: 'Move House up' }).waitFor();
    await page.getByRole('button', { name: 'Retire Garden' }).click();
    await page.getByText('Garden · ').waitFor({ state: 'detached' });
  });

  it('is browsed by a shopper, in English and Chinese', async () => {
    const { page } = shopper;
    await shopper.open('/');
    await page.getByRole('navigation', { name: 'Categories' }).getByRole('link', { name: 'House' }).click();
    await page.getByRole('link', { name: 'Tin cup' }).waitFor();
    expect(await page.locator('.card').count()).toBe(1);
    await page
      .getByRole('navigation', { name: 'Categories' })
      .getByRole('link', { name: 'Drinking' })
      .click();
    const path = page.getByRole('navigation', { name: 'Way to the category' });
    await path.getByRole('link', { name: 'Drinking' }).waitFor();
    await page.getByRole('button', { name: /› › Cups/ }).waitFor();
    await shopper.expectMannered('shop-category');
    await page.getByRole('link', { name: 'Tin cup' }).click();
    await path.getByRole('link', { name: 'Cups' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('navigation', { name: '分类路径' }).getByRole('link', { name: '饮具' }).click();
    await page
      .getByRole('navigation', { name: '分类', exact: true })
      .getByRole('link', { name: '杯子' })
      .waitFor();
    await page.getByRole('button', { name: 'English' }).click();
  });

  it('is proposed to those who describe a product', async () => {
    const { page } = console;
    const { email, password } = pages().administrator;
    await console.logIn(email, password, '/seller');
    await console.open('/seller/products/new');
    await page.locator('datalist option[value="cups"]').waitFor({ state: 'attached' });
  });
});
