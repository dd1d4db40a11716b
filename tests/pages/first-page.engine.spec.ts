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
