import { groupBy } from './group-by';
import type { SourceLine } from './read-csv';
import { refuse, type Refusal, type SalesLine } from './sales-line';
import { SoldGoods } from './sold-goods';

/** The lines of the list from which an item is made. */
type FromLines = { readonly sources: readonly SourceLine[] };

export type PlannedProduct = FromLines & {
  readonly kind: 'product';
  readonly sku: string;
  /** Absent where no line has it. */
  readonly name?: string | undefined;
  readonly category?: string | undefined;
  readonly priceMinor: number;
};

export type PlannedOrder = FromLines & {
  readonly kind: 'order';
  readonly reference: string;
  readonly customer: string;
  /** Milliseconds since 1970-01-01T00:00Z, of its earliest line. */
  readonly soldAtMs: number;
  /** Absent where no line has it. */
  readonly country?: string | undefined;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly priceMinor: number }[];
};

/** A part of an earlier order that is refunded. */
export type PlannedRefund = FromLines & {
  readonly kind: 'refund';
  /** The cancelling invoice and the order that it cancels. */
  readonly reference: string;
  readonly undoes: string;
  readonly customer: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly amountMinor: number;
};

export type Planned = PlannedProduct | PlannedOrder | PlannedRefund;

export type Plan = {
  readonly orders: readonly PlannedOrder[];
  readonly refunds: readonly PlannedRefund[];
  readonly refusals: readonly Refusal[];
};

const sourceOf = ({ file, line }: SourceLine): SourceLine => ({ file, line });

/** Returns each product once, with the price of its latest line, and the name and category of the latest line that has them. */
export const planProducts = (lines: readonly SalesLine[]): readonly PlannedProduct[] => {
  const products = new Map<string, PlannedProduct>();
  // The sort is stable: of lines with the same time the later one in the list counts.
  for (const line of lines.toSorted((a, b) => a.soldAtMs - b.soldAtMs)) {
    const { sku, name, category, priceMinor } = line;
    products.set(sku, {
      name: name || products.get(sku)?.name,
      category: category || products.get(sku)?.category,
      kind: 'product',
      sku,
      priceMinor,
      sources: [sourceOf(line)],
    });
  }
  return [...products.values()];
};

type OrderLine = PlannedOrder['lines'][number];

/** Merges lines of an invoice with the same goods and price into one line of the order. */
const merge = (lines: readonly SalesLine[]): readonly OrderLine[] => {
  const merged = new Map<string, OrderLine>();
  for (const { sku, priceMinor, quantity } of lines) {
    const key = `${sku}\n${priceMinor}`;
    merged.set(key, { sku, priceMinor, quantity: quantity + (merged.get(key)?.quantity ?? 0) });
  }
  return [...merged.values()];
};

const countriesOf = (lines: readonly SalesLine[]): ReadonlySet<string> =>
  new Set(lines.flatMap(({ country }) => (country === '' ? [] : [country])));

/** Refuses an invoice of several customers or countries: the right one cannot be known. */
const mixedIn = (reference: string, lines: readonly SalesLine[]) => {
  if (new Set(lines.map(({ customer }) => customer)).size > 1)
    return { code: 'MIXED_CUSTOMERS', reason: `Invoice ${reference} names several customers.` };
  if (countriesOf(lines).size > 1)
    return { code: 'MIXED_COUNTRIES', reason: `Invoice ${reference} names several countries.` };
  return undefined;
};

const planSales = (sales: readonly SalesLine[]): Pick<Plan, 'orders' | 'refusals'> => {
  const orders: PlannedOrder[] = [];
  const refusals: Refusal[] = [];
  for (const [reference, group] of groupBy(sales, (line) => line.reference)) {
    const mixed = mixedIn(reference, group);
    if (mixed !== undefined) {
      refusals.push(...group.map((line) => refuse(line, mixed.code, mixed.reason)));
      continue;
    }
    const [country] = countriesOf(group);
    orders.push({
      kind: 'order',
      reference,
      customer: group[0]?.customer ?? '',
      soldAtMs: group.reduce((earliest, { soldAtMs }) => Math.min(earliest, soldAtMs), Infinity),
      country,
      sources: group.map(sourceOf),
      lines: merge(group),
    });
  }
  return { orders, refusals };
};

const nothingToUndo = (line: SalesLine, left: number): Refusal => {
  const { reference, quantity, sku, customer } = line;
  const held = left === 0 ? 'none' : `only ${left}`;
  const reason =
    `${reference} gives back ${-quantity} × ${sku}, of which the orders before it leave customer ${customer} ${held}. ` +
    'Where an earlier list has the order, name that file before this one.';
  return refuse(line, 'NOTHING_TO_UNDO', reason);
};

/** Reads sales and cancelling lines in order, so that a longer list plans what its beginning planned, and more. */
const planRefunds = (
  lines: readonly SalesLine[],
  isOrdered: (line: SalesLine) => boolean,
): Pick<Plan, 'refunds' | 'refusals'> => {
  const sold = new SoldGoods();
  const refunds = new Map<string, PlannedRefund>();
  const refusals: Refusal[] = [];
  for (const line of lines) {
    if (line.quantity > 0) {
      if (isOrdered(line)) sold.sell(line);
      continue;
    }
    const undone = sold.undo(line);
    if (undone.length === 0) refusals.push(nothingToUndo(line, sold.left(line)));
    for (const { reference: undoes, quantity, amountMinor } of undone) {
      const key = `${line.reference}\n${undoes}`;
      const known = refunds.get(key);
      refunds.set(key, {
        kind: 'refund',
        reference: line.reference,
        undoes,
        customer: line.customer,
        sources: [...(known?.sources ?? []), sourceOf(line)],
        lines: [...(known?.lines ?? []), { sku: line.sku, quantity }],
        amountMinor: (known?.amountMinor ?? 0) + amountMinor,
      });
    }
  }
  return { refunds: [...refunds.values()], refusals };
};

/** Plans one order an invoice. Negative lines cancel lines of earlier orders. */
export const planOrders = (lines: readonly SalesLine[]): Plan => {
  const { orders, refusals } = planSales(lines.filter(({ quantity }) => quantity > 0));
  const references = new Set(orders.map(({ reference }) => reference));
  const undone = planRefunds(lines, ({ reference }) => references.has(reference));
  return { orders, refunds: undone.refunds, refusals: [...refusals, ...undone.refusals] };
};
