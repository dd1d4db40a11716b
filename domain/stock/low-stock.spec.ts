import { fold } from '../kernel';
import type { Instant, OrderId, ProductId, WarehouseId } from '../kernel';
import { lowStockOf, stock, type StockEvent } from './';

const at = '2026-11-30T10:00:00.000Z' as Instant;
const where = { warehouseId: 1 as WarehouseId, productId: 'mug' as ProductId };

const threshold = (pieces: number): StockEvent => ({
  type: 'StockThresholdSet',
  data: { ...where, threshold: pieces, setAt: at },
});
const received = (quantity: number): StockEvent => ({
  type: 'StockReceived',
  data: { ...where, quantity, receivedAt: at },
});
const reserved = (orderId: string, quantity: number): StockEvent => ({
  type: 'StockReserved',
  data: { ...where, orderId: orderId as OrderId, quantity, backorderFilled: false, reservedAt: at },
});

const after = (...events: readonly StockEvent[]) => {
  const state = fold(stock.evolve, stock.initial, events);
  return { isLow: lowStockOf(state) !== undefined, timesLow: state.timesLow ?? 0 };
};

describe('low stock', () => {
  it('is never where there is no threshold', () =>
    expect(after(received(1), reserved('a', 1))).toEqual({ isLow: false, timesLow: 0 }));

  it('begins with the threshold, or with the piece that is missing', () => {
    expect(after(received(4), threshold(5))).toEqual({ isLow: true, timesLow: 1 });
    expect(after(received(5), threshold(5))).toEqual({ isLow: false, timesLow: 0 });
    expect(after(received(5), threshold(5), reserved('a', 1))).toEqual({ isLow: true, timesLow: 1 });
  });

  it('is counted once until it ends, and again when it returns', () => {
    const low = [received(6), threshold(5), reserved('a', 2), reserved('b', 2)];
    expect(after(...low)).toEqual({ isLow: true, timesLow: 1 });
    expect(after(...low, received(3))).toEqual({ isLow: false, timesLow: 1 });
    expect(after(...low, received(3), reserved('c', 1))).toEqual({ isLow: true, timesLow: 2 });
  });
});
