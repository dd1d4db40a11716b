import { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

describePages('the pages in a browser', (pages) => {
  let visitor: Visitor;

  beforeEach(async () => {
    visitor = await Visitor.enter(pages().browser, pages().waybill.url);
  });
  afterEach(async () => {
    await visitor.leave();
    expect(visitor.trouble).toEqual({ outside: [], errors: [] });
  });

  it('show the catalogue of a new shop to a guest', async () => {
    await visitor.open('/');
    await visitor.page.getByRole('link', { name: 'Harbour lamp' }).waitFor();
    expect(await visitor.page.locator('.card').count()).toBe(12);
  });

  it.each(['/', '/?query=mug', '/?query=nothing-like-it', '/log-in', '/sign-up', '/admin', '/no-such-page'])(
    'have no fault that axe finds, at %s',
    async (address) => {
      await visitor.open(address);
      expect(await visitor.violations()).toEqual([]);
    },
  );

  it('show the usual order where the address names one that does not exist', async () => {
    await visitor.open('/?sort=NO_SUCH_ORDER');
    await visitor.page.getByRole('link', { name: 'Harbour lamp' }).waitFor();
    expect(await visitor.page.getByLabel('Sort by').inputValue()).toBe('NAME');
  });

  it('sign a customer up, who puts a lamp into the cart', async () => {
    await visitor.signUp('Ada Lovelace');
    await visitor.page.getByRole('link', { name: 'Harbour lamp' }).click();
    await visitor.page.getByRole('button', { name: 'Add to cart' }).click();
    await visitor.page.getByText('In your cart.').waitFor();
  });

  it('speak Chinese where the visitor wants it, also after a reload', async () => {
    await visitor.open('/');
    await visitor.page.getByRole('button', { name: '中文' }).click();
    await visitor.page.getByRole('heading', { name: '商店' }).waitFor();
    await visitor.page.reload();
    await visitor.page.getByRole('heading', { name: '商店' }).waitFor();
    expect(await visitor.violations()).toEqual([]);
  });

  it('say that a page failed whose script cannot be loaded, inside the frame', async () => {
    await visitor.page.route('**/assets/sign-up-*.js', (route) => route.abort());
    await visitor.page.goto('/sign-up');
    await visitor.page.getByRole('heading', { name: 'This page failed.' }).waitFor();
    await visitor.page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.getByRole('link', { name: 'Shop' }).click();
    await visitor.page.getByRole('link', { name: 'Harbour lamp' }).waitFor();
    visitor.trouble.errors.length = 0;
  });

  it('are kept by the browser for ever but for the frame, which is requested again', async () => {
    const { page } = visitor;
    const loaded = new Map<string, Readonly<Record<string, string>>>();
    page.on('response', (response) => loaded.set(new URL(response.url()).pathname, response.headers()));
    await visitor.open('/');
    await page.waitForLoadState('networkidle');
    const assets = [...loaded].filter(([path]) => path.startsWith('/assets/'));
    expect(assets.length).toBeGreaterThan(2);
    for (const [path, headers] of assets)
      expect({ path, ...headers }).toMatchObject({
        ...{ path, 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' },
        // A file of a few bytes has no compressed copy.
        ...(Number(headers['content-length']) > 255 && { 'content-encoding': 'br' }),
      });
    expect(loaded.get('/')?.['cache-control']).toBe('no-cache');
    await page.goto('about:blank');
    await visitor.open('/');
    await page.waitForLoadState('networkidle');
    // Nothing that the browser has kept came over the network again.
    expect(
      await page.evaluate(`performance.getEntriesByType('resource')
        .filter(({ name, transferSize }) => name.includes('/assets/') && transferSize > 0).map(({ name }) => name)`),
    ).toEqual([]);
  });

  it('load less than 120 KB of scripts for the first page', async () => {
    let bytes = 0;
    visitor.page.on('response', (response) => {
      if (response.url().endsWith('.js'))
        void response
          .request()
          .sizes()
          .then(({ responseBodySize }) => (bytes += responseBodySize));
    });
    await visitor.open('/');
    await visitor.page.waitForLoadState('networkidle');
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(120_000);
  });
});
