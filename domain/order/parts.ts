import type { Instant, ProductId } from '../kernel';
import { quantityOf } from './amounts';
import type { OrderPartReleased, ReleasedLine } from './events';
import type { OrderPart } from './contents';
import { isHeld, orderedOf } from './state';
import type { KnownOrder, PartState } from './state';

const unique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

const isWellFormed = ({ lines }: OrderPart): boolean =>
  lines.length > 0 &&
  unique(lines.map(({ productId }) => productId)) &&
  lines.every(({ quantity }) => Number.isInteger(quantity) && quantity > 0);

/** Returns the pieces of a product that were ordered and not cancelled. */
export const dueOf = (order: KnownOrder, productId: ProductId): number =>
  orderedOf(order, productId) -
  quantityOf(
    order.cancelled.flatMap(({ lines }) => lines),
    productId,
  );

/** Tests whether the parts hold exactly the pieces that are to be sent, with one shipment a warehouse. */
export const accountsFor = (parts: readonly OrderPart[], order: KnownOrder): boolean => {
  const products = new Set(order.lines.map(({ productId }) => productId));
  const lines = parts.flatMap((part) => part.lines);
  return (
    parts.every(isWellFormed) &&
    unique(parts.map(({ shipmentId }) => shipmentId)) &&
    unique(parts.map(({ warehouseId }) => warehouseId)) &&
    lines.every(({ productId }) => products.has(productId)) &&
    [...products].every(
      (productId) =>
        dueOf(order, productId) ===
        lines.reduce((sum, line) => (line.productId === productId ? sum + line.quantity : sum), 0),
    )
  );
};

const described = (part: PartState, order: KnownOrder): readonly ReleasedLine[] =>
  part.lines.flatMap(({ productId, quantity }) => {
    const line = order.lines.find((ordered) => ordered.productId === productId);
    if (line === undefined) return [];
    const { productNumber, sku, name } = line;
    return [{ productId, productNumber, sku, name, quantity }];
  });

/**
 * Returns the releases of the parts of `order` that may now become shipments: the order is paid and not held, and all
 * goods of the part are reserved. Pass the state after the event that may have made them ready. Do not call it for a cancelled or
 * refunded order.
 */
export const releasesOf = (order: KnownOrder, at: Instant): readonly OrderPartReleased[] => {
  if (order.progress === 'PLACED' || isHeld(order)) return [];
  return order.parts
    .filter((part) => !part.released && part.lines.every((line) => !line.awaitingStock))
    .map((part) => ({
      type: 'OrderPartReleased',
      data: {
        orderId: order.orderId,
        orderNumber: order.number,
        customerId: order.customerId,
        shipmentId: part.shipmentId,
        warehouseId: part.warehouseId,
        destination: order.destination,
        carrierAccount: order.carrierAccount,
        lines: described(part, order),
        releasedAt: at,
      },
    }));
};
