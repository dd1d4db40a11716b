import type { Instant } from '../../../domain/kernel';
import { money, type CurrencyCode } from '../../../domain/money';
import { textOfPdf } from '../../../tests/support/pdf/text-of-pdf';
import { renderDeliveryNote, type ShownDeliveryNote } from './delivery-note';

const note: ShownDeliveryNote = {
  ...{ orderNumber: '1001', soldAt: '2026-11-30T09:00:00.000Z' as Instant, shipmentNumber: '9007' },
  language: null,
  shipTo: {
    ...{ recipient: 'Grace', line1: '1 Quay', line2: null, city: 'Hull', region: null, postalCode: 'HU1' },
    ...{ country: 'GB', telephone: null },
  },
  noteToSeller: 'Please pack it well.',
  giftMessage: null,
  lines: [{ sku: 'MUG', name: 'Dockside mug', quantity: 2, unitPrice: money(890, 'GBP' as CurrencyCode) }],
};

it('shows the parcel, where it goes, the note and the goods with their prices', async () => {
  const text = textOfPdf(await renderDeliveryNote(note));
  for (const expected of [
    ...['Delivery note 1001', '2026-11-30', '9007', 'Grace', '1 Quay', 'HU1 Hull', 'United Kingdom'],
    ...['Please pack it well.', 'Dockside mug (MUG)', '£8.90'],
  ])
    expect(text).toContain(expected);
});

it('shows the lines of a message, and no column of prices where there are none', async () => {
  const lines = note.lines.map((line) => ({ ...line, unitPrice: null }));
  const text = textOfPdf(await renderDeliveryNote({ ...note, lines, giftMessage: 'For you\nAda' }));
  for (const expected of ['A message for you', 'For you', 'Ada', 'Dockside mug (MUG)'])
    expect(text).toContain(expected);
  expect(text).not.toMatch(/£|Price|invoice/);
});

it('is in Chinese for a customer who has chosen it, and the same each time', async () => {
  const [one, other] = [
    await renderDeliveryNote({ ...note, language: 'zh' }),
    await renderDeliveryNote({ ...note, language: 'zh' }),
  ];
  for (const mark of '送货单订日期包裹收地址给卖家的留言商品数量价英国')
    expect(textOfPdf(one)).toContain(mark);
  expect(one.equals(other)).toBe(true);
});
