import { isCalledOff, order, type KnownOrder, type OrderPartMoved } from '../../domain/order';
import { shipment } from '../../domain/shipment';
import { setAsideFor, stock } from '../../domain/stock';
import { replenishmentId as replenishmentIdOf } from '../../platform/ids';
import { contextFrom, reactor, requireAccepted, type EventOf, type Reactor } from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case/use-case';
import { stockIdOf } from '../warehouse';
import { recordSupply } from './record-supply';
import { releaseStock } from './release-stock';

type Moved = EventOf<OrderPartMoved>;
type Line = OrderPartMoved['data']['part']['lines'][number];

const isAt = ({ parts }: KnownOrder, warehouseId: Moved['data']['warehouseId']): boolean =>
  parts.some((part) => part.warehouseId === warehouseId);

/** Cancels the shipment, of which the carrier gets a notice if its dialect has one, and gives up its goods. */
const leave = async (deps: UseCaseDeps, event: Moved, known: KnownOrder): Promise<void> => {
  const { aggregates, clock } = deps;
  const { orderId, shipmentId, warehouseId, part } = event.data;
  const stopped = await aggregates
    .of(shipment)
    .execute(
      shipmentId,
      { type: 'CancelShipment', shipmentId, at: clock.now() },
      contextFrom(event, 'cancel'),
    );
  // The shipment of a part that was released is perhaps not created yet, and never will be.
  requireAccepted(stopped, ['SHIPMENT_NOT_FOUND']);
  // The part came back to this warehouse: its goods are reserved here again.
  if (isAt(known, warehouseId)) return;
  for (const { productId } of part.lines)
    await releaseStock(deps, event, { orderId, warehouseId, productId }, `release ${productId}`);
};

/** Reserves goods in the new warehouse, or lets the order wait for them there. */
const reserve = async (deps: UseCaseDeps, event: Moved, line: Line): Promise<void> => {
  const { aggregates, clock } = deps;
  const { orderId, part } = event.data;
  const { warehouseId } = part;
  const { productId, quantity } = line;
  const stockId = stockIdOf(warehouseId, productId);
  const stocks = aggregates.of(stock);
  const of = { warehouseId, productId, orderId };
  const backorder = { replenishmentId: replenishmentIdOf(`${event.id} ${stockId}`) };
  requireAccepted(
    await stocks.execute(
      stockId,
      { type: 'ReserveStock', ...of, quantity, backorder, at: clock.now() },
      contextFrom(event, `reserve ${productId}`),
    ),
  );
  // Goods that come later are recorded by the reaction to their arrival.
  if (setAsideFor(await stocks.load(stockId), orderId) === 0) return;
  const purposes = { record: `supplied ${productId}`, release: `give back ${productId}` };
  await recordSupply(deps, event, of, purposes);
};

const move = async (deps: UseCaseDeps, event: Moved): Promise<void> => {
  const { orderId, part } = event.data;
  const known = await deps.aggregates.of(order).load(orderId);
  if (known.progress === 'NONE') throw new Error(`The order ${orderId} was moved and is not there`);
  await leave(deps, event, known);
  const isPresent = known.parts.some(({ shipmentId }) => shipmentId === part.shipmentId);
  if (!isPresent || isCalledOff(known)) return;
  for (const line of part.lines) await reserve(deps, event, line);
};

/** Moves the reservations and the shipment of a part that comes from another warehouse from now on. */
export const movingWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<OrderPartMoved>('moving', { OrderPartMoved: (event) => move(deps, event) });
