import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';

const flags = [
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
  // Pages that a test itself serves have no address, and could not reach 127.0.0.1.
  '--disable-features=LocalNetworkAccessChecks',
];

const pictures = join(__dirname, '../../../docs/images/pages');
/** The height to which a picture shows a page. */
const PICTURE_HEIGHT_MAX = 1_400;

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Errors that a visitor may not notice, and a test must. */
export type Trouble = { readonly outside: string[]; readonly errors: string[] };

/** An area of the pages with a log-in of its own, by its address. */
export type AreaPath = '/' | '/seller' | '/admin';

/** The names under which the browser keeps the sessions of the areas. */
export const sessionKeys = {
  '/': 'waybill.session',
  '/seller': 'waybill.session.merchant',
  '/admin': 'waybill.session.platform',
} as const satisfies Readonly<Record<AreaPath, string>>;

/** Ends the session as the server knows it, and gives the page an access token that has expired. */
const endSession = (key: string) => `(async () => {
  const session = JSON.parse(localStorage.getItem('${key}'));
  const query = 'mutation ($token: String!) { logOut(input: { refreshToken: $token }) { __typename } }';
  const variables = { token: session.refreshToken };
  await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  localStorage.setItem('${key}', JSON.stringify({ ...session, accessToken: 'expired' }));
  dispatchEvent(new StorageEvent('storage', { key: '${key}' }));
})()`;

/** A browser window of one visitor, whose session and storage are their own. */
export class Visitor {
  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    /** Requests to other hosts, and errors in the console. */
    readonly trouble: Trouble,
  ) {}

  static async enter(browser: Browser, url: string): Promise<Visitor> {
    // The policy of the pages lets no script in; axe is put in by the test.
    const context = await browser.newContext({ baseURL: url, locale: 'en-GB', bypassCSP: false });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const trouble: Trouble = { outside: [], errors: [] };
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
        trouble.outside.push(request.url());
    });
    page.on('pageerror', (error) => trouble.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') trouble.errors.push(message.text());
    });
    return new Visitor(page, context, trouble);
  }

  /** Opens a page as a new address, and waits until it has loaded its data. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  /** Waits until nothing on the page is loading. */
  async settled(): Promise<void> {
    await this.page.locator('h1').first().waitFor();
    await this.page.locator('.loading, main [aria-busy="true"]').first().waitFor({ state: 'detached' });
  }

  /** Returns what axe finds wrong with the page, a line each; with `rules`, only by these. */
  async violations(rules: readonly string[] = []): Promise<readonly string[]> {
    const options = JSON.stringify(rules.length === 0 ? {} : { runOnly: rules });
    const run = `(() => { ${axe}; return axe.run(${options}); })()`;
    const results = (await this.page.evaluate(run)) as AxeResults;
    return results.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary ?? ''}`),
    );
  }

  /** Signs up a new customer by the page. */
  async signUp(name: string, address = name.toLowerCase().replaceAll(' ', '.')): Promise<void> {
    const { page } = this;
    await this.open('/sign-up');
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('E-mail').fill(`${address}@example.com`);
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByRole('button', { name: 'Log out' }).waitFor();
  }

  /** Logs in in one area, at the start of which the visitor is then. */
  async logIn(email: string, password: string, area: AreaPath = '/'): Promise<void> {
    const { page } = this;
    await this.open(`/log-in?next=${area}`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Log out' }).waitFor();
  }

  /** Ends the session of an area; the page notices it at its next request. */
  async endSession(area: AreaPath = '/'): Promise<void> {
    await this.page.evaluate(endSession(sessionKeys[area]));
  }

  /** Puts one piece of a product into the cart, found by the search. */
  async addToCart(product: string): Promise<void> {
    const { page } = this;
    await this.open('/');
    await page.getByLabel('Search for products').fill(product);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: product }).click();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByText('In your cart.').waitFor();
  }

  /** Renews the picture of the page in the documentation, where pictures are renewed: from its top, not to its end if it is long. */
  async keepPicture(name: string, isWhole = false): Promise<void> {
    if (process.env['WAYBILL_GENERATE'] !== 'yes') return;
    const { width, height } = await this.page.evaluate<{ width: number; height: number }>(
      '({ width: innerWidth, height: document.documentElement.scrollHeight })',
    );
    const shown = { x: 0, y: 0, width, height: isWhole ? height : Math.min(height, PICTURE_HEIGHT_MAX) };
    await this.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true, clip: shown });
  }

  /** Returns by how many pixels the page, or a table on it, is wider than a phone. */
  async overflowOnPhone(): Promise<number> {
    const { page } = this;
    const size = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = await page.evaluate<number>(`Math.max(
      document.documentElement.scrollWidth - innerWidth,
      ...[...document.querySelectorAll('.scroll:has(table)')].map((each) => each.scrollWidth - each.clientWidth),
    )`);
    if (size) await page.setViewportSize(size);
    return overflow;
  }

  /**
   * Expects what holds for every page: axe finds nothing, in dark colours too, and a phone shows it without scrolling sideways.
   * Renews its picture.
   */
  async expectMannered(picture: string): Promise<void> {
    await this.settled();
    expect(await this.violations()).toEqual([]);
    await this.keepPicture(picture);
    await this.page.emulateMedia({ colorScheme: 'dark' });
    expect(await this.violations(['color-contrast'])).toEqual([]);
    await this.page.emulateMedia({ colorScheme: null });
    expect(await this.overflowOnPhone()).toBeLessThanOrEqual(0);
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}

/** Returns whether a request is for an operation of that name, of which the pages send the id. */
export const isOperation = (request: Request, name: string): boolean =>
  request.postData()?.includes(`"operationName":"${name}"`) === true;

/** Starts the Chromium of `path`. As root it needs to run without its sandbox. */
export const startBrowser = (path: string): Promise<Browser> =>
  chromium.launch({
    executablePath: path,
    args: [...flags, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
