import type { Aggregates, Principal } from '../../platform/execution';
import { startPartLoading } from '../../commands/order';
import {
  contextFrom,
  requireKnownOutcome,
  RetryLater,
  reactor,
  type EventOf,
  type Reactor,
} from '../../platform/reactions';
import type { ProductId, TruckId, WorldCommandId } from '../../domain/kernel';
import { product, type ProductState } from '../../domain/product';
import type {
  ShipmentCreated,
  ShipmentItem,
  ShipmentLoadingStarted,
  ShipmentRetried,
} from '../../domain/shipment';
import type { StockReplenishmentRequested } from '../../domain/stock';
import type { WorldGoods, WorldRequest } from '../../domain/world-command';
import { queueWorldCommand, type QueueDeps } from './queue';

type WorldCause = StockReplenishmentRequested | ShipmentCreated | ShipmentRetried | ShipmentLoadingStarted;

const goodsOf = (items: readonly ShipmentItem[]): WorldGoods[] =>
  items.map(({ productId, productNumber, name, quantity }) => ({ productId, productNumber, name, quantity }));

const goodsToBuy = async (
  aggregates: Aggregates,
  productId: ProductId,
  quantity: number,
): Promise<WorldGoods[]> => {
  const state: ProductState = await aggregates.of(product).load(productId);
  if (state.status === 'NONE') throw new Error(`There is no product ${productId} to buy`);
  return [{ productId, productNumber: state.number, name: state.name, quantity }];
};

const WORLD: Principal = { kind: 'gateway', id: 'world', roles: [] };

/** The events after which shipments of held orders, and of those whose money is to be taken first, are tried again. */
export const retryLoadingOn: readonly string[] = [
  'OrderHoldReleased',
  'OrderCaptured',
  'OrderCancelled',
  'OrderRefundRequested',
];

/** The reactor that sends commands to the World. An event sends one command, even if it is handled again. */
export const worldReactions = (deps: QueueDeps): Reactor => {
  const queueRequest = async (event: EventOf<WorldCause>, request: WorldRequest): Promise<void> => {
    const context = contextFrom(event, `world ${request.kind}`, WORLD);
    requireKnownOutcome(
      await queueWorldCommand(deps, { id: context.commandId as WorldCommandId, request }, context),
    );
  };

  /** Loads only with the order's permission: the goods of a cancelled order stay at the warehouse. */
  const load = async (
    event: EventOf<ShipmentLoadingStarted> | EventOf<ShipmentRetried>,
    truckId: TruckId,
    attempt: number,
  ): Promise<void> => {
    const { orderId, warehouseId, shipmentId, number: shipmentNumber } = event.data;
    const permission = requireKnownOutcome(
      await startPartLoading(
        deps,
        { orderId, shipmentId, attempt },
        contextFrom(event, 'start-loading', WORLD),
      ),
    );
    if (permission.kind === 'accepted')
      return queueRequest(event, {
        kind: 'load',
        warehouseId,
        shipmentId,
        shipmentNumber,
        truckId,
        attempt: 1,
      });
    const { code } = permission.rejection;
    // The same event loads it after the release, so that the World gets one command.
    if (code === 'ORDER_HELD') throw new RetryLater('The order is held');
    if (code === 'ORDER_NOT_CAPTURED') throw new RetryLater('The money for the shipment is not taken');
    // The order was cancelled, or the part comes from another warehouse now.
    if (code !== 'ORDER_WRONG_STATUS' && code !== 'ORDER_PART_NOT_FOUND')
      throw new Error(`The order does not permit loading: ${JSON.stringify(permission.rejection)}`);
  };

  return reactor<WorldCause>('world-gateway', {
    StockReplenishmentRequested: async (event) => {
      const { warehouseId, productId, quantity, replenishmentId } = event.data;
      const goods = await goodsToBuy(deps.aggregates, productId, quantity);
      await queueRequest(event, { kind: 'buy', warehouseId, goods, attempt: 1, replenishmentId });
    },
    ShipmentCreated: (event) => {
      const { warehouseId, shipmentId, number: shipmentNumber, items } = event.data;
      const goods = goodsOf(items);
      return queueRequest(event, {
        kind: 'pack',
        warehouseId,
        shipmentId,
        shipmentNumber,
        goods,
        attempt: 1,
      });
    },
    ShipmentLoadingStarted: (event) => load(event, event.data.truckId, 1),
    ShipmentRetried: (event) => {
      const { warehouseId, shipmentId, number: shipmentNumber, items } = event.data;
      const { step, truckId, attempt } = event.data;
      if (step === 'loading' && truckId !== undefined) return load(event, truckId, attempt);
      const goods = goodsOf(items);
      return queueRequest(event, {
        kind: 'pack',
        warehouseId,
        shipmentId,
        shipmentNumber,
        goods,
        attempt: 1,
      });
    },
  });
};
