import type { AccountId, ProductId, RefundId } from '../domain/kernel';
import type { OrderLine as PlacedLine } from '../domain/order';
import { lines, placed } from '../tests/support/domain/orders';
import { itProjects } from '../tests/support/projections/it-projects';
import { sellerOrders, type SellerOrder } from './seller-orders';

const [bob, sam] = ['bob' as AccountId, 'sam' as AccountId];
const [mugs] = lines;
const reduced = { ...mugs!.unitPrice, amountMinor: 5 };
const { orderId, number, placedAt } = placed.data;
const lamp = { ...mugs!, productId: 'lamp' as ProductId, sku: 'LAMP-01', name: 'Harbour lamp', quantity: 1 };

const partOf = (
  sellerId: AccountId,
  { productId, sku, name, quantity, unitPrice, discount }: PlacedLine,
): SellerOrder => ({
  ...{ id: `${sellerId}:${orderId}`, sellerId, orderId, number, soldAt: placedAt },
  lines: [{ productId, sku, name, quantity, cancelled: 0, unitPrice, discount: discount ?? null, tax: null }],
});

itProjects(sellerOrders, [
  { on: placed, because: 'has no product of a seller', touches: [] },
  {
    on: {
      ...placed,
      data: {
        ...placed.data,
        lines: [
          { ...mugs!, sellerId: bob },
          { ...lamp, sellerId: sam, discount: reduced },
        ],
      },
    },
    because: 'has products of two sellers, who see their own',
    touches: [partOf(bob, mugs!), partOf(sam, { ...lamp, discount: reduced })].map((after) => ({
      id: after.id,
      after,
    })),
  },
  {
    on: { ...placed, data: { ...placed.data, lines: [mugs!, { ...lamp, sellerId: sam }] } },
    because: 'also has a product of the shop itself',
    touches: [{ id: `${sam}:${orderId}`, after: partOf(sam, lamp) }],
  },
  {
    on: {
      type: 'OrderGoodsCancelled',
      data: {
        ...{ orderId, refundId: 'r' as RefundId, parts: [], cancelledAt: placedAt },
        ...{
          reason: 'requested-by-customer',
          lines: [{ productId: lamp.productId, quantity: 1, sellerId: sam }],
        },
      },
    },
    because: 'has a cancelled piece',
    touches: [
      {
        id: `${sam}:${orderId}`,
        before: partOf(sam, lamp),
        after: {
          ...partOf(sam, lamp),
          lines: partOf(sam, lamp).lines.map((line) => ({ ...line, cancelled: 1 })),
        },
      },
    ],
  },
]);
