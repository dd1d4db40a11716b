import { z } from 'zod';
import type { AccountId, OrderId } from '../domain/kernel';
import type { OrderGoodsCancelled, OrderLine as PlacedLine, OrderPlaced } from '../domain/order';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';
import { OrderLine, shownLine, withCancelled } from './order-details';

export const SellerOrder = z
  .strictObject({
    id: z.string().describe("The seller's account and the order: `<account>:<order>`."),
    sellerId: uuid<AccountId>().describe("The seller's account."),
    orderId: uuid<OrderId>().describe('The order.'),
    number: z.int().describe('The order number shown to the customer.'),
    soldAt: instant.describe('The time when the goods were sold.'),
    lines: z.array(OrderLine).describe("The seller's products in the order."),
  })
  .describe('The part of an order that one seller sold.');
export type SellerOrder = DocumentOf<typeof SellerOrder>;

const sellersOf = (lines: readonly Pick<PlacedLine, 'sellerId'>[]): readonly AccountId[] => [
  ...new Set(lines.flatMap(({ sellerId }) => sellerId ?? [])),
];

const idOf = (sellerId: AccountId, orderId: OrderId): string => `${sellerId}:${orderId}`;

const linesOf = (lines: readonly PlacedLine[], seller: AccountId): SellerOrder['lines'] =>
  lines.filter(({ sellerId }) => sellerId === seller).map(shownLine);

/**
 * Has the products of each seller in each order. Orders of versions that did not store the seller of a line have no document.
 * The status of an order is read from `order_details`.
 */
export const sellerOrders = readModel<SellerOrder, OrderPlaced | OrderGoodsCancelled>('seller_orders', {
  question: 'Which orders contain products of a seller, and which products?',
  version: 4,
  document: SellerOrder,
  indexes: { by_seller: ['sellerId', 'soldAt'] },
  key: ({ data: { orderId, lines } }) => sellersOf(lines).map((sellerId) => idOf(sellerId, orderId)),
  on: {
    OrderPlaced: (_, { data: { orderId, number, lines, placedAt, sale } }, id) => {
      const sellerId = sellersOf(lines).find((each) => idOf(each, orderId) === id);
      return sellerId === undefined
        ? undefined
        : {
            id,
            sellerId,
            orderId,
            number,
            soldAt: sale?.soldAt ?? placedAt,
            lines: linesOf(lines, sellerId),
          };
    },
    OrderGoodsCancelled: (found, { data }) =>
      found && { ...found, lines: withCancelled(found.lines, data.lines) },
  },
});
