import { upcast, type RecordedEvent } from '../../platform/event-store';
import { categories, eventUpcasters } from '../aggregates';
import type { OrderStatus } from '../../domain/order';
import type { CurrencyCode } from '../../domain/money';
import { ackedBook, type AckedFact } from './acked-book';
import type { Breach } from './breach';
import { commandBook } from './command-book';
import { goodsBook } from './goods-book';
import { moneyBook, type MoneySums } from './money-book';
import { isOver, orderBook, type OrderBook } from './order-book';
import { shipmentBook, type ShipmentBook } from './shipment-book';
import { stockBook, type StockBook, type StockSums } from './stock-book';
import { streamBook } from './stream-book';

export type HistoryReport = {
  readonly events: number;
  readonly streams: number;
  readonly orders: Readonly<Partial<Record<OrderStatus, number>>>;
  readonly stock: StockSums;
  readonly money: Readonly<Record<CurrencyCode, MoneySums>>;
  readonly breaches: readonly Breach[];
};

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
  // The goods book reads the orders book, so it comes after it.
  const booksOfNewest = [ackedBook(acked), stock, streams, orders, shipments, money, goodsBook(orders)];
  const books = [commands, ...booksOfNewest];
  return {
    see: (stored: RecordedEvent): void => {
      commands.see(stored);
      const event = upcast(eventUpcasters, stored);
      booksOfNewest.forEach((book) => book.see(event));
    },
    report: (): HistoryReport => ({
      ...streams.counts(),
      orders: orders.counts(),
      stock: stock.sums(),
      money: money.sums(),
      breaches: [
        ...books.flatMap((book) => book.breaches(settled)),
        ...(settled ? stockAgainstOrders(stock, orders, shipments) : []),
      ],
    }),
  };
};
