import { readFile } from 'node:fs/promises';
import type { Download } from 'playwright-core';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { textOfPdf } from '../support/pdf/text-of-pdf';

const saved = async (download: Download): Promise<Buffer> => readFile(await download.path());

const savedBy = async ({ page }: Visitor, button: string): Promise<Download> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return download;
};

describePages('invoices', (pages) => {
  const number = `INV-${new Date().getUTCFullYear()}-000001`;
  let orderId = '';

  it('are on the page of a paid order, as PDF', async () => {
    const visitor = await pages().enter();
    const { page } = visitor;
    await visitor.signUp('张伟', 'zhang.wei');
    await visitor.addToCart('Harbour lamp');
    await visitor.open('/checkout');
    await page.getByLabel('East (x)').fill('3');
    await page.getByLabel('North (y)').fill('4');
    await page.getByRole('button', { name: 'Place the order for £34.50' }).click();
    await page.waitForURL(/\/orders\//);
    orderId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByRole('row', { name: new RegExp(`^${number} Invoice .* £34\\.50`) }).waitFor();
    const download = await savedBy(visitor, `Download ${number} as PDF`);
    expect(download.suggestedFilename()).toBe(`${number}.pdf`);
    const text = textOfPdf(await saved(download));
    for (const expected of [`Invoice ${number}`, '张', '伟', 'Harbour lamp', '£34.50'])
      expect(text).toContain(expected);
  });

  it('are listed for staff, with a file for the tax adviser', async () => {
    const console = await pages().enterAsAdministrator();
    const { page } = console;
    await console.open(`/admin/orders/${orderId}`);
    await page.getByRole('button', { name: `Download ${number} as PDF` }).waitFor();
    await console.open('/admin');
    await page.getByRole('link', { name: 'Invoices' }).click();
    await page.getByRole('row', { name: new RegExp(`^${number} Invoice .* 张伟 £34\\.50`) }).waitFor();
    await console.expectMannered('staff-invoices');
    const csv = (await saved(await savedBy(console, 'Download all as CSV'))).toString();
    expect(csv).toContain('number,kind,date,settled,corrects,order,customer,currency,total');
    expect(csv).toContain(`${number},INVOICE,`);
    expect(csv).toContain('张伟,GBP,34.5');
    await page.getByLabel('Series').fill('CN-1999');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('There are none.').waitFor();
  });
});
