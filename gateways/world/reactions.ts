import type { Aggregates, CommandContext } from '../../platform/execution';
import {
  contextFrom,
  requireKnownOutcome,
  reactor,
  type EventOf,
  type Reactor,
} from '../../platform/reactions';
import type { ProductId, WorldCommandId } from '../../domain/kernel';
import { product, type ProductState } from '../../domain/product';
import type {
  ShipmentCreated,
  ShipmentItem,
  ShipmentLoadingStarted,
  ShipmentRetried,
} from '../../domain/shipment';
import type { StockReplenishmentRequested } from '../../domain/stock';
import type { WorldGoods, WorldRequest } from '../../domain/world-command';
import type { RecordedEvent } from '../../platform/event-store';
import { currentTraceparent } from '../../platform/telemetry';
import { queueWorldCommand, type QueueDeps } from './queue';

type WorldCause = StockReplenishmentRequested | ShipmentCreated | ShipmentRetried | ShipmentLoadingStarted;

const goodsOf = (items: readonly ShipmentItem[]): WorldGoods[] =>
  items.map(({ productId, productNumber, name, quantity }) => ({ productId, productNumber, name, quantity }));

const goodsWanted = async (
  aggregates: Aggregates,
  productId: ProductId,
  quantity: number,
): Promise<WorldGoods[]> => {
  const state: ProductState = await aggregates.load(product, productId);
  if (state.status === 'NONE') throw new Error(`There is no product ${productId} to buy`);
  return [{ productId, productNumber: state.number, name: state.name, quantity }];
};

const contextOf = (event: RecordedEvent, purpose: string): CommandContext => {
  const traceparent = currentTraceparent() ?? event.metadata.traceparent;
  return {
    ...contextFrom(event, purpose),
    principal: { kind: 'gateway', id: 'world', roles: [] },
    ...(traceparent === undefined ? {} : { traceparent }),
  };
};

/** What happens here that the World is to be asked for. An event asks once, however often it is seen. */
export const worldReactions = (deps: QueueDeps): Reactor => {
  const ask = async (event: EventOf<WorldCause>, request: WorldRequest): Promise<void> => {
    const context = contextOf(event, `world ${request.kind}`);
    requireKnownOutcome(
      await queueWorldCommand(deps, { id: context.commandId as WorldCommandId, request }, context),
    );
  };

  return reactor<WorldCause>('world-gateway', {
    StockReplenishmentRequested: async (event) => {
      const { warehouseId, productId, quantity, replenishmentId } = event.data;
      const goods = await goodsWanted(deps.aggregates, productId, quantity);
      await ask(event, { kind: 'buy', warehouseId, goods, attempt: 1, replenishmentId });
    },
    ShipmentCreated: (event) => {
      const { warehouseId, shipmentId, number: shipmentNumber, items } = event.data;
      const goods = goodsOf(items);
      return ask(event, { kind: 'pack', warehouseId, shipmentId, shipmentNumber, goods, attempt: 1 });
    },
    ShipmentLoadingStarted: (event) => {
      const { warehouseId, shipmentId, number: shipmentNumber, truckId } = event.data;
      return ask(event, { kind: 'load', warehouseId, shipmentId, shipmentNumber, truckId, attempt: 1 });
    },
    ShipmentRetried: (event) => {
      const { warehouseId, shipmentId, number: shipmentNumber, step, truckId, items } = event.data;
      const parcel = { warehouseId, shipmentId, shipmentNumber, attempt: 1 };
      if (step === 'loading' && truckId !== undefined)
        return ask(event, { kind: 'load', ...parcel, truckId });
      return ask(event, { kind: 'pack', ...parcel, goods: goodsOf(items) });
    },
  });
};
