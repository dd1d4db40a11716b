import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { realClock } from '../../platform/clock';
import { signWebhook } from '../../platform/webhook-signing';
import { Shopper } from '../support/graphql/shopper';
import type { Locator, Page } from 'playwright-core';
import { isOperation, type Visitor } from '../support/browser/browser';
import { eventually } from '../support/time/eventually';
import { describePages } from '../support/browser/describe-pages';

describePages('the console of staff in a browser', (pages) => {
  let shopper: Shopper;
  let products: readonly string[];
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    shopper = await Shopper.signUp(pages().waybill.url, 'ada@example.com');
    products = await shopper.productsOnHand(2);
    visitor = await pages().enterAsAdministrator();
    page = visitor.page;
  }, 30_000);

  /** Sends the report of the carrier that a shipment was delivered. */
  const reportDelivery = async (shipmentId: number): Promise<void> => {
    const secret = (await readFile(join(pages().home.directory, 'secrets', 'carrier'), 'utf8')).trim();
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
    const { status } = await fetch(`${pages().waybill.url}/webhooks/ups`, { method: 'POST', headers, body });
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

  const fact = (name: string): Locator =>
    page.locator('.facts > div', { has: page.getByText(name, { exact: true }) }).locator('dd');
  const shows = (where: Locator, text: string): Promise<void> =>
    where.filter({ hasText: text }).first().waitFor();

  it('find an order by its number, its customer and its product', async () => {
    await order();
    const number = await shopper.ask<{ edges: { node: { number: string; lines: { sku: string }[] } }[] }>(
      '{ orders(first: 1) { edges { node { number lines { sku } } } } }',
    );
    const { number: wanted, lines } = number.edges[0]!.node;
    await visitor.open('/admin');
    for (const text of [wanted, 'Ada@Example.com', lines[0]!.sku]) {
      await page.getByLabel('Number, e-mail, SKU').fill(text);
      await page.getByRole('button', { name: 'Search' }).click();
      await page.waitForURL((url) => url.searchParams.get('find')?.includes(text) === true);
      await visitor.settled();
      await page.getByRole('link', { name: wanted, exact: true }).waitFor();
    }
    await visitor.expectMannered('staff-orders');
    await page.getByLabel('Number, e-mail, SKU').fill('nothing-like-it');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('No order fits.').waitFor();
  });

  it('cancel an order that is found in the list', async () => {
    await order();
    await visitor.open('/admin?status=PLACED');
    await page.getByRole('table').getByRole('link').first().click();
    await shows(fact('Status'), 'Placed');
    await page.getByText('Cancel', { exact: true }).click();
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    await shows(fact('Status'), 'Cancelled');
    expect(await page.getByRole('button', { name: 'Cancel the order' }).count()).toBe(0);
    await page.getByText('Not possible now').click();
    await page.getByText(/^Change the destination: .* the status “Cancelled”\.$/).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('Change the destination: 订单目前的状态为“已取消”，不允许此操作。').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
  });

  it('change the destination of an order', async () => {
    await visitor.open(`/admin/orders/${await order()}`);
    await page.getByText('Change the destination', { exact: true }).first().click();
    await page.getByLabel('East (x)').fill('7');
    await page.getByRole('button', { name: 'Change the destination' }).click();
    await shows(fact('Destination'), '7, -2');
    await page.getByLabel('Deliver to').selectOption('A postal address');
    await page.getByLabel('Recipient').fill('Grace Hopper');
    await page.getByLabel('Street and number').fill('2 Dock Road');
    await page.getByLabel('City').fill('Hull');
    await page.getByRole('button', { name: 'Change the destination' }).click();
    await page.locator('address').getByText('2 Dock Road').first().waitFor();
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
    await visitor.expectMannered('staff-order');
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
    await visitor.expectMannered('staff-warehouses');
    await page.getByRole('button', { name: 'Reactivate North Pier' }).click();
    await shows(row, 'Active');
  });

  it('receive, remove and replenish the stock of a warehouse', async () => {
    await visitor.open('/admin/warehouses');
    await page.getByRole('link', { name: 'North Pier' }).click();
    await page.getByText('Nothing is in stock.').waitFor();
    await page.getByLabel('Find a product for the forms below').fill('lamp');
    await page.getByRole('button', { name: 'Find' }).click();
    const formOf = (title: string): Locator =>
      page.locator('details', { has: page.getByText(title, { exact: true }) });
    const ask = async (title: string, pieces: number): Promise<void> => {
      const form = formOf(title);
      await form.getByLabel('Product').selectOption({ label: 'Harbour lamp' });
      await form.getByLabel('Pieces').fill(String(pieces));
      if (title === 'Remove') await form.getByLabel('Reason').fill('broken');
      await form.getByRole('button', { name: title }).click();
    };
    const move = async (title: string, pieces: number): Promise<void> => {
      await formOf(title).locator('summary').click();
      await ask(title, pieces);
      await shows(formOf(title).getByRole('status'), 'Done.');
    };
    const figure = (title: string): Locator =>
      page.getByRole('row', { name: /Harbour lamp/ }).locator(`[data-title="${title}"]`);
    await move('Receive', 9);
    await shows(figure('On hand'), '9');
    await move('Remove', 2);
    await shows(figure('On hand'), '7');
    await shows(figure('Removed'), '2');
    await visitor.expectMannered('staff-warehouse');
    // More than there is: the reason stands at the form, and what was typed stays.
    await ask('Remove', 8);
    await shows(formOf('Remove').getByRole('alert'), '7');
    expect(await formOf('Remove').getByLabel('Pieces').inputValue()).toBe('8');
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
    const found = page.getByRole('link', { name: /^Shipment \d/ });
    await found.waitFor();
    await visitor.expectMannered('staff-shipments');
    await found.click();
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    await shows(fact('Tracking number'), 'WB0000000001');
    await visitor.expectMannered('staff-shipment');
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
    await visitor.expectMannered('staff-world');
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
    await page.getByRole('cell', { name: 'delivered, from carrier:ups, shipment 999999' }).waitFor();
    await visitor.expectMannered('staff-parked');
    const answer = page.waitForResponse((response) => isOperation(response.request(), 'RetryCarrierMessage'));
    await page.getByRole('button', { name: 'Apply again' }).click();
    expect(await (await answer).json()).toMatchObject({
      data: { retryCarrierMessage: { __typename: 'RetryCarrierMessageSuccess' } },
    });
    const handled = page.getByRole('button', { name: 'Mark as handled' });
    const markHandled = async (): Promise<void> => {
      // It is parked again, because the shipment is still unknown.
      await eventually(async () => {
        await visitor.open('/admin/parked');
        return (await handled.count()) > 0;
      });
      await handled.click();
      await page.getByText('No message is parked.').waitFor();
    };
    await markHandled();
    await visitor.open('/admin/world');
    await page.getByLabel('Words in the content').fill('delivered staff-999999');
    await page.getByRole('button', { name: 'Search' }).click();
    const row = page.getByRole('row', { name: /Handled by staff 999999/ });
    await row.waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await row.getByRole('button', { name: 'Apply after all' }).click();
    await page.getByRole('row', { name: /(Received|Parked) 999999/ }).waitFor();
    await markHandled();
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
    await visitor.expectMannered('staff-accounts');
  });

  it('define a role, give it to an account, change and retire it', async () => {
    const ada = await pages().enter();
    await ada.logIn('ada@example.com', 'correct horse battery');
    const main = ada.page.getByRole('navigation', { name: 'Main' });
    await main.getByRole('link', { name: 'Cart' }).waitFor();
    expect(await main.getByRole('link', { name: 'Staff' }).count()).toBe(0);
    await visitor.open('/admin/roles');
    await page.getByText('No role is defined beside those that are built in.').waitFor();
    const define = page.getByRole('region', { name: 'Define a role' });
    await define.getByLabel('Name').fill('Staff');
    await define.getByLabel('order:read').check();
    await define.getByRole('button', { name: 'Define the role' }).click();
    await define.getByText('There is a role "Staff" already.').waitFor();
    await define.getByLabel('Name').fill('Clerk');
    await define.getByRole('button', { name: 'Define the role' }).click();
    await define.getByText('Clerk is defined.').waitFor();
    const clerk = page.getByRole('region', { name: 'Clerk', exact: true });
    await clerk.getByRole('listitem').filter({ hasText: 'order:read' }).waitFor();
    await visitor.expectMannered('staff-roles');
    await visitor.open('/admin/accounts');
    const grant = page.getByRole('region', { name: 'Grant the role' });
    await grant.getByLabel('E-mail').fill('ada@example.com');
    await grant.getByLabel('Role').selectOption('Clerk');
    await grant.getByRole('button', { name: 'Grant the role' }).click();
    await shows(grant.getByRole('status'), 'Ada has now: customer, Clerk.');

    const places = ada.page.getByRole('navigation', { name: 'Console' });
    await ada.logIn('ada@example.com', 'correct horse battery', '/admin');
    await main.getByRole('link', { name: 'Staff' }).waitFor();
    await ada.page.getByRole('button', { name: 'Search' }).waitFor();
    expect(await places.getByRole('link').allTextContents()).toEqual(['Orders']);
    await ada.open('/admin/settings');
    await ada.page.getByText('This page is for another role than yours.').waitFor();

    await visitor.open('/admin/roles');
    await clerk.getByText('Change Clerk').click();
    await clerk.getByLabel('stock:read').check();
    await clerk.getByLabel('order:read').uncheck();
    await clerk.getByRole('button', { name: 'Save Clerk' }).click();
    await clerk.getByRole('listitem').filter({ hasText: 'stock:read' }).waitFor();
    await ada.open('/admin/warehouses');
    await places.getByRole('link', { name: 'Warehouses' }).waitFor();
    expect(await places.getByRole('link').allTextContents()).toEqual(['Warehouses', 'Low stock']);

    await clerk.getByRole('button', { name: 'Retire Clerk' }).click();
    await clerk.waitFor({ state: 'detached' });
    await ada.open('/admin/warehouses');
    await ada.page.getByText('This page is for another role than yours.').waitFor();
    expect(await main.getByRole('link', { name: 'Staff' }).count()).toBe(0);
  });

  it('approve the application of a merchant, and disable the merchant at once', async () => {
    const ada = await pages().enter();
    await ada.logIn('ada@example.com', 'correct horse battery');
    await ada.open('/account');
    const application = ada.page.getByRole('region', { name: 'Sell in this shop' });
    await application.getByText('You have not applied yet.').waitFor();
    await application.getByLabel('Name of your shop').fill('Clay and Co');
    await application.getByLabel('What you would like to sell, and why').fill('Mugs of clay.');
    await application.getByRole('button', { name: 'Apply to sell' }).click();
    await application.getByText('waits for a decision').waitFor();
    await ada.expectMannered('account-merchant');

    await visitor.open('/admin/merchants?status=APPLIED');
    const row = page.getByRole('row', { name: /Clay and Co/ });
    await row.getByText('Mugs of clay.').waitFor();
    await visitor.expectMannered('staff-merchants');
    await row.getByRole('button', { name: 'Approve Clay and Co' }).click();
    await page.getByText('No account is in this state.').waitFor();
    await ada.open('/account');
    await application.getByText('You may sell.').waitFor();
    await application.getByRole('link', { name: 'Selling' }).click();
    await ada.logIn('ada@example.com', 'correct horse battery', '/seller');
    await ada.page.getByText('You sell nothing yet.').waitFor();

    await visitor.open('/admin/merchants?status=APPROVED');
    await row.getByLabel('Reason for Clay and Co').fill('Fakes.');
    await row.getByRole('button', { name: 'Disable Clay and Co' }).click();
    await page.getByText('No account is in this state.').waitFor();
    await ada.open('/seller');
    await ada.page.getByText('This page is for another role than yours.').waitFor();
    await ada.open('/account');
    await application.getByText('Your shop is disabled. Fakes.').waitFor();
    await ada.leave();
  });

  it('see the settings without secrets', async () => {
    await visitor.open('/admin/settings');
    await page.getByRole('row', { name: /^WAYBILL_HTTP_PORT 0 / }).waitFor();
    await visitor.expectMannered('staff-settings');
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
    await visitor.logIn(pages().administrator.email, pages().administrator.password);
    await visitor.open('/orders');
    await page.getByText('You have no orders yet.').waitFor();
  });
});
