import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { realClock } from '../../platform/clock';
import { signWebhook } from '../../platform/webhook-signing';
import { startBrowser, Visitor } from '../support/browser/browser';
import { Shopper } from '../support/graphql/shopper';
import { describeOn } from '../support/process/real-engine';
import { WaybillHome, type RunningWaybill } from '../support/process/waybill';

const images = join(__dirname, '../../docs/images/pages');

describeOn('WAYBILL_TEST_CHROMIUM', 'the console of staff in a browser', (path) => {
  let browser: Browser;
  let home: WaybillHome;
  let waybill: RunningWaybill;
  let shopper: Shopper;
  let products: readonly string[];
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    [browser, home] = await Promise.all([startBrowser(path), WaybillHome.make()]);
    waybill = await home.start();
    shopper = await Shopper.signUp(waybill.url, 'ada@example.com');
    products = await shopper.productsOnHand(2);
    visitor = await Visitor.enter(browser, waybill.url);
    page = visitor.page;
    await visitor.logIn('admin@waybill.local', waybill.administrator?.password ?? '');
  }, 30_000);
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
    await waybill.close();
    await home.remove();
  });
  afterEach(() => {
    expect(visitor.trouble).toEqual({ outside: [], errors: [] });
  });

  /** Sends the report of the carrier that a shipment was delivered. */
  const reportDelivery = async (shipmentId: number): Promise<void> => {
    const secret = (await readFile(join(home.directory, 'secrets', 'carrier'), 'utf8')).trim();
    const time = realClock.now();
    const body = Buffer.from(
      JSON.stringify({
        ...{ specversion: '1.0', id: `staff-${shipmentId}`, source: '/carriers/ups', time },
        ...{ subject: String(shipmentId), datacontenttype: 'application/json' },
        ...{ type: 'carrier.shipment.delivered', data: { shipmentId } },
      }),
    );
    const signature = signWebhook(`staff-${shipmentId}`, body, [secret], time);
    const headers = { 'content-type': 'application/cloudevents+json', ...signature };
    const { status } = await fetch(`${waybill.url}/webhooks/ups`, { method: 'POST', headers, body });
    expect(status).toBe(202);
  };

  /** Places an order of the customer; `paymentMethod` absent leaves it unpaid. */
  const order = async (paymentMethod?: string): Promise<string> => {
    await shopper.addToCart(products[0]!, 2);
    const mutation = `mutation ($input: PlaceOrderInput!) {
      placeOrder(input: $input) { ... on PlaceOrderSuccess { order { id } } ... on UserError { code message } }
    }`;
    const input = { destination: { x: 3, y: -2 }, paymentMethod };
    return (await shopper.ask<{ order: { id: string } }>(mutation, { input })).order.id;
  };

  /** Expects that axe finds nothing and that a phone shows the page without scrolling sideways. */
  const mannered = async (name: string): Promise<void> => {
    await visitor.settled();
    expect(await visitor.violations()).toEqual([]);
    if (process.env['WAYBILL_GENERATE'] === 'yes')
      await page.screenshot({ path: join(images, `${name}.png`) });
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.setViewportSize(size);
  };

  const fact = (name: string): Locator =>
    page.locator('.facts > div', { has: page.getByText(name, { exact: true }) }).locator('dd');
  const shows = (where: Locator, text: string): Promise<void> =>
    where.filter({ hasText: text }).first().waitFor();

  it('cancel an order that is found in the list', async () => {
    await order();
    await visitor.open('/admin?status=PLACED');
    await page.getByRole('table').getByRole('link').first().click();
    await shows(fact('Status'), 'Placed');
    await page.getByText('Cancel', { exact: true }).click();
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    await shows(fact('Status'), 'Cancelled');
    expect(await page.getByRole('heading', { name: 'Actions' }).count()).toBe(0);
  });

  it('change the destination of an order', async () => {
    await visitor.open(`/admin/orders/${await order()}`);
    await page.getByText('Change the destination', { exact: true }).first().click();
    await page.getByLabel('East (x)').fill('7');
    await page.getByRole('button', { name: 'Change the destination' }).click();
    await shows(fact('Destination'), '7, -2');
  });

  it('refund a part of a delivered order', async () => {
    const id = await order('test');
    await visitor.open(`/admin/orders/${id}`);
    // The page follows the order by itself.
    await shows(fact('Status'), 'Delivered');
    await page.getByText('Refund', { exact: true }).first().click();
    const amount = page.getByLabel(/^Amount in/);
    const submit = page.getByRole('button', { name: 'Refund' });
    await page.getByLabel('Reason').fill('scratched');
    await amount.fill('one');
    await submit.click();
    await shows(page.getByRole('alert'), 'Type an amount');
    await mannered('staff-order');
    await amount.fill('1.25');
    await page.getByLabel(/^Pieces of/).fill('1');
    await submit.click();
    await shows(page.getByRole('cell'), 'Done');
    await shows(fact('Refunded'), '1.25');
  });

  it('add a warehouse by a click on the map, and take it out of service', async () => {
    await visitor.open('/admin/warehouses');
    const map = page.getByRole('application');
    await map.click({ position: { x: 40, y: 40 } });
    const [x, y] = [page.getByLabel('East (x)'), page.getByLabel('North (y)')];
    const clicked = Number(await x.inputValue());
    expect(clicked).toBeLessThan(0);
    await map.focus();
    await page.keyboard.press('ArrowRight');
    expect(Number(await x.inputValue())).toBe(clicked + 1);
    expect(Number(await y.inputValue())).toBeGreaterThan(0);
    await page.getByLabel('Name').fill('North Pier');
    await page.getByRole('button', { name: 'Add the warehouse' }).click();
    await page.getByText('North Pier is registered.').waitFor();
    await page.getByRole('button', { name: 'Deactivate North Pier' }).click();
    const row = page.getByRole('row', { name: /North Pier/ });
    await shows(row, 'Inactive');
    await mannered('staff-warehouses');
    await page.getByRole('button', { name: 'Reactivate North Pier' }).click();
    await shows(row, 'Active');
  });

  it('receive, remove and replenish the stock of a warehouse', async () => {
    await visitor.open('/admin/warehouses');
    await page.getByRole('link', { name: 'North Pier' }).click();
    await page.getByText('Nothing is in stock.').waitFor();
    await page.getByLabel('Find a product for the forms below').fill('lamp');
    await page.getByRole('button', { name: 'Find' }).click();
    const move = async (title: string, pieces: number): Promise<void> => {
      const form = page.locator('details', { has: page.getByText(title, { exact: true }) });
      await form.locator('summary').click();
      await form.getByLabel('Product').selectOption({ label: 'Harbour lamp' });
      await form.getByLabel('Pieces').fill(String(pieces));
      if (title === 'Remove') await form.getByLabel('Reason').fill('broken');
      await form.getByRole('button', { name: title }).click();
      await shows(form.getByRole('status'), 'Done.');
    };
    const figure = (title: string): Locator =>
      page.getByRole('row', { name: /Harbour lamp/ }).locator(`[data-title="${title}"]`);
    await move('Receive', 9);
    await shows(figure('On hand'), '9');
    await move('Remove', 2);
    await shows(figure('On hand'), '7');
    await shows(figure('Removed'), '2');
    await mannered('staff-warehouse');
    await move('Replenish', 5);
    await page.reload();
    await shows(figure('On hand'), '12');
  });

  it('find a shipment by its tracking number', async () => {
    await visitor.open('/admin/shipments');
    await page.getByLabel('Tracking number').fill('no such number');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByText('No shipment has this tracking number.').waitFor();
    await page.getByLabel('Tracking number').fill('WB0000000001');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('link', { name: /^Shipment \d/ }).click();
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    await shows(fact('Tracking number'), 'WB0000000001');
    await mannered('staff-shipment');
  });

  it('turn the fault dial to 50 %, and see duplicates dropped while an order is delivered', async () => {
    await visitor.open('/admin/world');
    await shows(fact('Connection'), 'Connected');
    await page.getByLabel(/^Messages lost/).fill('50');
    const twice = page.getByLabel(/^Messages that arrive twice/);
    await twice.fill('49');
    await twice.press('ArrowRight');
    await page.getByRole('button', { name: 'Turn' }).click();
    await page.getByText('The faults are as shown.').waitFor();
    expect(await twice.inputValue()).toBe('50');
    await shopper.waitFor(await order('test'), 'FULFILLED', 40_000);
    // The page asks again by itself.
    await fact('Duplicates dropped').filter({ hasNotText: /^0$/ }).waitFor();
    await fact('Sent').filter({ hasNotText: /^0$/ }).waitFor();
    await mannered('staff-world');
    await page.getByLabel(/^Link/).fill('carrier:ups');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('region', { name: 'Exchange log of carrier:ups' }).waitFor();
    const shipment = await page.locator('tbody [data-title="Shipment"]').first().textContent();
    await page.getByLabel('Messages about the shipment').fill(shipment ?? '');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('region', { name: `Messages about shipment ${shipment}` }).waitFor();
    await page
      .getByRole('row', { name: /world:world.*pack/ })
      .first()
      .waitFor();
    for (const label of [/^Messages lost/, /^Messages that arrive twice/])
      await page.getByLabel(label).fill('0');
    await page.getByRole('button', { name: 'Turn' }).click();
    await page.getByText('The faults are as shown.').waitFor();
  }, 60_000);

  it('see why a message of the carrier is parked, and retry it', async () => {
    await visitor.open('/admin/parked');
    await page.getByText('No message is parked.').waitFor();
    await reportDelivery(999_999);
    await page.reload();
    await page.getByRole('cell', { name: '999999', exact: true }).waitFor();
    await mannered('staff-parked');
    const answer = page.waitForResponse(
      (response) => response.request().postData()?.includes('mutation RetryCarrierMessage') === true,
    );
    await page.getByRole('button', { name: 'Retry' }).click();
    expect(await (await answer).json()).toMatchObject({
      data: { retryCarrierMessage: { __typename: 'RetryCarrierMessageSuccess' } },
    });
  });

  it('grant and revoke a role by the e-mail of an account', async () => {
    await visitor.open('/admin/accounts');
    const part = (name: string): Locator => page.getByRole('region', { name });
    for (const [title, roles] of [
      ['Grant the role', 'customer, staff'],
      ['Revoke the role', 'customer'],
    ] as const) {
      await part(title).getByLabel('E-mail').fill('ada@example.com');
      await part(title).getByLabel('Role').selectOption('staff');
      await part(title).getByRole('button', { name: title }).click();
      await shows(part(title).getByRole('status'), `Ada has now: ${roles}.`);
    }
    await page.getByRole('row', { name: /ada@example.com customer/ }).waitFor();
    await page.getByLabel('Whole e-mail address').fill('zoe@example.com');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByText('No account has this address.').waitFor();
    await page.getByLabel('Whole e-mail address').fill('ada@example.com');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('row', { name: /ada@example.com/ }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await mannered('staff-accounts');
  });

  it('see the settings without secrets', async () => {
    await visitor.open('/admin/settings');
    await page.getByRole('row', { name: /^WAYBILL_HTTP_PORT 0 / }).waitFor();
    await mannered('staff-settings');
  });

  it('connect to another World and back by a click, and see its number and state', async () => {
    await visitor.open('/admin/world');
    const connect = async (worldId: string): Promise<void> => {
      await page.getByLabel('Number of the World').fill(worldId);
      await page.getByRole('button', { name: 'Connect' }).click();
    };
    await page.getByText('Connect to another World').click();
    await connect('blue');
    await page.getByText('This is not the number of a World').waitFor();
    // The simulator has no such World.
    await connect('7');
    await shows(fact('World'), '7');
    await shows(fact('Connection'), 'Disconnected');
    await connect('1');
    await shows(fact('World'), '1');
    await shows(fact('Connection'), 'Connected');
    expect(await visitor.violations()).toEqual([]);
  });

  it('have orders of their own, apart from those of the customers', async () => {
    await order();
    await visitor.open('/orders');
    await page.getByText('You have no orders yet.').waitFor();
  });
});
