import { isOperation, type Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { eventually } from '../support/time/eventually';

describePages('the cart of a guest', (pages) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await pages().enter();
  });

  const keptLines = (): Promise<readonly { readonly productId: string }[]> =>
    visitor.page.evaluate(`JSON.parse(localStorage.getItem('waybill.guest-cart') ?? '[]')`);

  it('is kept in the browser, and can be changed there', async () => {
    const { page } = visitor;
    await visitor.addToCart('Harbour lamp');
    await visitor.addToCart('Dockside mug');
    await page.reload();
    await page.getByRole('main').waitFor();
    await page.getByRole('banner').getByRole('link', { name: 'Cart' }).click();
    const lamps = page.getByRole('row', { name: 'Harbour lamp' });
    await lamps.getByLabel('Quantity of Harbour lamp').fill('2');
    await lamps.getByRole('button', { name: 'Change' }).click();
    await page.getByText('Total: £77.90').waitFor();
    await visitor.expectMannered('guest-cart');
    const mugs = page.getByRole('row', { name: 'Dockside mug' });
    await mugs.getByRole('button', { name: 'Remove' }).click();
    await mugs.waitFor({ state: 'detached' });
    await page.getByText('Total: £69.00').waitFor();
  });

  it('is in the cart of the account after the sign-up, without what is not sold any more', async () => {
    const { page } = visitor;
    await visitor.addToCart('Dockside mug');
    const mug = (await keptLines()).at(-1)!.productId;
    const staff = await pages().staff();
    const mutation = `mutation ($input: DiscontinueProductInput!) {
      discontinueProduct(input: $input) { __typename ... on UserError { code } }
    }`;
    await staff.ask(mutation, { input: { productId: mug } });

    await visitor.open('/cart');
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click();
    await page.getByLabel('Name').fill('Katherine Johnson');
    await page.getByLabel('E-mail').fill('katherine@example.com');
    await page.getByLabel('Password').fill('a long password 1');
    await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();

    await page.getByRole('heading', { name: 'Checkout' }).waitFor();
    await page.getByRole('row', { name: 'Harbour lamp' }).waitFor();
    await page.getByText('this could not be added').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Dockside mug' }).waitFor();
    expect(await page.getByRole('row', { name: 'Dockside mug' }).count()).toBe(0);
    expect(await visitor.violations()).toEqual([]);
    expect(await keptLines()).toEqual([]);
  });

  it('waits in the browser if the server cannot take it over at the log-in', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Log out' }).waitFor({ state: 'detached' });
    await visitor.addToCart('Harbour lamp');
    await page.route('**/graphql', (route) =>
      isOperation(route.request(), 'MergeCart')
        ? route.fulfill({ json: { errors: [{ message: 'Busy', extensions: { code: 'OVERLOADED' } }] } })
        : route.continue(),
    );
    await Promise.all([
      page.waitForResponse((response) => isOperation(response.request(), 'MergeCart')),
      visitor.logIn('katherine@example.com', 'a long password 1'),
    ]);
    await page.unroute('**/graphql');
    await visitor.open('/cart');
    await page.getByText('A product that you chose before you logged in').waitFor();
    await page.getByRole('button', { name: 'Add to this cart' }).click();
    await eventually(async () => (await keptLines()).length === 0);
    await page.getByLabel('Quantity of Harbour lamp').waitFor();
    expect(await page.getByLabel('Quantity of Harbour lamp').inputValue()).toBe('3');
  });

  it('moves once, also if the answer is lost and the page is loaded again', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Log out' }).waitFor({ state: 'detached' });
    await visitor.addToCart('Harbour lamp');
    const taken: number[] = [];
    await page.route('**/graphql', async (route) => {
      if (!isOperation(route.request(), 'MergeCart')) return route.continue();
      taken.push((await route.fetch()).status());
      return route.fulfill({ json: { errors: [{ message: 'Lost', extensions: { code: 'UNAVAILABLE' } }] } });
    });
    await visitor.logIn('katherine@example.com', 'a long password 1');
    await eventually(() => taken.length > 0);
    await page.unroute('**/graphql');
    await visitor.open('/cart');
    await page.reload();
    await page.getByRole('button', { name: 'Add to this cart' }).click();
    await eventually(async () => (await keptLines()).length === 0);
    await page.getByRole('button', { name: 'Add to this cart' }).waitFor({ state: 'detached' });
    expect(await page.getByLabel('Quantity of Harbour lamp').inputValue()).toBe('4');
  });
});
