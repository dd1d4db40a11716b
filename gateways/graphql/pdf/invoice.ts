import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Language } from '../../../domain/kernel';
import { formatMoney, type Money } from '../../../domain/money';
import type { Invoice, InvoiceParty } from '../../../projections/invoices';
import { pdfGate } from './gate';
import { labelsIn, type Labels } from './invoice-labels';
import { PageWriter, type Cell } from './page-writer';

/** The part of an invoice that the PDF shows. */
export type ShownInvoice = Pick<
  Invoice,
  'kind' | 'number' | 'issuedOn' | 'settledOn' | 'corrects' | 'issuer' | 'billedTo' | 'lines' | 'shipping'
> &
  Pick<Invoice, 'other' | 'tax' | 'total'> & {
    readonly orderNumber: string;
    /** Of the labels: the one that the customer has chosen; null for none, which is English. */
    readonly language: Language | null;
  };

const columns = {
  name: { x: 50, width: 225 },
  quantity: { x: 280, width: 45, align: 'right' },
  unitPrice: { x: 330, width: 70, align: 'right' },
  discount: { x: 405, width: 65, align: 'right' },
  amount: { x: 475, width: 70, align: 'right' },
} as const;

/** The labels of sums are left of the amounts. */
const label = { x: 280, width: 190, align: 'right' } as const;

/** Another request runs after so many rows. */
const ROWS_AT_ONCE = 20;

const parties = async (
  page: PageWriter,
  { issuer, billedTo }: ShownInvoice,
  labels: Labels,
): Promise<void> => {
  const linesOf = ({ name, address, taxId }: InvoiceParty): readonly string[] => [
    name,
    ...address,
    ...(taxId === null ? [] : [labels.taxNumber(taxId)]),
  ];
  const [from, to] = [linesOf(issuer), linesOf(billedTo)];
  await page.row([
    { text: labels.from, x: 50, width: 240, isBold: true },
    { text: labels.billedTo, x: 305, width: 240, isBold: true },
  ]);
  for (let index = 0; index < Math.max(from.length, to.length); index += 1)
    await page.row([
      { text: from[index] ?? '', x: 50, width: 240 },
      { text: to[index] ?? '', x: 305, width: 240 },
    ]);
};

const facts = async (page: PageWriter, invoice: ShownInvoice, labels: Labels): Promise<void> => {
  const { kind, number, issuedOn, settledOn, corrects, orderNumber } = invoice;
  const isNote = kind === 'CREDIT_NOTE';
  const rows = [
    [labels.kinds[kind], number],
    [labels.date, issuedOn],
    ...(corrects === null ? [] : [[labels.corrects, corrects] as const]),
    [labels.order, orderNumber],
    [isNote ? labels.refundedOn : labels.paidOn, settledOn],
  ] as const;
  for (const [name, value] of rows)
    await page.row([
      { text: name, x: 50, width: 100, isBold: true },
      { text: value, x: 155, width: 390 },
    ]);
};

const money = (sum: Money | null): string => (sum === null ? '' : formatMoney(sum));

const rate = (hundredths: number): string => `${hundredths / 100} %`;

const lines = async (
  page: PageWriter,
  { lines: rows, tax, shipping, other }: ShownInvoice,
  labels: Labels,
): Promise<void> => {
  const ofRate = (category: string | null): string => {
    const entry = tax?.entries.find((one) => one.category === category);
    return entry === undefined ? '' : `, ${labels.tax(rate(entry.rateHundredths))}`;
  };
  const heading = (text: string, column: Omit<Cell, 'text'>): Cell => ({ text, ...column, isBold: true });
  await page.row([
    heading(labels.goods, columns.name),
    heading(labels.pieces, columns.quantity),
    heading(labels.price, columns.unitPrice),
    heading(labels.discount, columns.discount),
    heading(labels.amount, columns.amount),
  ]);
  page.rule();
  for (const [index, { sku, name, quantity, unitPrice, discount, amount, taxCategory }] of rows.entries()) {
    if (index % ROWS_AT_ONCE === 0) await nextTurn();
    await page.row([
      { text: `${name} (${sku}${ofRate(taxCategory)})`, ...columns.name },
      { text: String(quantity), ...columns.quantity },
      { text: money(unitPrice), ...columns.unitPrice },
      { text: discount === null ? '' : `-${money(discount)}`, ...columns.discount },
      { text: money(amount), ...columns.amount },
    ]);
  }
  if (shipping !== null)
    await page.row([
      { text: labels.shipping(shipping.name), ...columns.name },
      { text: money(shipping.charge), ...columns.amount },
    ]);
  if (other !== null)
    await page.row([
      { text: labels.other, ...columns.name },
      { text: money(other), ...columns.amount },
    ]);
};

const sums = async (page: PageWriter, { kind, tax, total }: ShownInvoice, labels: Labels): Promise<void> => {
  page.rule();
  for (const entry of tax?.entries ?? []) {
    const [country, isIncluded] = [tax?.country ?? '', tax?.isIncluded === true];
    const of = { country, rate: rate(entry.rateHundredths), net: money(entry.net), isIncluded };
    await page.row([
      { text: labels.taxOn(of), ...label },
      { text: money(entry.tax), ...columns.amount },
    ]);
  }
  await page.row([
    { text: kind === 'CREDIT_NOTE' ? labels.givenBack : labels.total, ...label, isBold: true },
    { text: money(total), ...columns.amount, isBold: true },
  ]);
};

const render = async (invoice: ShownInvoice): Promise<Buffer> => {
  const { number, issuer, issuedOn: day } = invoice;
  const page = new PageWriter({ title: number, author: issuer.name, day });
  const labels = labelsIn[invoice.language ?? 'en'];
  await page.row([{ text: `${labels.kinds[invoice.kind]} ${number}`, x: 50, width: 495, isBold: true }], 18);
  page.gap();
  await parties(page, invoice, labels);
  page.gap();
  await facts(page, invoice, labels);
  page.gap();
  await lines(page, invoice, labels);
  await sums(page, invoice, labels);
  return page.end();
};

/**
 * Returns an invoice as a PDF: the same bytes for the same invoice in the same language.
 *
 * @throws Fault `OVERLOADED` while many are made.
 */
export const renderInvoice = (invoice: ShownInvoice): Promise<Buffer> => pdfGate.run(() => render(invoice));
