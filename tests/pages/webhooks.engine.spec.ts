import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { topSpeed } from '../support/process/waybill';
import { eventually } from '../support/time/eventually';

type Received = { readonly body: string; readonly headers: Record<string, string> };

describePages(
  'the pages of webhooks',
  (pages) => {
    const received: Received[] = [];
    let status = 500;
    let server: Server;
    let url: string;

    beforeAll(async () => {
      server = createServer((request, response) => {
        void text(request).then((body) => {
          received.push({ body, headers: request.headers as Record<string, string> });
          response.writeHead(status).end('noted');
        });
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    it('of a seller add an endpoint, show its secret once, and send a failed delivery again', async () => {
      const staff = await pages().staff();
      await Shopper.signUp(pages().waybill.url, 'sam@example.com');
      const { account } = await staff.ask<{ readonly account: { readonly id: string } }>(
        'mutation { grantRole(input: { email: "sam@example.com", role: seller }) { ... on GrantRoleSuccess { account { id } } } }',
      );
      const visitor = await pages().enter();
      const { page } = visitor;
      await visitor.logIn('sam@example.com', 'correct horse battery', '/seller');
      await visitor.open('/seller/webhooks');
      await page.getByText('There is no endpoint yet.').waitFor();
      await page.getByText('Add an endpoint').first().click();
      const add = page.getByRole('button', { name: 'Add an endpoint' });
      await page.getByLabel('Events').selectOption('product.registered');
      await page.getByLabel('URL').fill('https://10.1.2.3/hooks');
      await add.click();
      await page.getByRole('alert').filter({ hasText: 'not-public' }).waitFor();
      await page.getByLabel('URL').fill(url);
      await add.click();
      const secret = (await page.locator('code').first().textContent()) ?? '';
      expect(secret).toMatch(/^whsec_/);
      await page.getByRole('link', { name: url }).waitFor();
      await visitor.expectMannered('seller-webhooks');

      await staff.ask(
        `mutation { registerProduct(input: { sku: "MUG", name: "Mug", description: "", category: "desk", price: { amountMinor: 500, currency: "GBP" }, sellerId: "${account.id}" }) { __typename } }`,
      );
      await eventually(() => received.length > 0);
      const [first] = received;
      expect(new Webhook(secret).verify(first!.body, first!.headers)).toMatchObject({
        ...{ type: 'product.registered', data: { sku: 'MUG' } },
      });
      await page.getByRole('link', { name: url }).click();
      await page.getByText('500', { exact: false }).first().waitFor();
      expect(page.url()).toContain('/seller/webhooks/');
      expect(await page.content()).not.toContain(secret);
      status = 204;
      await page.getByRole('button', { name: 'Send again' }).click();
      await page.getByText('It is sent again.').waitFor();
      await eventually(() => received.length > 1);
      expect(received[1]?.headers['webhook-id']).toBe(first!.headers['webhook-id']);
      await eventually(async () => {
        await visitor.open(page.url());
        return page.getByRole('cell', { name: 'Delivered' }).isVisible();
      });
      await visitor.expectMannered('seller-webhook-log');
    });

    it('of staff add an endpoint of the platform, replace its secret, disable and remove it', async () => {
      const visitor = await pages().enterAsAdministrator();
      const { page } = visitor;
      await visitor.open('/admin');
      await page.getByRole('link', { name: 'Webhooks' }).click();
      await page.getByText('Add an endpoint').first().click();
      await page.getByLabel('Events').selectOption(['order.paid', 'user.registered']);
      const ours = `${url}/shop`;
      await page.getByLabel('URL').fill(ours);
      await page.getByRole('button', { name: 'Add an endpoint' }).click();
      const row = page.getByRole('row', { name: ours });
      await row.getByText('The shop').waitFor();
      await row.getByRole('button', { name: 'New secret' }).click();
      await row.getByText('whsec_').waitFor();
      await row.getByText('The previous secret signs too until').waitFor();
      await row.getByRole('button', { name: 'Disable' }).click();
      await row.getByText('Disabled by a person').waitFor();
      await row.getByRole('button', { name: 'Enable' }).click();
      await row.getByText('Enabled').waitFor();
      await visitor.expectMannered('staff-webhooks');
      await row.getByRole('link', { name: ours }).click();
      await page.getByText('There is no delivery yet.').waitFor();
      await Shopper.signUp(pages().waybill.url, 'bea@example.com');
      await eventually(async () => {
        await visitor.open(page.url());
        return page.getByRole('cell', { name: 'Delivered' }).isVisible();
      });
      await visitor.expectMannered('staff-webhook-log');
      await page.getByRole('link', { name: 'All endpoints' }).click();
      // It cannot be undone, so it is not done by one click.
      await row.locator('summary', { hasText: 'Remove' }).click();
      await row.getByText('This cannot be undone.').waitFor();
      await row.getByRole('button', { name: 'Remove the endpoint' }).click();
      await row.waitFor({ state: 'detached' });
    });
  },
  { ...topSpeed, WAYBILL_WEBHOOKS_LOOPBACK: 'true' },
);
