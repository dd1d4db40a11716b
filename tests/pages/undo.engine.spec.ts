import type { Locator } from 'playwright-core';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';

describePages('the undoing of what staff do', (pages) => {
  let visitor: Visitor;

  beforeAll(async () => {
    await Shopper.signUp(pages().waybill.url, 'ada@example.com');
    visitor = await pages().enterAsAdministrator();
  });

  const part = (name: string): Locator => visitor.page.getByRole('region', { name });
  const change = async (title: string): Promise<void> => {
    await part(title).getByLabel('E-mail').fill('ada@example.com');
    await part(title).getByRole('button', { name: title }).click();
  };
  const lists = (roles: string): Promise<void> =>
    visitor.page
      .getByRole('row', { name: 'ada@example.com' })
      .getByRole('cell', { name: roles, exact: true })
      .waitFor();
  const undo = (title: string): Locator => part(title).getByRole('button', { name: 'Undo' });

  it('takes back a role that was granted, and gives back one that was revoked', async () => {
    await visitor.open('/admin/accounts');
    await change('Grant the role');
    await part('Grant the role').getByText('Ada has now: customer, staff.').waitFor();
    await undo('Grant the role').click();
    await part('Grant the role').getByText('It is undone.').waitFor();
    await lists('customer');
    await change('Grant the role');
    await lists('customer, staff');
    await change('Revoke the role');
    await lists('customer');
    await undo('Revoke the role').click();
    await part('Revoke the role').getByText('It is undone.').waitFor();
    await lists('customer, staff');
    expect(await visitor.violations()).toEqual([]);
  });

  it('is not offered where nothing was changed', async () => {
    await visitor.open('/admin/accounts');
    await change('Grant the role');
    await part('Grant the role').getByText('Ada has now: customer, staff.').waitFor();
    expect(await undo('Grant the role').count()).toBe(0);
  });
});
