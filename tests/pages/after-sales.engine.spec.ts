import type { Page } from 'playwright-core';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { photo } from '../support/pictures/samples';

describePages('after-sales requests on the pages of customers, staff and sellers', (pages) => {
  let visitor: Visitor;
  let page: Page;
  let desk: Visitor;

  beforeAll(async () => {
    visitor = await pages().enter();
    await visitor.signUp('Grace Hopper');
    ({ page } = visitor);
    desk = await pages().enterAsAdministrator();
  });

  const statusIs = (status: string): Promise<void> => page.locator(`[data-request="${status}"]`).waitFor();

  const deskStatusIs = (status: string): Promise<void> =>
    desk.page.locator(`[data-request="${status}"]`).waitFor();

  /** Opens the newest request in the console, by the menu. */
  const openRequest = async (): Promise<void> => {
    await desk.open('/admin');
    await desk.page.getByRole('link', { name: 'After-sales requests' }).click();
    await desk.page
      .getByRole('link', { name: /^Request 1 of order/ })
      .first()
      .click();
    await deskStatusIs('REQUESTED');
  };

  /** Unfolds the form of a step, fills its inputs by their labels, and sends it. */
  const byForm = async (
    on: Page,
    step: string,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const form = on.locator('details').filter({ has: on.getByText(step, { exact: true }) });
    await form.locator('summary').click();
    for (const [label, value] of Object.entries(inputs)) await form.getByLabel(label).fill(value);
    await form.getByRole('button', { name: step }).click();
  };

  /** Requests pieces of the mug that was delivered. */
  const request = async (kind: string, pieces: string): Promise<void> => {
    await page.getByText('Request a refund, a return or an exchange').click();
    await page.getByLabel('Request', { exact: true }).selectOption(kind);
    await page.getByLabel('Pieces of Dockside mug').fill(pieces);
    await page.getByLabel('Description').fill('It is cracked.');
    await page.getByLabel('Add pictures').setInputFiles({
      ...{ name: 'crack.jpg', mimeType: 'image/jpeg' },
      buffer: await photo('jpeg', { seed: 7 }),
    });
    await page.getByRole('button', { name: 'Remove picture 1' }).waitFor();
    await page.getByLabel(/^Address of a picture/).fill('https://pictures.example/crack.png');
    await page.getByRole('button', { name: 'Send the request' }).click();
    await statusIs('REQUESTED');
    await page.locator('.cards .pictures img').first().waitFor();
  };

  it('return goods: from the request to the money', async () => {
    await visitor.addToCart('Dockside mug');
    await visitor.open('/checkout');
    await page.getByRole('application').click();
    await page.getByRole('button', { name: /Place the order for/ }).click();
    await page.locator('[data-status="FULFILLED"]').waitFor();

    await request('RETURN', '1');
    expect(await visitor.violations()).toEqual([]);
    await openRequest();
    await desk.page.getByText('It is cracked.').waitFor();
    const evidence = desk.page.getByRole('link', { name: 'https://pictures.example/crack.png' });
    expect(await evidence.getAttribute('rel')).toBe('noreferrer');
    await desk.page.getByRole('img', { name: 'Picture 1' }).waitFor();
    await desk.expectMannered('staff-after-sales-request');
    await byForm(desk.page, 'Approve', {
      'Answer to the customer': 'We are sorry.',
      'Address for the goods': 'Dock 4',
    });
    await deskStatusIs('AWAITING_PARCEL');
    await page.reload();
    await statusIs('AWAITING_PARCEL');
    await page.getByText('Send to: Dock 4').waitFor();
    await page.getByLabel('Carrier').fill('Post');
    await page.getByLabel('Tracking number of your parcel').fill('RT-1');
    await page.getByRole('button', { name: 'I have sent the goods' }).click();
    await statusIs('IN_TRANSIT');
    await desk.page.reload();
    await deskStatusIs('IN_TRANSIT');
    await byForm(desk.page, 'The parcel has arrived');
    await deskStatusIs('RECEIVED');
    await byForm(desk.page, 'Record the inspection', {
      'Dockside mug: pieces good as new': '1',
      'Dockside mug: pieces accepted, but not sold again': '0',
      'Dockside mug: pieces not accepted': '0',
    });
    await desk.page.getByText('You can do nothing about it now.').waitFor();
    await page.reload();
    await page.locator('[data-request="REFUNDED"]').or(page.locator('[data-request="REFUNDING"]')).waitFor();
    await page.locator('[data-status="REFUNDED"]').waitFor();
    await page.reload();
    await statusIs('REFUNDED');
    await page.getByText('Refunded: £').waitFor();
  });

  it('show staff the requests of a status', async () => {
    await desk.open('/admin/after-sales');
    await desk.page.getByRole('link', { name: /^Request 1 of order/ }).waitFor();
    await desk.expectMannered('staff-after-sales');
    await desk.page.getByLabel('Status').selectOption('REFUSED');
    await desk.page.getByText('There is no such request.').waitFor();
    await desk.page.getByLabel('Status').selectOption('REFUNDED');
    await desk.page.getByRole('link', { name: /^Request 1 of order/ }).waitFor();
  });

  it('say in Chinese how far a request is', async () => {
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('退货退款: 已退款').waitFor();
    expect(await visitor.violations()).toEqual([]);
  });

  it('let sellers decide about their own goods, and not about a dispute', async () => {
    const { url } = pages().waybill;
    const staff = await pages().staff();
    const seller = await Shopper.signUp(url, 'sam@example.com');
    const customer = await Shopper.signUp(url, 'ada@example.com');
    await staff.send('grantRole', { email: 'sam@example.com', role: 'seller' });
    const lantern = { sku: 'LAMP-77', name: 'Tin lantern', description: '', category: 'deck' };
    const price = { amountMinor: 900, currency: 'GBP' };
    const { product } = await seller.send<{ product: { id: string } }>(
      'registerProduct',
      { ...lantern, price, sellerId: seller.id },
      'product { id }',
    );
    const goods = { productId: product.id, quantity: 2 };
    await staff.send('receiveStock', { warehouseId: '1', ...goods });
    await customer.addToCart(product.id, 1);
    const orderId = await customer.place({ x: 3, y: 9 });
    await customer.waitFor(orderId, 'FULFILLED', 30_000);
    const { afterSalesRequest } = await customer.send<{ afterSalesRequest: { id: string } }>(
      'requestAfterSales',
      {
        ...{ orderId, kind: 'RETURN', description: 'Too dim.' },
        lines: [{ productId: product.id, quantity: 1, reason: 'NOT_AS_DESCRIBED' }],
      },
      'afterSalesRequest { id }',
    );

    const shop = await pages().enter();
    await shop.logIn('sam@example.com', 'correct horse battery', '/seller');
    await shop.open('/seller');
    await shop.page.getByRole('link', { name: 'After-sales requests' }).click();
    await shop.page.getByLabel('Status').selectOption('REQUESTED');
    await shop.page.getByRole('link', { name: /^Request 1 of order/ }).waitFor();
    await shop.expectMannered('seller-after-sales');
    await shop.page.getByRole('link', { name: /^Request 1 of order/ }).click();
    await shop.page.getByText('Too dim.').waitFor();
    await shop.expectMannered('seller-after-sales-request');
    await byForm(shop.page, 'Refuse', {
      'Answer to the customer': 'It is as described.',
    });
    await shop.page.locator('[data-request="REFUSED"]').waitFor();
    const { id: afterSalesId } = afterSalesRequest;
    await customer.send('disputeAfterSales', { afterSalesId, description: 'No.' });
    await shop.page.reload();
    await shop.page.locator('[data-request="ESCALATED"]').waitFor();
    await shop.page.getByText('You can do nothing about it now.').waitFor();
    await shop.page.getByRole('button', { name: '中文' }).click();
    await shop.page.getByText('由平台处理').waitFor();
    expect(await shop.violations()).toEqual([]);
  });
});
