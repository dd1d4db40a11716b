import type { CancelledGoods } from '../../domain/order';
import type { OrderLine } from './document';

/** Returns the lines with further pieces that were cancelled. A product may be on several lines; the first ones come first. */
export const withCancelled = (
  lines: readonly OrderLine[],
  goods: readonly CancelledGoods[],
): readonly OrderLine[] => {
  const left = new Map(goods.map(({ productId, quantity }) => [productId, quantity]));
  return lines.map((line) => {
    // Documents of earlier versions have no such field.
    const { cancelled = 0 } = line as Partial<OrderLine>;
    const pieces = Math.min(left.get(line.productId) ?? 0, line.quantity - cancelled);
    left.set(line.productId, (left.get(line.productId) ?? 0) - pieces);
    return { ...line, cancelled: cancelled + pieces };
  });
};
