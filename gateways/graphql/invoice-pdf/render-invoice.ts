import { setImmediate as nextTurn } from 'node:timers/promises';
import { formatMoney, type Money } from '../../../domain/money';
import { createGate } from '../../../platform/concurrency';
import type { Invoice, InvoiceParty } from '../../../projections/invoices';
import { PageWriter, type Cell } from './page-writer';

/** The part of an invoice that the PDF shows. */
export type ShownInvoice = Pick<
  Invoice,
  'kind' | 'number' | 'issuedOn' | 'settledOn' | 'corrects' | 'issuer' | 'billedTo' | 'lines' | 'shipping'
> &
  Pick<Invoice, 'other' | 'tax' | 'total'> & { readonly orderNumber: string };

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

const parties = async (page: PageWriter, { issuer, billedTo }: ShownInvoice): Promise<void> => {
  const linesOf = ({ name, address, taxId }: InvoiceParty): readonly string[] => [
    name,
    ...address,
    ...(taxId === null ? [] : [`Tax number: ${taxId}`]),
  ];
  const [from, to] = [linesOf(issuer), linesOf(billedTo)];
  await page.row([
    { text: 'From', x: 50, width: 240, isBold: true },
    { text: 'Billed to', x: 305, width: 240, isBold: true },
  ]);
  for (let index = 0; index < Math.max(from.length, to.length); index += 1)
    await page.row([
      { text: from[index] ?? '', x: 50, width: 240 },
      { text: to[index] ?? '', x: 305, width: 240 },
    ]);
};

const facts = async (page: PageWriter, invoice: ShownInvoice): Promise<void> => {
  const { kind, number, issuedOn, settledOn, corrects, orderNumber } = invoice;
  const isNote = kind === 'CREDIT_NOTE';
  const rows = [
    [isNote ? 'Credit note' : 'Invoice', number],
    ['Date', issuedOn],
    ...(corrects === null ? [] : [['Corrects invoice', corrects] as const]),
    ['Order', orderNumber],
    [isNote ? 'Refunded on' : 'Paid on', settledOn],
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
): Promise<void> => {
  const ofRate = (category: string | null): string => {
    const entry = tax?.entries.find((one) => one.category === category);
    return entry === undefined ? '' : `, tax ${rate(entry.rateHundredths)}`;
  };
  const heading = (text: string, column: Omit<Cell, 'text'>): Cell => ({ text, ...column, isBold: true });
  await page.row([
    heading('Goods', columns.name),
    heading('Pieces', columns.quantity),
    heading('Price', columns.unitPrice),
    heading('Discount', columns.discount),
    heading('Amount', columns.amount),
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
      { text: `Shipping: ${shipping.name}`, ...columns.name },
      { text: money(shipping.charge), ...columns.amount },
    ]);
  if (other !== null)
    await page.row([
      { text: 'Other sums', ...columns.name },
      { text: money(other), ...columns.amount },
    ]);
};

const sums = async (page: PageWriter, { kind, tax, total }: ShownInvoice): Promise<void> => {
  page.rule();
  for (const entry of tax?.entries ?? []) {
    const how = tax?.isIncluded === true ? 'contains tax' : 'tax';
    await page.row([
      { text: `${tax?.country ?? ''} ${how} ${rate(entry.rateHundredths)} on ${money(entry.net)}`, ...label },
      { text: money(entry.tax), ...columns.amount },
    ]);
  }
  await page.row([
    { text: kind === 'CREDIT_NOTE' ? 'Given back' : 'Total, paid', ...label, isBold: true },
    { text: money(total), ...columns.amount, isBold: true },
  ]);
};

const render = async (invoice: ShownInvoice): Promise<Buffer> => {
  const { number, issuer, issuedOn: day } = invoice;
  const page = new PageWriter({ title: number, author: issuer.name, day });
  const title = invoice.kind === 'CREDIT_NOTE' ? 'Credit note' : 'Invoice';
  await page.row([{ text: `${title} ${number}`, x: 50, width: 495, isBold: true }], 18);
  page.gap();
  await parties(page, invoice);
  page.gap();
  await facts(page, invoice);
  page.gap();
  await lines(page, invoice);
  await sums(page, invoice);
  return page.end();
};

/** They are made beside other requests, so not many at a time. */
const gate = createGate('the making of PDFs', { concurrentMax: 2, waitingMax: 64 });

/**
 * Returns an invoice as a PDF: the same bytes for the same invoice.
 *
 * @throws Fault `OVERLOADED` while many are made.
 */
export const renderInvoice = (invoice: ShownInvoice): Promise<Buffer> => gate.run(() => render(invoice));
