import type { Place, ShipmentId } from '../../domain/kernel';
import { isCalledOff, order, type OrderDestinationChanged, type OrderPartReleased } from '../../domain/order';
import {
  shipment,
  type ShipmentDelivered,
  type ShipmentFailed,
  type ShipmentLoaded,
} from '../../domain/shipment';
import { stock } from '../../domain/stock';
import type { Numbers } from '../numbering';
import type { UseCaseDeps } from '../use-case/use-case';
import { stockIdOf } from '../warehouse';
import { requireAccepted, contextFrom, reactor, type EventOf, type Reactor } from '../../platform/reactions';

export type ShippingDeps = UseCaseDeps & { readonly numbers: Numbers };

const createShipment = async (
  { aggregates, clock, numbers }: ShippingDeps,
  event: EventOf<OrderPartReleased>,
): Promise<void> => {
  const { orderId, orderNumber, customerId, shipmentId, warehouseId, carrierAccount, lines } = event.data;
  const state = await aggregates.of(order).load(orderId);
  // The order was cancelled or refunded since, or the part was moved, so nothing is packed.
  if (state.progress === 'NONE' || isCalledOff(state)) return;
  if (!state.parts.some((part) => part.shipmentId === shipmentId)) return;
  const executed = await aggregates.of(shipment).execute(
    shipmentId,
    {
      type: 'CreateShipment',
      shipmentId,
      number: await numbers.next('shipment'),
      orderId,
      orderNumber,
      customerId,
      warehouseId,
      // The order's present destination, because this may run long after the event.
      destination: state.destination,
      carrierAccount,
      items: lines,
      at: clock.now(),
    },
    contextFrom(event, 'create-shipment'),
    { assumeNew: true },
  );
  requireAccepted(executed, ['SHIPMENT_ALREADY_CREATED']);
};

/** Records that loaded goods have left the stock, and that the order is on its way. */
const recordLeaving = async (
  { aggregates, clock }: ShippingDeps,
  event: EventOf<ShipmentLoaded>,
): Promise<void> => {
  const { orderId, shipmentId, warehouseId, items } = event.data;
  for (const { productId } of items) {
    const stocks = aggregates.of(stock);
    const executed = await stocks.execute(
      stockIdOf(warehouseId, productId),
      { type: 'ShipStock', warehouseId, productId, orderId, at: clock.now() },
      contextFrom(event, `ship ${productId}`),
    );
    requireAccepted(executed);
  }
  const orders = aggregates.of(order);
  const executed = await orders.execute(
    orderId,
    { type: 'RecordPartShipped', orderId, shipmentId, at: clock.now() },
    contextFrom(event, 'record-shipped'),
  );
  requireAccepted(executed);
};

const recordDelivery = async (
  { aggregates, clock }: ShippingDeps,
  event: EventOf<ShipmentDelivered>,
): Promise<void> => {
  const { orderId, shipmentId } = event.data;
  const orders = aggregates.of(order);
  const executed = await orders.execute(
    orderId,
    { type: 'RecordPartDelivered', orderId, shipmentId, at: clock.now() },
    contextFrom(event, 'record-delivered'),
  );
  requireAccepted(executed);
};

/** Records a failed loading, so that the order can be cancelled again. */
const recordLoadingFailed = async (
  { aggregates, clock }: ShippingDeps,
  event: EventOf<ShipmentFailed>,
): Promise<void> => {
  const { orderId, shipmentId, step, attempt } = event.data;
  // A failure without an attempt number is from before orders gave permission.
  if (step !== 'loading' || attempt === undefined) return;
  const orders = aggregates.of(order);
  const executed = await orders.execute(
    orderId,
    { type: 'RecordPartLoadingFailed', orderId, shipmentId, attempt, at: clock.now() },
    contextFrom(event, 'record-loading-failed'),
  );
  // The part was moved to another warehouse meanwhile.
  requireAccepted(executed, ['ORDER_PART_NOT_FOUND']);
};

/** Records that a parcel was delivered before its redirection; a cancelled one needs no record. */
const recordRedirectMissed = async (
  { aggregates, clock }: ShippingDeps,
  event: EventOf<OrderDestinationChanged>,
  { shipmentId, missed }: { readonly shipmentId: ShipmentId; readonly missed: Place },
): Promise<void> => {
  const { orderId } = event.data;
  const state = await aggregates.of(shipment).load(shipmentId);
  if (state.status !== 'DELIVERED') return;
  const executed = await aggregates.of(order).execute(
    orderId,
    {
      type: 'RecordRedirectMissed',
      ...{ orderId, shipmentId, missed, deliveredTo: state.destination, at: clock.now() },
    },
    contextFrom(event, `redirect-missed ${shipmentId}`),
  );
  requireAccepted(executed);
};

/** Redirects every undelivered shipment of the order to its present destination. */
const redirect = async (deps: ShippingDeps, event: EventOf<OrderDestinationChanged>): Promise<void> => {
  const { aggregates, clock } = deps;
  const { orderId } = event.data;
  const state = await aggregates.of(order).load(orderId);
  if (state.progress === 'NONE') return;
  const { destination } = state;
  for (const { shipmentId, released } of state.parts) {
    if (!released) continue;
    const shipments = aggregates.of(shipment);
    const executed = await shipments.execute(
      shipmentId,
      { type: 'ChangeShipmentDestination', shipmentId, destination, at: clock.now() },
      contextFrom(event, `redirect ${shipmentId}`),
    );
    // A shipment that is created later uses the order's present destination.
    requireAccepted(executed, ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS']);
    if (executed.kind === 'rejected' && executed.rejection.code === 'SHIPMENT_WRONG_STATUS')
      await recordRedirectMissed(deps, event, { shipmentId, missed: destination });
  }
};

export const shippingWorkflow = (deps: ShippingDeps): Reactor =>
  reactor<OrderPartReleased | OrderDestinationChanged | ShipmentFailed | ShipmentLoaded | ShipmentDelivered>(
    'shipping',
    {
      OrderPartReleased: (event) => createShipment(deps, event),
      OrderDestinationChanged: (event) => redirect(deps, event),
      ShipmentFailed: (event) => recordLoadingFailed(deps, event),
      ShipmentLoaded: (event) => recordLeaving(deps, event),
      ShipmentDelivered: (event) => recordDelivery(deps, event),
    },
  );
