import { readFile } from 'node:fs/promises';
import { Shopper } from '../support/graphql/shopper';
import { eventually } from '../support/time/eventually';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

const email = 'ada.lovelace@example.com';
const password = 'correct horse battery';
const newPassword = 'battery staple horse';

describePages('the pages of an account', (pages) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await pages().enter();
    await visitor.signUp('Ada Lovelace');
  });

  it('change the profile, show what is wrong with it, and show it after a reload', async () => {
    const { page } = visitor;
    await visitor.open('/account');
    expect(await visitor.violations()).toEqual([]);
    await page.getByLabel('Telephone', { exact: true }).fill('none');
    await page.getByRole('button', { name: 'Save the profile' }).click();
    await page.getByText('A telephone number has 5 to 15 digits').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Ada King');
    await page.getByLabel('Telephone', { exact: true }).fill('+44 20 7946 0958');
    await page.getByLabel('Language of e-mails').selectOption('zh');
    await page.getByRole('button', { name: 'Save the profile' }).click();
    await page.getByText('The profile is saved.').waitFor();
    await page.getByRole('link', { name: 'Ada King' }).waitFor();
    await visitor.open('/account');
    expect(await page.getByLabel('Telephone', { exact: true }).inputValue()).toBe('+442079460958');
    expect(await page.getByLabel('Language of e-mails').inputValue()).toBe('zh');
  });

  it('list the sessions by the names of their devices, and close one', async () => {
    const { page } = visitor;
    await Shopper.logIn(pages().waybill.url, email, password);
    await visitor.open('/account');
    await page.getByRole('row', { name: /^Chrome on .* This browser$/ }).waitFor();
    await page.getByRole('button', { name: 'Log out A device without a name' }).click();
    await page.getByRole('row', { name: 'A device without a name' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('row', { name: 'This browser' }).count()).toBe(1);
  });

  it('save a copy of their data', async () => {
    const { page } = visitor;
    await visitor.open('/account');
    await page.getByRole('button', { name: 'Prepare a copy' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save the copy as a file' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^my-data-\d{4}-\d\d-\d\d\.json$/);
    const copy = JSON.parse(await readFile(await file.path(), 'utf8')) as object;
    expect(copy).toMatchObject({ account: { email }, orders: { isComplete: true } });
  });

  it('change the password, which ends every other session and keeps this one', async () => {
    const { page } = visitor;
    await Shopper.logIn(pages().waybill.url, email, password);
    await visitor.open('/account');
    await page.getByLabel('Present password').fill('a guess of it');
    await page.getByLabel('New password').fill(newPassword);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.locator('[data-code="CREDENTIALS_WRONG"]').waitFor();
    await page.getByLabel('Present password').fill(password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is changed').waitFor();
    await page.getByRole('row', { name: 'A device without a name' }).waitFor({ state: 'detached' });
    expect(await page.getByLabel('Present password').inputValue()).toBe('');
    await expect(Shopper.logIn(pages().waybill.url, email, password)).rejects.toThrow();
    await Shopper.logIn(pages().waybill.url, email, newPassword);
  });

  it('keep an address book: add, change, choose the default, remove', async () => {
    const { page } = visitor;
    await visitor.open('/account');
    await page.getByText('There is no address yet.').waitFor();
    await page.getByText('Add an address').click();
    const fill = async (recipient: string, street: string): Promise<void> => {
      await page.getByLabel('Recipient').fill(recipient);
      await page.getByLabel('Street and number').fill(street);
      await page.getByLabel('City').fill('London');
      await page.getByLabel('Country').selectOption('GB');
      await page.getByRole('button', { name: 'Add the address' }).click();
      await page.locator('article', { hasText: street }).waitFor();
    };
    await fill('Ada', '<b>12</b> Harbour Street');
    await fill('Grace', '1 Quay');
    const [ada, grace] = [
      page.locator('article', { hasText: 'Ada' }),
      page.locator('article', { hasText: 'Grace' }),
    ];
    await ada.getByText('The default address').waitFor();
    await page.getByText('Add an address').click();
    expect(await visitor.violations()).toEqual([]);

    await grace.getByRole('button', { name: 'Change the address of Grace' }).click();
    await grace.getByLabel('Telephone for the delivery').fill('none');
    await grace.getByRole('button', { name: 'Save the address' }).click();
    await grace.getByText('A telephone number has 5 to 15 digits').waitFor();
    await grace.getByLabel('Telephone for the delivery').fill('0800 12345');
    await grace.getByRole('button', { name: 'Save the address' }).click();
    await grace.getByText('080012345').waitFor();
    await grace.getByRole('button', { name: 'Make the address of Grace the default' }).click();
    await grace.getByText('The default address').waitFor();
    await grace.getByRole('button', { name: 'Remove the address of Grace' }).click();
    await ada.getByText('The default address').waitFor();
    expect(await grace.count()).toBe(0);
    await page.getByText('The address of Grace was removed.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await grace.getByText('The default address').waitFor();
    await grace.getByText('080012345').waitFor();
    await grace.getByRole('button', { name: 'Remove the address of Grace' }).click();
    await grace.waitFor({ state: 'detached' });
  });

  it('choose which e-mails are wanted, and show those that were sent', async () => {
    const { page } = visitor;
    const shopper = await Shopper.logIn(pages().waybill.url, email, newPassword);
    const [lamp] = await shopper.productsOnHand(1);
    const add = `mutation ($id: ID!) {
      addToCart(input: { productId: $id, quantity: 1 }) { __typename ... on UserError { code } }
    }`;
    await shopper.ask(add, { id: lamp });
    const place = `mutation {
      placeOrder(input: { destination: { x: 1, y: 2 }, paymentMethod: "test" }) {
        __typename ... on UserError { code }
      }
    }`;
    await shopper.ask(place);
    const seen = page.locator('li', { hasText: '已收到付款' });
    await eventually(async () => {
      await visitor.open('/account');
      return (await seen.count()) > 0;
    }, 20_000);
    expect(await visitor.violations()).toEqual([]);
    await page.getByLabel('When a payment was received').selectOption('none');
    await page.getByLabel('When an order is on its way').selectOption('sms,email');
    await page.getByLabel('When?').selectOption('daily');
    await page.getByLabel('Quiet from').fill('22:00');
    await page.getByLabel('Quiet until').fill('07:00');
    await page.getByLabel('Time zone').selectOption('Asia/Shanghai');
    await page.getByRole('button', { name: 'Save the choice' }).click();
    await page.getByText('The choice is saved.').waitFor();
    expect(await visitor.violations()).toEqual([]);
    await visitor.open('/account');
    for (const [label, value] of [
      ['When a payment was received', 'none'],
      ['When an order is on its way', 'sms,email'],
      ['When?', 'daily'],
      ['Quiet from', '22:00'],
      ['Quiet until', '07:00'],
      ['Time zone', 'Asia/Shanghai'],
    ] as const)
      expect(await page.getByLabel(label).inputValue()).toBe(value);
  });

  it('show staff every e-mail with its words and its attempts', async () => {
    const staff = await pages().enterAsAdministrator();
    await staff.open('/admin/notifications?status=sent');
    const row = staff.page.locator('tr', { hasText: '已收到付款' }).filter({ hasText: email });
    await row.getByText('已收到付款').click();
    await row.getByText('/orders/').waitFor();
    await row.getByText('file, sent').waitFor();
    await staff.expectMannered('staff-notifications');
    await staff.page.getByLabel('State').selectOption('parked');
    await staff.page.getByText('There is no such notification.').waitFor();
  });

  it('log out everywhere', async () => {
    const { page } = visitor;
    await visitor.open('/account');
    await page.getByRole('button', { name: 'Log out everywhere' }).click();
    await page.getByRole('link', { name: 'Log in' }).waitFor();
    await visitor.logIn(email, newPassword);
    await visitor.open('/account');
    await page.getByRole('row', { name: 'This browser' }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
  });
});
