import type { SalesLine } from './sales-line';

/** A part of an order that is returned, at the price that was paid. */
export type UndoneSale = {
  readonly reference: string;
  readonly quantity: number;
  readonly amountMinor: number;
};

type Sale = { readonly reference: string; readonly priceMinor: number; left: number };

/** The goods that each customer has bought and not returned so far, order by order. */
export class SoldGoods {
  private readonly sales = new Map<string, Sale[]>();

  sell(line: SalesLine): void {
    const { reference, priceMinor, quantity } = line;
    const earlier = this.salesOf(line);
    const same = earlier.find((sale) => sale.reference === reference && sale.priceMinor === priceMinor);
    if (same === undefined) earlier.push({ reference, priceMinor, left: quantity });
    else same.left += quantity;
  }

  /** Returns how many of the goods of a cancelling line the customer has. */
  left(line: SalesLine): number {
    return this.salesOf(line).reduce((sum, sale) => sum + sale.left, 0);
  }

  /**
   * Cancels the customer's latest sale that has the line's quantity; where none has, several, the latest first.
   *
   * @returns an empty list where all sales together have less than that quantity.
   */
  undo(line: SalesLine): readonly UndoneSale[] {
    let wanted = -line.quantity;
    if (this.left(line) < wanted) return [];
    const sales = this.salesOf(line);
    const enough = sales.findLast(({ left }) => left >= wanted);
    const undone: UndoneSale[] = [];
    for (const sale of enough === undefined ? sales.toReversed() : [enough]) {
      const quantity = Math.min(sale.left, wanted);
      if (quantity === 0) continue;
      sale.left -= quantity;
      wanted -= quantity;
      undone.push({ reference: sale.reference, quantity, amountMinor: sale.priceMinor * quantity });
    }
    return undone;
  }

  private salesOf({ customer, sku }: SalesLine): Sale[] {
    const key = `${customer}\n${sku}`;
    const known = this.sales.get(key);
    if (known !== undefined) return known;
    const sales: Sale[] = [];
    this.sales.set(key, sales);
    return sales;
  }
}
