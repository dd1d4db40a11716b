import { askGraphQL } from '../../cli/program/graphql-client';
import { sessionKeys, type AreaPath, type Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

const STAFF_QUERY = '{ projections { name } }';

describePages('the areas of the pages, to a person who is staff and customer', (pages) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await pages().enter();
    const { email, password } = pages().administrator;
    await visitor.logIn(email, password);
  });

  const heading = (name: string) => visitor.page.getByRole('heading', { name, level: 1 });
  const menu = () => visitor.page.getByRole('navigation', { name: 'Main' });

  /** Returns the access token that the browser keeps for an area. */
  const tokenOf = async (area: AreaPath): Promise<string> => {
    const session = `JSON.parse(localStorage.getItem('${sessionKeys[area]}') ?? '{}').accessToken`;
    return (await visitor.page.evaluate<string | undefined>(session)) ?? '';
  };

  const codeOf = async (token: string): Promise<unknown> => {
    const { errors } = await askGraphQL(pages().waybill.url, STAFF_QUERY, {}, token);
    return errors?.[0]?.extensions?.['code'];
  };

  const fillLogIn = async (): Promise<void> => {
    const { email, password } = pages().administrator;
    const { page } = visitor;
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.locator('main').getByRole('button', { name: 'Log in' }).click();
  };

  it('ask for a log-in of the console, although the shop is logged in', async () => {
    const { page } = visitor;
    await menu().getByRole('link', { name: 'Staff' }).click();
    await heading('Log in to the staff console.').waitFor();
    await page.getByText('each have a log-in of their own').waitFor();
    expect(await page.getByRole('button', { name: 'Log out' }).count()).toBe(0);
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole('button', { name: '中文' }).click();
    await heading('请登录管理后台。').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('main').getByRole('link', { name: 'Log in' }).click();
    await heading('Log in to the staff console.').waitFor();
    expect(await page.getByRole('link', { name: 'Sign up' }).count()).toBe(0);
    await visitor.expectMannered('log-in-staff');
    await fillLogIn();
    await heading('Orders').waitFor();
    await page.getByRole('button', { name: 'Log out' }).waitFor();
    // The shop did not change.
    await visitor.open('/account');
    await page.getByRole('button', { name: 'Log out', exact: true }).waitFor();
  });

  it('have tokens of their own, of which that of the shop opens nothing of the console', async () => {
    const [shop, console] = [await tokenOf('/'), await tokenOf('/admin')];
    expect(shop).not.toBe(console);
    expect(await codeOf(shop)).toBe('WRONG_REALM');
    expect(await codeOf(console)).toBeUndefined();
    expect(await tokenOf('/seller')).toBe('');
  });

  it('send the token of the area that is shown, also after a way from one to the other', async () => {
    const { page } = visitor;
    const sent: string[] = [];
    page.on('request', (request) => {
      const { authorization } = request.headers();
      if (request.url().endsWith('/graphql') && authorization !== undefined) sent.push(authorization);
    });
    const all = async (open: () => Promise<unknown>): Promise<ReadonlySet<string>> => {
      await page.waitForLoadState('networkidle');
      sent.length = 0;
      await open();
      await page.waitForLoadState('networkidle');
      return new Set(sent);
    };
    await visitor.open('/cart');
    const [shop, console] = [`Bearer ${await tokenOf('/')}`, `Bearer ${await tokenOf('/admin')}`];
    const toConsole = async (): Promise<void> => {
      await menu().getByRole('link', { name: 'Staff' }).click();
      await heading('Orders').waitFor();
    };
    const toShop = async (): Promise<void> => {
      await menu().getByRole('link', { name: 'Cart' }).click();
      await heading('Cart').waitFor();
    };
    expect(await all(toConsole)).toEqual(new Set([console]));
    expect(await all(toShop)).toEqual(new Set([shop]));
    const back = async (): Promise<void> => {
      await Promise.all([page.waitForRequest('**/graphql'), page.goBack()]);
      await heading('Orders').waitFor();
    };
    expect(await all(back)).toEqual(new Set([console]));
    page.removeAllListeners('request');
  });

  it('list the sessions of all areas at the account, and end one there', async () => {
    const { page } = visitor;
    await visitor.open('/account');
    await page.getByRole('row', { name: /Shop .* This browser$/ }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole('button', { name: /^Log out .*, Staff console$/ }).click();
    await page.getByRole('row', { name: /Staff console/ }).waitFor({ state: 'detached' });
    await visitor.open('/admin');
    await heading('Log in to the staff console.').waitFor();
    await visitor.open('/account');
    await page.getByRole('row', { name: /Shop .* This browser$/ }).waitFor();
  });

  it('say why the console was logged out, and keep the shop', async () => {
    const { page } = visitor;
    const { email, password } = pages().administrator;
    await visitor.logIn(email, password, '/admin');
    await visitor.endSession('/admin');
    await visitor.open('/admin');
    await heading('Log in to the staff console.').waitFor();
    await page.getByText('you or another person ended this session').waitFor();
    expect(visitor.trouble.errors.every((error) => error.includes('401'))).toBe(true);
    visitor.trouble.errors.length = 0;
    await visitor.open('/account');
    await page.getByRole('row', { name: /This browser$/ }).waitFor();
  });

  it('log out of one area at a time, in all its tabs, and everywhere from the account', async () => {
    const { page } = visitor;
    const { email, password } = pages().administrator;
    await visitor.logIn(email, password, '/admin');
    const other = await page.context().newPage();
    await other.goto('/admin');
    const shop = await page.context().newPage();
    await shop.goto('/account');
    await page.getByRole('button', { name: 'Log out' }).click();
    for (const tab of [page, other])
      await tab.getByRole('heading', { name: 'Log in to the staff console.' }).waitFor();
    await shop.getByRole('button', { name: 'Log out everywhere' }).waitFor();
    await visitor.logIn(email, password, '/seller');
    await visitor.logIn(email, password, '/admin');
    await shop.getByRole('button', { name: 'Log out everywhere' }).click();
    await shop.getByRole('link', { name: 'Log in' }).waitFor();
    for (const tab of [page, other])
      await tab.getByRole('heading', { name: 'Log in to the staff console.' }).waitFor();
    expect([await tokenOf('/'), await tokenOf('/seller'), await tokenOf('/admin')]).toEqual(['', '', '']);
    await other.close();
    await shop.close();
  });

  it('take no session of another area', async () => {
    const { email, password } = pages().administrator;
    await visitor.logIn(email, password);
    await visitor.page.evaluate(
      `localStorage.setItem('${sessionKeys['/admin']}', localStorage.getItem('${sessionKeys['/']}'))`,
    );
    await visitor.open('/admin');
    await heading('Log in to the staff console.').waitFor();
  });

  it('lead a log-in nowhere but to the area that was logged in to', async () => {
    await visitor.open('/log-in?next=/seller/../admin');
    await heading('Log in to the staff console.').waitFor();
    await visitor.open('/log-in?next=//evil.example/admin');
    await heading('Log in').waitFor();
  });
});
