import { randomUUID } from 'node:crypto';
import type { CommandContext } from '../../platform/execution';
import type { AccountId, Instant, OrderId, ProductId, SerialNumber } from '../../domain/kernel';
import { money, type CurrencyCode } from '../../domain/money';
import type { OrderCommand } from '../../domain/order';
import { realClock } from '../../platform/clock';

export type PlaceOrder = Extract<OrderCommand, { readonly type: 'PlaceOrder' }>;

export const contextOfBench = (): CommandContext => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  principal: { kind: 'system', id: 'bench', roles: [] },
});

const price = money(1_300, 'GBP' as CurrencyCode);
let numbers = 0;

/** Returns a new order of three lines. */
export const orderToPlace = (at: Instant = realClock.now()): PlaceOrder => {
  const line = {
    productId: randomUUID() as ProductId,
    productNumber: 7 as SerialNumber,
    sku: '85123A',
    name: 'White hanging heart T-light holder',
    quantity: 6,
    unitPrice: price,
    currentPrice: price,
  };
  return {
    type: 'PlaceOrder',
    orderId: randomUUID() as OrderId,
    number: (numbers += 1) as SerialNumber,
    customerId: randomUUID() as AccountId,
    lines: [line, { ...line, sku: '71053' }, { ...line, sku: '84406B' }],
    destination: { x: 3, y: 4 },
    payBy: at,
    at,
  };
};
