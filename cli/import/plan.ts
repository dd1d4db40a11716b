import type { Refusal, SalesLine } from './sales-line';

export type PlannedProduct = {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly priceMinor: number;
};

export type PlannedOrder = {
  readonly reference: string;
  readonly customer: string;
  /** Where each came from, for the report. */
  readonly sources: readonly number[];
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly priceMinor: number }[];
};

/** A part of an earlier order that is given back. */
export type PlannedRefund = {
  /** The cancelling invoice and the order that it undoes. */
  readonly reference: string;
  readonly undoes: string;
  readonly sources: readonly number[];
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly amountMinor: number;
};

export type Plan = {
  readonly orders: readonly PlannedOrder[];
  readonly refunds: readonly PlannedRefund[];
  readonly refusals: readonly Refusal[];
};

/** Each product once, with the name and price of its latest line that has them. Without any name it is called by its code. */
export const planProducts = (lines: readonly SalesLine[]): readonly PlannedProduct[] => {
  const products = new Map<string, PlannedProduct & { date: string }>();
  for (const { sku, name, category, priceMinor, date } of lines) {
    const known = products.get(sku);
    const isLatest = known === undefined || date >= known.date;
    products.set(sku, {
      sku,
      category: isLatest ? category : known.category,
      priceMinor: isLatest ? priceMinor : known.priceMinor,
      date: isLatest ? date : known.date,
      name: name !== '' && (isLatest || known.name === known.sku) ? name : (known?.name ?? sku),
    });
  }
  return [...products.values()].map(({ sku, name, category, priceMinor }) => ({
    sku,
    name,
    category,
    priceMinor,
  }));
};

type OrderLine = PlannedOrder['lines'][number];

/** The same goods at the same price on two lines of an invoice are one line of the order. */
const merge = (lines: readonly SalesLine[]): readonly OrderLine[] => {
  const merged = new Map<string, OrderLine>();
  for (const { sku, priceMinor, quantity } of lines) {
    const key = `${sku}\n${priceMinor}`;
    merged.set(key, { sku, priceMinor, quantity: quantity + (merged.get(key)?.quantity ?? 0) });
  }
  return [...merged.values()];
};

const groupBy = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
};

/** What is left of each sale to be undone, newest last. */
type Ledger = Map<string, { reference: string; fromLine: number; priceMinor: number; left: number }[]>;

const goodsKey = (customer: string, sku: string): string => `${customer}\n${sku}`;

const ledgerOf = (orders: readonly PlannedOrder[]): Ledger => {
  const ledger: Ledger = new Map();
  for (const { reference, customer, sources, lines } of orders) {
    const fromLine = sources[0] ?? 0;
    for (const { sku, priceMinor, quantity } of lines) {
      const key = goodsKey(customer, sku);
      ledger.set(key, [...(ledger.get(key) ?? []), { reference, fromLine, priceMinor, left: quantity }]);
    }
  }
  return ledger;
};

/**
 * Finds the sale that a cancelling line undoes: the same customer's latest earlier sale of the same goods of which
 * enough is left.
 * What is given back is what was paid then.
 */
const undo = (ledger: Ledger, { line, customer, sku, quantity }: SalesLine) => {
  const sales = ledger.get(goodsKey(customer, sku)) ?? [];
  const sale = sales.findLast(({ fromLine, left }) => fromLine < line && left >= -quantity);
  if (sale === undefined) return undefined;
  sale.left += quantity;
  return { undoes: sale.reference, amountMinor: sale.priceMinor * -quantity };
};

const planRefunds = (lines: readonly SalesLine[], ledger: Ledger): Pick<Plan, 'refunds' | 'refusals'> => {
  const refunds = new Map<string, PlannedRefund>();
  const refusals: Refusal[] = [];
  for (const line of lines) {
    const found = undo(ledger, line);
    if (found === undefined) {
      const reason = `${line.reference} gives back ${-line.quantity} × ${line.sku}, which no earlier order of customer ${line.customer} holds.`;
      refusals.push({ line: line.line, code: 'NOTHING_TO_UNDO', reason });
      continue;
    }
    const key = `${line.reference}\n${found.undoes}`;
    const known = refunds.get(key);
    refunds.set(key, {
      reference: line.reference,
      undoes: found.undoes,
      sources: [...(known?.sources ?? []), line.line],
      lines: [...(known?.lines ?? []), { sku: line.sku, quantity: -line.quantity }],
      amountMinor: (known?.amountMinor ?? 0) + found.amountMinor,
    });
  }
  return { refunds: [...refunds.values()], refusals };
};

const mixedCustomers = (lines: readonly SalesLine[]): boolean =>
  new Set(lines.map(({ customer }) => customer)).size > 1;

/** One order an invoice; negative lines undo earlier ones, found among all the orders of the file. */
export const planOrders = (lines: readonly SalesLine[]): Plan => {
  const orders: PlannedOrder[] = [];
  const refusals: Refusal[] = [];
  const sales = lines.filter(({ quantity }) => quantity > 0);
  for (const [reference, group] of groupBy(sales, (line) => line.reference)) {
    if (mixedCustomers(group)) {
      const reason = `Invoice ${reference} names several customers.`;
      refusals.push(...group.map(({ line }) => ({ line, code: 'MIXED_CUSTOMERS', reason })));
      continue;
    }
    const customer = group[0]?.customer ?? '';
    orders.push({ reference, customer, sources: group.map(({ line }) => line), lines: merge(group) });
  }
  const undone = planRefunds(
    lines.filter(({ quantity }) => quantity < 0),
    ledgerOf(orders),
  );
  return { orders, refunds: undone.refunds, refusals: [...refusals, ...undone.refusals] };
};
