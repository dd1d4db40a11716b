import { readFile } from 'node:fs/promises';
import { Shopper } from '../support/graphql/shopper';
import { eventually } from '../support/time/eventually';
import { isOperation, type Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

const today = () => new Date().toISOString().slice(0, 10);

describePages('the pages of analysts and engineers', (pages) => {
  let staff: Shopper;
  let visitor: Visitor;
  let orderId: string;

  beforeAll(async () => {
    staff = await pages().staff();
    const [product] = await staff.productsOnHand(1);
    await staff.addToCart(product!, 3);
    orderId = await staff.place({ x: 5, y: 5 });
    await staff.waitFor(orderId, 'FULFILLED', 30_000);
    await eventually(async () => {
      const query = '{ salesByDay { edges { node { units } } } }';
      const { edges } = await staff.ask<{ edges: unknown[] }>(query);
      return edges.length > 0;
    });
    visitor = await pages().enterAsAdministrator();
  });

  it('show the sales of a day as a chart, a table and a file', async () => {
    const { page } = visitor;
    await visitor.open(`/admin/reports?from=${today()}&to=${today()}`);
    await page.getByRole('img', { name: /Orders: from 1 to 1.*Pieces: from 3 to 3/ }).waitFor();
    await page.locator('.chart canvas').first().waitFor();
    await page.getByRole('cell', { name: today() }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    expect(await readFile(await file.path(), 'utf8')).toMatch(
      new RegExp(`^\uFEFFday,orders,units,cancelled,currency,sold,paid,.*\r\n${today()},1,3,0,[A-Z]{3},`),
    );
    await visitor.expectMannered('reports');
    await page.getByLabel('From (UTC)').fill('2001-01-01');
    await page.getByLabel('To (UTC)').fill('2001-01-02');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('Nothing was sold on these days').waitFor();
    expect(page.url()).toContain('from=2001-01-01&to=2001-01-02');
  });

  it('show the answer of a saved question as a chart, a table and a file', async () => {
    const { page } = visitor;
    await visitor.open('/admin/figures');
    await page.getByRole('img', { name: /^Pieces by product\. .+: 3/ }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^\uFEFFSKU,Product,Pieces,Sold,.*\r\n.+,3,/);
    await visitor.expectMannered('figures');
    await page.getByLabel('Question').selectOption('How long do parcels take?');
    await page.getByRole('img', { name: /^Delivery \(s\) by warehouse/ }).waitFor();
    await page.getByLabel('Question').selectOption('What does each warehouse have?');
    await page.getByRole('columnheader', { name: 'On hand' }).waitFor();
    expect(page.url()).toContain('question=stock');
    await visitor.open('/admin/figures?question=top-products&from=2001-01-01&to=2001-01-02');
    await page.getByText('There is nothing to show for these days.').waitFor();
  });

  it('are open to an analyst, who sees no other page of the console', async () => {
    const email = 'analyst@example.com';
    await Shopper.signUp(pages().waybill.url, email);
    await staff.ask(
      `mutation { grantRole(input: { email: "${email}", role: analyst }) { __typename ... on UserError { code } } }`,
    );
    const analyst = await pages().enter();
    await analyst.logIn(email, 'correct horse battery', '/admin');
    await analyst.open('/admin/figures');
    await analyst.page.getByRole('img', { name: /^Pieces by product/ }).waitFor();
    const places = analyst.page.getByRole('navigation', { name: 'Console' });
    expect(await places.getByRole('link').allTextContents()).toEqual(['Reports', 'Figures']);
    await places.getByRole('link', { name: 'Reports' }).click();
    await analyst.page.getByRole('img', { name: /Orders: from 1 to 1/ }).waitFor();
  });

  it('show how far the read models are, the health and live figures', async () => {
    const { page } = visitor;
    await visitor.open('/admin/engine');
    await page.getByRole('row', { name: /sales_by_day.*Live/ }).waitFor();
    await page.getByRole('row', { name: 'The process ready' }).waitFor();
    await page.getByRole('img', { name: /Events written: from 0/ }).waitFor();
    await page.waitForRequest((request) => isOperation(request, 'Projections'));
    await visitor.expectMannered('engine');
  });

  it('show the stored events of a stream, page by page', async () => {
    const { page } = visitor;
    await visitor.open('/admin/engine/streams');
    await page.getByLabel('Stream').fill(`order-${orderId}`);
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('heading', { name: /^0: Order/ }).waitFor();
    expect(await page.getByRole('region', { name: 'Data of event 0' }).textContent()).toContain(orderId);
    await visitor.expectMannered('streams');
    await visitor.open(`/admin/engine/streams?stream=order-${orderId}&from=100`);
    await page.getByText('No event is stored here').waitFor();
  });

  it('show an order as it was at each moment, what changed, and its trace', async () => {
    const { page } = visitor;
    await visitor.open(`/admin/engine/streams?stream=order-${orderId}`);
    await page.getByRole('link', { name: 'The order as it was' }).click();
    const slider = page.getByRole('slider', { name: 'Moment' });
    await page.getByRole('row', { name: /^Status FULFILLED/ }).waitFor();
    await slider.focus();
    await page.keyboard.press('Home');
    await page.getByRole('row', { name: 'Status PLACED –' }).waitFor();
    for (let step = 0; !(await slider.getAttribute('aria-valuetext'))?.includes('was paid'); step++) {
      expect(step).toBeLessThan(20);
      await page.keyboard.press('ArrowRight');
    }
    await page.getByRole('row', { name: 'Status PAID PLACED' }).waitFor();
    expect(await page.locator('mark').first().textContent()).toBe('PAID');
    await page.getByRole('cell', { name: 'OrderPaid', exact: true }).waitFor();
    expect(await page.locator('.trace circle').count()).toBeGreaterThan(10);
    await visitor.expectMannered('order-history');
  });

  it('show why a field of an order is so, and what shaped the order', async () => {
    const { page } = visitor;
    await visitor.open(`/admin/orders/${orderId}`);
    await page.getByRole('link', { name: 'Why is it so?' }).last().click();
    await page.getByRole('row', { name: /^status "FULFILLED" OrderFulfilled/ }).waitFor();
    await page.getByRole('heading', { name: /What shaped it: \d+ events/ }).waitFor();
    await visitor.expectMannered('why');
    await page.getByRole('link', { name: 'status', exact: true }).click();
    await page.getByRole('heading', { name: 'status: "FULFILLED"' }).waitFor();
    await page
      .getByRole('row', { name: /OrderPlaced/ })
      .first()
      .waitFor();
    await visitor.expectMannered('why-field');
    await visitor.open('/admin/engine/why?model=order&id=none');
    await page.getByText('No event ever made such a document').waitFor();
  });
});
