import type { ProductId, RefundId, ShipmentId, WarehouseId } from '../kernel';
import type { OrderAllocated, OrderGoodsCancelled, OrderPartMoved } from './events';
import type { CancelledGoods, OrderPart } from './contents';

export type PartState = OrderPart & {
  readonly released: boolean;
  /**
   * The last permitted attempt to load. `mayBeGone`: the part may be on a truck or may be loaded at any moment. Absent
   * before the first attempt, and in parts that were loaded before this was recorded.
   */
  readonly loading?: { readonly attempt: number; readonly mayBeGone: boolean } | undefined;
  readonly delivered: boolean;
  /** The destination was changed after this part had been delivered to another place. */
  readonly missedRedirect?: boolean | undefined;
};

/** The parts of an order, with the goods that come and go before they leave. */
export type Parts = {
  /** Empty until the order is allocated. */
  readonly parts: readonly PartState[];
  /** The former shipments of parts that were moved. */
  readonly moved: readonly {
    readonly shipmentId: ShipmentId;
    readonly from: WarehouseId;
    readonly to: WarehouseId;
  }[];
  /** Goods that arrived after the order joined their queue and before its allocation was recorded. */
  readonly suppliedEarly: readonly { readonly warehouseId: WarehouseId; readonly productId: ProductId }[];
  /** The goods that were cancelled, each time with the id of the refund that gives their price back, if there is one. */
  readonly cancelled: readonly { readonly refundId: RefundId; readonly lines: readonly CancelledGoods[] }[];
};

/** Tests whether the part has been on a truck, is on one, or may be loaded at any moment. */
export const mayBeGone = ({ loading, delivered }: PartState): boolean =>
  delivered || (loading?.mayBeGone ?? false);

const notReleased = ({ shipmentId, warehouseId, lines }: OrderPart): PartState => ({
  shipmentId,
  warehouseId,
  lines,
  released: false,
  delivered: false,
});

export const allocated = <Order extends Parts>(order: Order, { data }: OrderAllocated): Order => ({
  ...order,
  suppliedEarly: [],
  parts: data.parts.map(notReleased).map(({ warehouseId, lines, ...part }) => ({
    ...part,
    warehouseId,
    lines: lines.map((line) => ({
      ...line,
      awaitingStock:
        line.awaitingStock &&
        !order.suppliedEarly.some(
          (early) => early.warehouseId === warehouseId && early.productId === line.productId,
        ),
    })),
  })),
});

export const supplied = <Order extends Parts>(
  order: Order,
  warehouseId: WarehouseId,
  productId: ProductId,
): Order =>
  order.parts.length === 0
    ? { ...order, suppliedEarly: [...order.suppliedEarly, { warehouseId, productId }] }
    : {
        ...order,
        parts: order.parts.map((part) =>
          part.warehouseId === warehouseId
            ? {
                ...part,
                lines: part.lines.map((line) =>
                  line.productId === productId ? { ...line, awaitingStock: false } : line,
                ),
              }
            : part,
        ),
      };

export const partMoved = <Order extends Parts>(
  order: Order,
  { data: { shipmentId, warehouseId: from, part } }: OrderPartMoved,
): Order => ({
  ...order,
  moved: [...order.moved, { shipmentId, from, to: part.warehouseId }],
  parts: order.parts.map((present) => (present.shipmentId === shipmentId ? notReleased(part) : present)),
});

export const withPart = <Order extends Parts>(
  order: Order,
  shipmentId: ShipmentId,
  change: Partial<PartState>,
): Order => ({
  ...order,
  parts: order.parts.map((part) => (part.shipmentId === shipmentId ? { ...part, ...change } : part)),
});

/** The parts without the pieces that were cancelled. What is left of a shipment is another one, as if it were moved. */
export const goodsCancelled = <Order extends Parts>(order: Order, { data }: OrderGoodsCancelled): Order => {
  const changeOf = ({ shipmentId }: PartState) => data.parts.find((part) => part.shipmentId === shipmentId);
  const replaced = data.parts.flatMap(({ shipmentId, warehouseId, rest }) =>
    rest === undefined || rest.shipmentId === shipmentId
      ? []
      : [{ shipmentId, from: warehouseId, to: warehouseId }],
  );
  return {
    ...order,
    cancelled: [...order.cancelled, { refundId: data.refundId, lines: data.lines }],
    moved: [...order.moved, ...replaced],
    parts: order.parts.flatMap((part) => {
      const change = changeOf(part);
      if (change === undefined) return [part];
      return change.rest === undefined ? [] : [notReleased(change.rest)];
    }),
  };
};
