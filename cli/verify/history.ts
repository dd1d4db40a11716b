import { upcast, type RecordedEvent } from '../../platform/event-store';
import { categories, eventUpcasters } from '../composition/aggregates';
import type { OrderStatus } from '../../domain/order';
import type { CurrencyCode } from '../../domain/money';
import { ackedBook, type AckedFact } from './acked-book';
import type { Breach } from './breach';
import { commandBook } from './command-book';
import { goodsBook } from './goods-book';
import { invoiceBook } from './invoice-book';
import { moneyBook, type MoneySums } from './money-book';
import { isOver, orderBook, type OrderBook } from './order-book';
import { shipmentBook, type ShipmentBook } from './shipment-book';
import { stockBook, type StockBook, type StockSums } from './stock-book';
import { streamBook } from './stream-book';
import { taxBook } from './tax-book';

export type HistoryReport = {
  readonly events: number;
  readonly streams: number;
  readonly orders: Readonly<Partial<Record<OrderStatus, number>>>;
  readonly stock: StockSums;
  readonly money: Readonly<Record<CurrencyCode, MoneySums>>;
  /** The number of streams that each invariant was checked in. */
  readonly lookedAt: Readonly<Record<HistoryInvariant, number>>;
  readonly breaches: readonly Breach[];
};

/** The invariants that hold at every moment of a history. */
export type HistoryInvariant = 'V2' | 'V4' | 'V5' | 'V8' | 'V9' | 'V10' | 'V11';

export type HistoryOptions = {
  /** Whether no order is in progress: every order must have ended, and every balance must agree. */
  readonly settled: boolean;
  /** The facts that were acknowledged to clients, if known. */
  readonly acked?: readonly AckedFact[];
};

/** V4 across streams: goods that left the stock were loaded on trucks, and no order that has ended reserves goods. */
const stockAgainstOrders = (
  stock: StockBook,
  orders: OrderBook,
  shipments: ShipmentBook,
): readonly Breach[] => {
  const unequal = [...stock.streams()].flatMap((stream): readonly Breach[] => {
    const [shipped, loaded] = [stock.shippedFrom(stream), shipments.loadedFrom(stream)];
    if (shipped === loaded) return [];
    return [
      { invariant: 'V4', subject: stream, detail: `${shipped} left the stock, ${loaded} were put on trucks` },
    ];
  });
  const forgotten = stock.setAside().flatMap(({ stream, orderId, quantity }): readonly Breach[] => {
    const status = orders.statusOf(orderId);
    if (status !== undefined && !isOver(status)) return [];
    const detail = `${quantity} are still set aside for order ${orderId}, which is ${status ?? 'unknown'}`;
    return [{ invariant: 'V4', subject: stream, detail }];
  });
  return [...unequal, ...forgotten];
};

/** Checks the events. Pure: pass every stored event in order to `see`, then call `report`. */
export const historyAudit = ({ settled, acked = [] }: HistoryOptions) => {
  const [streams, commands, stock, money] = [streamBook(), commandBook(categories), stockBook(), moneyBook()];
  const shipments = shipmentBook();
  const orders = orderBook(shipments.isParked);
  const invoices = invoiceBook();
  // The goods book reads the orders book, so it comes after it.
  const booksOfNewest = [
    ackedBook(acked),
    stock,
    streams,
    orders,
    shipments,
    money,
    taxBook(),
    invoices,
    goodsBook(orders),
  ];
  return {
    /** @param isErased - whether personal data of the event was erased. */
    see: (stored: RecordedEvent, isErased = false): void => {
      commands.see(stored, isErased);
      const event = upcast(eventUpcasters, stored);
      booksOfNewest.forEach((book) => book.see(event));
    },
    /** Does a part of the work of `report` ahead: call it between two commands. */
    end: commands.end,
    report: (): HistoryReport => ({
      ...streams.counts(),
      orders: orders.counts(),
      stock: stock.sums(),
      money: money.sums(),
      lookedAt: {
        V2: commands.streams(),
        V4: [...stock.streams()].length,
        V5: streams.counts().streams,
        V8: orders.streams() + shipments.streams(),
        V9: shipments.streams(),
        V10: orders.streams(),
        V11: orders.streams() + invoices.invoices(),
      },
      breaches: [
        ...commands.breaches(),
        ...booksOfNewest.flatMap((book) => book.breaches(settled)),
        ...(settled ? stockAgainstOrders(stock, orders, shipments) : []),
      ],
    }),
  };
};
