import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { servePages } from '../../gateways/pages';
import { startBrowser, Visitor } from '../support/browser/browser';
import { Shopper } from '../support/graphql/shopper';
import { describeOn } from '../support/process/real-engine';
import { topSpeed, WaybillHome, type RunningWaybill } from '../support/process/waybill';

const root = join(__dirname, '../..');
const run = promisify(execFile);

const FILE = /<!-- file (?<file>\S+) -->\n\n```tsx\n(?<text>[^]*?)```/g;
const CHANGE = /<!-- change of (?<file>\S+) -->\n\n```diff\n(?<diff>[^]*?)\n```/g;

const marked = (diff: string, marks: RegExp): string =>
  diff
    .split('\n')
    .filter((line) => marks.test(line))
    .map((line) => line.slice(1))
    .join('\n');

/** Makes every step of the page in a copy of `web/`. @returns how many files it touched. */
const follow = async (page: string, copy: string): Promise<number> => {
  const files = [...page.matchAll(FILE)];
  for (const { groups } of files) await writeFile(join(copy, groups!['file']!), groups!['text']!);
  const changes = [...page.matchAll(CHANGE)];
  for (const { groups } of changes) {
    const path = join(copy, groups!['file']!);
    const before = await readFile(path, 'utf8');
    const context = marked(groups!['diff']!, /^ /);
    expect(before).toContain(context);
    await writeFile(path, before.replace(context, marked(groups!['diff']!, /^[ +]/)));
  }
  return files.length + changes.length;
};

/** Has the browser take the pages from a built copy, and everything else from the running Waybill. */
const showCopy = async ({ page }: Visitor, pages: string): Promise<FastifyInstance> => {
  const app = Fastify();
  await app.register(servePages(pages));
  await page.route('**/*', async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    if (pathname === '/graphql') return route.continue();
    const { statusCode, headers, rawPayload } = await app.inject({
      url: `${pathname}${search}`,
      headers: { accept: request.headers()['accept'] ?? '' },
    });
    const entries = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
    return route.fulfill({ status: statusCode, headers: Object.fromEntries(entries), body: rawPayload });
  });
  return app;
};

const unpaidOrderOf = async (customer: Shopper): Promise<string> => {
  const [product = ''] = await customer.productsOnHand(1);
  await customer.addToCart(product, 1);
  const { order } = await customer.ask<{ readonly order: { readonly id: string } }>(
    'mutation { placeOrder(input: { destination: { x: 3, y: 9 } }) { ... on PlaceOrderSuccess { order { id } } } }',
  );
  return order.id;
};

describeOn('WAYBILL_TEST_CHROMIUM', 'docs/how-to/add-a-page.md', (chromium) => {
  let copy: string;
  let browser: Browser;
  let home: WaybillHome;
  let waybill: RunningWaybill | undefined;

  beforeAll(async () => {
    // Beside the project's modules, which the copy uses.
    copy = await mkdtemp(join(root, 'node_modules/.cache-page-'));
    [browser, home] = await Promise.all([startBrowser(chromium), WaybillHome.make()]);
  });
  afterAll(async () => {
    await browser.close();
    await waybill?.close();
    await home.remove();
    await rm(copy, { recursive: true, force: true });
  });

  it('leads to a page with a filter, live updates and an action, in three files', async () => {
    for (const each of ['web', 'tsconfig.json', 'docs/reference/schema.graphql'])
      await cp(join(root, each), join(copy, each), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    const page = await readFile(join(root, 'docs/how-to/add-a-page.md'), 'utf8');
    expect(await follow(page, copy)).toBe(3);
    await run('node_modules/.bin/tsc', ['-p', 'web/tsconfig.json'], { cwd: copy });
    await run('node_modules/.bin/vite', ['build', 'web', '--logLevel', 'error'], { cwd: copy });
    // The copy's build wrote the list of its documents there.
    waybill = await home.start({ ...topSpeed, WAYBILL_TRUSTED_DOCUMENTS: join(copy, 'dist') });
    const customer = await Shopper.signUp(waybill.url, 'ada@example.com');
    const paid = await unpaidOrderOf(customer);
    await unpaidOrderOf(customer);
    const staff = await Visitor.enter(browser, waybill.url);
    const app = await showCopy(staff, join(copy, 'dist/web'));
    try {
      const { email, password = '' } = waybill.administrator!;
      await staff.logIn(email, password, '/admin');
      await staff.page.getByRole('link', { name: 'Staff' }).click();
      await staff.page.getByRole('link', { name: 'Unpaid orders' }).click();
      await staff.settled();
      const rows = staff.page.locator('tbody tr');
      expect(await rows.count()).toBe(2);
      expect(await staff.violations()).toEqual([]);
      // Live: the customer pays, and the page shows it by itself.
      await staff.page.waitForTimeout(500);
      await customer.ask(
        `mutation { payOrder(input: { orderId: "${paid}", paymentMethod: "test" }) { __typename } }`,
      );
      await rows.filter({ hasNotText: 'PLACED' }).waitFor();
      await staff.page.getByRole('button', { name: 'Cancel' }).click();
      await rows.filter({ hasText: 'CANCELLED' }).waitFor();
      await staff.page.getByLabel('Placed since').fill('2100-01-01');
      await staff.page.getByText('Every order is paid.').waitFor();
      expect(staff.page.url()).toContain('since=2100-01-01');
      expect(staff.trouble).toEqual({ outside: [], errors: [] });
    } finally {
      await staff.leave();
      await app.close();
    }
  }, 120_000);
});
