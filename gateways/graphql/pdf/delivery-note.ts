import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant, Language, PostalAddress } from '../../../domain/kernel';
import { formatMoney, type Money } from '../../../domain/money';
import { pdfGate } from './gate';
import { PageWriter, type Cell } from './page-writer';

/** The part of a delivery note that the PDF shows. */
export type ShownDeliveryNote = {
  readonly orderNumber: string;
  readonly soldAt: Instant;
  /** Absent where it is about the order and not about one of its parcels. */
  readonly shipmentNumber: string | null;
  /** Of the labels; null for none, which is English. */
  readonly language: Language | null;
  readonly shipTo: { readonly [Field in keyof PostalAddress]: PostalAddress[Field] | null } | null;
  readonly noteToSeller: string | null;
  readonly giftMessage: string | null;
  readonly lines: readonly {
    readonly sku: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitPrice: Money | null;
  }[];
};

type Labels = Readonly<
  Record<
    | 'title'
    | 'order'
    | 'date'
    | 'parcel'
    | 'deliveredTo'
    | 'note'
    | 'message'
    | 'goods'
    | 'pieces'
    | 'price'
    | 'prices',
    string
  >
>;

const labelsIn: Readonly<Record<Language, Labels>> = {
  en: {
    ...{
      title: 'Delivery note',
      order: 'Order',
      date: 'Date',
      parcel: 'Parcel',
      deliveredTo: 'Delivered to',
    },
    ...{ note: 'Note to the seller', message: 'A message for you', goods: 'Goods', pieces: 'Pieces' },
    ...{ price: 'Price', prices: 'The invoice has discounts, shipping and tax.' },
  },
  zh: {
    ...{ title: '送货单', order: '订单号', date: '日期', parcel: '包裹', deliveredTo: '收货地址' },
    ...{ note: '给卖家的留言', message: '给您的祝福', goods: '商品', pieces: '数量' },
    ...{ price: '单价', prices: '折扣、运费和税额见发票。' },
  },
};

const columns = {
  label: { x: 50, width: 100 },
  value: { x: 155, width: 390 },
  name: { x: 50, width: 350 },
  quantity: { x: 405, width: 55, align: 'right' },
  price: { x: 465, width: 80, align: 'right' },
} as const;

const DAY_LENGTH = '2026-01-31'.length;

/** Another request runs after so many rows. */
const ROWS_AT_ONCE = 20;

const bold = (text: string, column: Omit<Cell, 'text'>): Cell => ({ text, ...column, isBold: true });

/** Writes a text of several lines after its label. */
const words = async (page: PageWriter, label: string, lines: readonly string[]): Promise<void> => {
  if (lines.length === 0) return;
  for (const [index, text] of lines.entries())
    await page.row([bold(index === 0 ? label : '', columns.label), { text, ...columns.value }]);
};

const linesOf = (text: string | null): readonly string[] => text?.split(/\r?\n/) ?? [];

const addressOf = ({ shipTo, language }: ShownDeliveryNote): readonly string[] => {
  if (shipTo === null) return [];
  const { recipient, line1, line2, postalCode, city, region, country, telephone } = shipTo;
  const town = [postalCode, city, region].filter(Boolean).join(' ');
  const name = country && new Intl.DisplayNames(language ?? 'en', { type: 'region' }).of(country);
  return [recipient, line1, line2, town, name, telephone].flatMap((line) => (line ? [line] : []));
};

const goods = async (page: PageWriter, { lines }: ShownDeliveryNote, labels: Labels): Promise<void> => {
  const hasPrices = lines.some(({ unitPrice }) => unitPrice !== null);
  await page.row([
    bold(labels.goods, columns.name),
    bold(labels.pieces, columns.quantity),
    bold(hasPrices ? labels.price : '', columns.price),
  ]);
  page.rule();
  for (const [index, { sku, name, quantity, unitPrice }] of lines.entries()) {
    if (index % ROWS_AT_ONCE === 0) await nextTurn();
    await page.row([
      { text: `${name} (${sku})`, ...columns.name },
      { text: String(quantity), ...columns.quantity },
      { text: unitPrice === null ? '' : formatMoney(unitPrice), ...columns.price },
    ]);
  }
  page.gap();
  if (hasPrices) await page.row([{ text: labels.prices, x: page.left, width: 495 }]);
};

const render = async (note: ShownDeliveryNote): Promise<Buffer> => {
  const { orderNumber, shipmentNumber, soldAt, language } = note;
  const labels = labelsIn[language ?? 'en'];
  const title = `${labels.title} ${orderNumber}`;
  const day = soldAt.slice(0, DAY_LENGTH);
  const page = new PageWriter({ title, author: 'Waybill', day });
  await page.row([bold(title, { x: page.left, width: 495 })], 18);
  page.gap();
  await words(page, labels.order, [orderNumber]);
  await words(page, labels.date, [day]);
  await words(page, labels.parcel, linesOf(shipmentNumber));
  await words(page, labels.deliveredTo, addressOf(note));
  await words(page, labels.note, linesOf(note.noteToSeller));
  await words(page, labels.message, linesOf(note.giftMessage));
  page.gap();
  await goods(page, note, labels);
  return page.end();
};

/**
 * Returns a delivery note as a PDF: the same bytes for the same content in the same language.
 *
 * @throws Fault `OVERLOADED` while many are made.
 */
export const renderDeliveryNote = (note: ShownDeliveryNote): Promise<Buffer> =>
  pdfGate.run(() => render(note));
