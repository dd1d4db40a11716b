import type { Locator, Page } from 'playwright-core';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { eventually } from '../support/time/eventually';

describePages('the page of an order in the hands of staff', (pages) => {
  let shopper: Shopper;
  let product: string;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    shopper = await Shopper.signUp(pages().waybill.url, 'grace@example.com');
    [product = ''] = await shopper.productsOnHand(5);
    visitor = await pages().enterAsAdministrator();
    page = visitor.page;
  }, 30_000);

  /** Places an unpaid order of some pieces. */
  const order = async (quantity: number): Promise<{ readonly id: string; readonly number: string }> => {
    await shopper.addToCart(product, quantity);
    const mutation = `mutation ($input: PlaceOrderInput!) {
      placeOrder(input: $input) { ... on PlaceOrderSuccess { order { id number } } ... on UserError { code message } }
    }`;
    const input = { destination: { x: 3, y: -2 } };
    return (await shopper.ask<{ order: { id: string; number: string } }>(mutation, { input })).order;
  };

  const section = (name: string): Locator => page.getByRole('region', { name, exact: true });

  it('has notes and tags, and the list shows the orders with a tag', async () => {
    const { id, number } = await order(1);
    await visitor.open(`/admin/orders/${id}`);
    await page.getByLabel('Note', { exact: true }).fill('Prefers a call first.');
    await page.getByRole('button', { name: 'Add the note' }).click();
    await section('Internal notes')
      .getByText(/: Prefers a call first\.$/)
      .waitFor();
    expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('');
    await page.getByLabel('Tag', { exact: true }).fill('Call First');
    const tag = section('Tags').getByRole('link', { name: 'call first' });
    const undo = section('Tags').getByRole('button', { name: 'Undo' });
    await page.getByRole('button', { name: 'Add the tag' }).click();
    await page.getByText('The tag call first is added.').waitFor();
    await undo.click();
    await tag.waitFor({ state: 'detached' });
    await section('Tags').getByText('It is undone.').waitFor();
    await page.getByLabel('Tag', { exact: true }).fill('Call First');
    await page.getByRole('button', { name: 'Add the tag' }).click();
    await page.getByRole('button', { name: 'Remove the tag call first' }).click();
    await page.getByText('The tag call first is removed.').waitFor();
    await undo.click();
    await tag.click();
    await page.waitForURL((url) => url.searchParams.get('tag') === 'call first');
    await page.getByRole('row', { name: new RegExp(`${number}.*call first`) }).waitFor();
    expect(await page.getByRole('table').getByRole('row').count()).toBe(2);
    await visitor.expectMannered('staff-orders-tagged');
    await page.getByRole('link', { name: number, exact: true }).click();
    await page.getByRole('button', { name: 'Remove the tag call first' }).click();
    await section('Tags').getByRole('link').waitFor({ state: 'detached' });
    await visitor.expectMannered('staff-order-notes');
  });

  it('holds an order and releases it, and the list shows the orders that are held', async () => {
    const { id, number } = await order(1);
    await visitor.open(`/admin/orders/${id}`);
    await page.getByText('Hold the order', { exact: true }).click();
    await page.getByLabel('Reason of the hold').selectOption('Destination');
    await page.getByLabel('Comment').fill('No such street.');
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    const hold = section('Holds').getByText(/: Destination, No such street\./);
    await hold.waitFor();
    await section('Timeline').getByText('The shop checks the order').waitFor();
    await visitor.expectMannered('staff-order-held');
    await eventually(async () => {
      const figures = await (await fetch(`${pages().waybill.url}/metrics`)).text();
      return /^waybill_order_longest_held_seconds(\{.*\})? (?!0$)/m.test(figures);
    });
    await visitor.open('/admin');
    await page.getByRole('link', { name: 'The orders that are held' }).click();
    await page.getByRole('link', { name: number, exact: true }).click();
    await page.getByRole('button', { name: 'Release (Destination)' }).click();
    await hold.waitFor({ state: 'detached' });
    await section('Timeline').getByText('The shop has checked the order').waitFor();
  });

  it('has its ways into the engine room side by side, on a phone too', async () => {
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: 390, height: 844 });
    await visitor.open(`/admin/orders/${(await order(1)).id}`);
    const boxOf = (name: string) => page.getByRole('link', { name }).last().boundingBox();
    const [first, second] = [(await boxOf('As it was, and its trace'))!, (await boxOf('Why is it so?'))!];
    expect(second.y).toBe(first.y);
    expect(second.x).toBeGreaterThan(first.x + first.width);
    await page.setViewportSize(size);
  });

  it('is printed on white over the whole width, without menus and forms', async () => {
    const { id } = await order(1);
    await visitor.open(`/admin/orders/${id}`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const brightness = `Math.min(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g))`;
    expect(await page.evaluate(brightness)).toBeGreaterThan(240);
    const main = (await page.locator('main').boundingBox())!;
    const table = (await page.getByRole('table', { name: 'Goods' }).boundingBox())!;
    expect(table.width).toBeGreaterThan(0.9 * main.width);
    for (const hidden of ['header', 'aside', 'form', 'button'])
      expect(await page.locator(hidden).filter({ visible: true }).count()).toBe(0);
    await page.emulateMedia({ media: null, colorScheme: null });
  });
});
