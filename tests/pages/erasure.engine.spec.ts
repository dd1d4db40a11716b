import { readFile } from 'node:fs/promises';
import { describePages } from '../support/browser/describe-pages';
import type { Visitor } from '../support/browser/browser';
import { Shopper } from '../support/graphql/shopper';

const PASSWORD = 'correct horse battery';

const savedBy = async ({ page }: Visitor): Promise<object> => {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Save the certificate as a file' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^erasure-[0-9a-f-]{36}\.json$/);
  return JSON.parse(await readFile(await file.path(), 'utf8')) as object;
};

describePages('the erasure of an account', (pages) => {
  it('by its owner says what goes and what stays, needs the password, and shows the certificate', async () => {
    const ada = await Shopper.signUp(pages().waybill.url, 'ada@example.com');
    const visitor = await pages().enter();
    await visitor.logIn('ada@example.com', PASSWORD);
    const { page } = visitor;
    await visitor.open('/account');
    await page.getByRole('link', { name: 'Erase the account …' }).click();
    await page.getByText('orders, payments and invoices with their numbers').waitFor();
    await visitor.expectMannered('erase-account');
    await page.getByLabel('Your password, to confirm').fill('a guess');
    await page.getByRole('button', { name: 'Erase my account for good' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Your password, to confirm').fill(PASSWORD);
    await page.getByRole('button', { name: 'Erase my account for good' }).click();
    await page.getByRole('heading', { name: 'Your account is erased.' }).waitFor();
    await visitor.expectMannered('erasure-certificate');
    expect(await savedBy(visitor)).toMatchObject({
      accountId: ada.id,
      streams: expect.arrayContaining([`account-${ada.id}`]) as unknown,
    });
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '您的账户已注销。' }).waitFor();
    await page.getByRole('link', { name: '登录' }).waitFor();
  });

  it('by staff on request is confirmed, certified and listed', async () => {
    const bob = await Shopper.signUp(pages().waybill.url, 'bob@example.com');
    const console = await pages().enterAsAdministrator();
    const { page } = console;
    await console.open('/admin/erasures');
    await page.getByLabel('E-mail of the account').fill('bob@example.com');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Erase the account for good' }).click();
    expect(await savedBy(console)).toMatchObject({ accountId: bob.id });
    await page.getByRole('row', { name: new RegExp(`${bob.id} .* Staff (Finished|Under way)`) }).waitFor();
    await console.open('/admin/erasures');
    await page.getByRole('row', { name: new RegExp(`${bob.id} .* Staff Finished .*account: 1`) }).waitFor();
    await page.getByRole('row', { name: /Its owner Finished/ }).waitFor();
    await console.expectMannered('staff-erasures');
  });
});
