import type { Page } from 'playwright-core';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { photo } from '../support/pictures/samples';

const PASSWORD = 'correct horse battery';

describePages('pictures of products', (pages) => {
  let visitor: Visitor;
  let page: Page;
  let productId: string;

  const choose = (name: string, buffer: Buffer, mimeType = 'image/jpeg'): Promise<void> =>
    page.getByLabel('Add pictures').setInputFiles({ name, mimeType, buffer });

  /** Waits until a picture is not only there but drawn. */
  const drawn = (name: string | RegExp): Promise<void> =>
    page.getByRole('img', { name }).evaluate(
      (image) =>
        new Promise<void>((resolve, reject) => {
          const shown = image as unknown as { complete: boolean; naturalWidth: number; onload: () => void };
          const look = () => (shown.naturalWidth > 0 ? resolve() : reject(new Error('It is not drawn')));
          if (shown.complete) look();
          else shown.onload = look;
        }),
    );

  beforeAll(async () => {
    const { url } = pages().waybill;
    const staff = await pages().staff();
    await Shopper.signUp(url, 'sam@example.com');
    await staff.ask(
      'mutation { grantRole(input: { email: "sam@example.com", role: seller }) { __typename } }',
    );
    visitor = await pages().enter();
    page = visitor.page;
    await visitor.logIn('sam@example.com', PASSWORD, '/seller');
    const sam = await Shopper.logIn(url, 'sam@example.com', PASSWORD);
    const price = { amountMinor: 500, currency: 'GBP' };
    const input = { sku: 'LAMP-77', name: 'Picture lamp', description: '', category: 'lighting', price };
    const { product } = await sam.send<{ product: { id: string } }>(
      'registerProduct',
      { ...input, sellerId: sam.id },
      'product { id }',
    );
    productId = product.id;
  }, 30_000);

  it('are uploaded, described, put in order and saved by their seller', async () => {
    await visitor.open(`/seller/products/${productId}`);
    await page.getByText('No picture yet.').waitFor();
    await choose('front.jpg', await photo('jpeg'));
    await drawn('Picture 1');
    await choose('back.png', await photo('png', { seed: 2 }), 'image/png');
    await drawn('Picture 2');
    await page.getByText('Not saved yet.').waitFor();
    await page.getByRole('button', { name: 'Move picture 2 forward' }).click();
    await page.getByLabel('What it shows, in English (optional)').first().fill('The lamp from behind.');
    await page.getByLabel('What it shows, in Chinese (optional)').first().fill('灯的背面。');
    await page.getByRole('button', { name: 'Save the pictures' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await visitor.expectMannered('seller-pictures');
  });

  it('show what is wrong with a file that is none, or too large, and keep the others', async () => {
    await choose(
      'virus.jpg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    );
    await page.getByText('virus.jpg was not added.').waitFor();
    await page.getByRole('alert').filter({ hasText: 'JPEG, PNG or WebP' }).waitFor();
    await choose('huge.jpg', Buffer.concat([await photo('jpeg'), Buffer.alloc(9_000_000)]));
    await page.getByRole('alert').filter({ hasText: 'over 8 MiB' }).waitFor();
    await choose('half.jpg', (await photo('jpeg')).subarray(0, 900));
    await page.getByRole('alert').filter({ hasText: 'damaged or cut off' }).waitFor();
    expect(await page.getByRole('button', { name: /^Remove picture/ }).count()).toBe(2);
    // The browser itself logs each answer that is an error.
    expect(visitor.trouble.errors.splice(0)).toHaveLength(2);
    await visitor.expectMannered('seller-pictures-refused');
  });

  it('are shown to shoppers in their order, with the words of the seller', async () => {
    const shopper = await pages().enter();
    ({ page } = shopper);
    await shopper.open(`/products/${productId}`);
    await drawn('The lamp from behind.');
    await page.getByRole('button', { name: 'Show picture 2' }).click();
    await drawn('Picture lamp, picture 2');
    await shopper.expectMannered('product-pictures');
    await shopper.open('/?query=picture+lamp');
    await page.locator('.card img[src*="/media/"]').waitFor();
    await shopper.open(`/products/${productId}`);
    await page.getByRole('button', { name: '中文' }).click();
    await drawn('灯的背面。');
    expect(await shopper.violations()).toEqual([]);
    ({ page } = visitor);
  });

  it('are added to a review by its author, shown to all, and removed by an edit', async () => {
    const author = await pages().enter();
    ({ page } = author);
    await author.signUp('Ada Lovelace');
    await author.open(`/products/${productId}`);
    await page.getByLabel('Add pictures').setInputFiles({
      ...{ name: 'at-home.jpg', mimeType: 'image/jpeg' },
      buffer: await photo('jpeg', { seed: 5 }),
    });
    await page.getByRole('button', { name: 'Remove picture 1' }).waitFor();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.locator('.review .pictures img').waitFor();
    await author.expectMannered('review-photos');
    await page.getByRole('button', { name: 'Remove picture 1' }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.locator('.review .pictures img').waitFor({ state: 'detached' });
    ({ page } = visitor);
  });

  it('are removed by their seller', async () => {
    await visitor.open(`/seller/products/${productId}`);
    await page.getByRole('button', { name: 'Remove picture 1' }).click();
    await page.getByRole('button', { name: 'Save the pictures' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await page.reload();
    await drawn('Picture 1');
    expect(await page.getByRole('button', { name: /^Remove picture/ }).count()).toBe(1);
  });
});
