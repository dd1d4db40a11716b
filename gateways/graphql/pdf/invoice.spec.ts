import { invoiceDocument } from '../../../tests/support/graphql/invoices';
import { textOfPdf } from '../../../tests/support/pdf/text-of-pdf';
import { renderInvoice } from './invoice';

const shown = (more = {}) => ({ ...invoiceDocument(more), orderNumber: '1001', language: null });

it('shows what the invoice says', async () => {
  const text = textOfPdf(await renderInvoice(shown()));
  for (const expected of [
    ...['Invoice INV-2026-000007', 'Waybill Ltd', 'Tax number: GB 123', '1 Quay Street', '1001'],
    ...['Dockside mug (MUG, tax 20 %)', '£5.00', '-£1.00', '£9.00', 'Shipping: Parcel', '£12.00'],
    'GB contains tax 20 % on £10.00',
  ])
    expect(text).toContain(expected);
});

it('has Chinese text, and loses no character that its fonts lack', async () => {
  const text = textOfPdf(
    await renderInvoice(shown({ billedTo: { name: '张伟 龘 ก', address: [], taxId: null } })),
  );
  expect(text).toContain('张');
  expect(text).toContain('伟');
  expect(text).toContain('龘');
  expect(text).toContain('[U+0E01]');
});

it('has Chinese labels for a customer who has chosen Chinese', async () => {
  const chinese = { ...shown(), language: 'zh' as const };
  const text = textOfPdf(await renderInvoice(chinese));
  const note = textOfPdf(
    await renderInvoice({ ...chinese, kind: 'CREDIT_NOTE', corrects: 'INV-2026-000007' }),
  );
  // Glyphs of several parts of the font do not stand together.
  for (const mark of '发票销售方购买税号开日期订单付款商品数量价折扣金额运费内合计')
    expect(text).toContain(mark);
  for (const mark of '红字对应退') expect(note).toContain(mark);
  expect(text).toContain('INV-2026-000007');
  expect(text).not.toMatch(/Invoice|Billed|Goods|Total/);
});

it('is the same each time', async () => {
  const [one, other] = [await renderInvoice(shown()), await renderInvoice(shown())];
  expect(one.equals(other)).toBe(true);
});

it('has as many pages as it needs', async () => {
  const [line] = shown().lines;
  const lines = Array.from({ length: 200 }, (_, index) => ({
    ...line!,
    name: `Mug number ${index}, ${'long '.repeat(20)}`,
  }));
  const pdf = await renderInvoice(shown({ lines }));
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(5);
  expect(textOfPdf(pdf)).toContain('Mug number 199');
});

it('says that a credit note gives back', async () => {
  const note = { kind: 'CREDIT_NOTE', number: 'CN-2026-000001', corrects: 'INV-2026-000007', shipping: null };
  const text = textOfPdf(await renderInvoice(shown(note)));
  for (const expected of ['Credit note CN-2026-000001', 'Corrects invoice', 'Given back'])
    expect(text).toContain(expected);
});
