import { messageOf } from '../../../commands/rejections';
import type { OrderId } from '../../../domain/kernel';
import type { Position } from '../../../platform/event-store';
import { Fault } from '../../../platform/faults';
import type { Stored } from '../../../platform/read-models';
import { orderDetails, type OrderDetails } from '../../../projections/order-details';
import { shipments, type ShipmentTracking } from '../../../projections/shipments';
import type { EdgeContext, OrderShown } from '../context';
import { follow, type StateAt } from '../live/live-query';
import { isConsistencyToken, waitUntilShown } from '../readers/consistency-token';
import type { Concept } from './resolvers';

/** The read models of live updates. */
const watched = [orderDetails, shipments].map(({ collection }) => collection.name);

type Resumed = { readonly after?: string | null };

/**
 * Returns the position to go on from, once the read models show it: a live update after a position beyond them is silent.
 *
 * @throws Fault `INPUT_INVALID` for what is no cursor of this platform, and `DEADLINE_EXCEEDED`.
 */
const resumedAt = async (
  after: string | null | undefined,
  { services }: EdgeContext,
): Promise<Position | undefined> => {
  if (after === undefined || after === null) return undefined;
  const position = isConsistencyToken(after) ? after : undefined;
  const outcome = position === undefined ? 'unknown' : await waitUntilShown(position, watched, services);
  if (outcome === 'unknown')
    throw new Fault('INPUT_INVALID', 'after: give a cursor of an earlier update, or none');
  if (outcome === 'late') throw new Fault('DEADLINE_EXCEEDED', `The read models do not show ${after} yet`);
  return position;
};

/** @throws Fault `NOT_AUTHENTICATED`, and `INPUT_INVALID` where the viewer has no such order. */
const demandOrder = async (orderId: OrderId, context: EdgeContext): Promise<OrderShown> => {
  const order = await context.order(orderId);
  if (order === null) throw new Fault('INPUT_INVALID', messageOf({ code: 'ORDER_NOT_FOUND', orderId }));
  return order;
};

/** Returns the same update for the same document, so that it is rendered once for all subscribers that see the same. */
const once = <Document extends object>(make: (stored: Stored<Document>) => object) => {
  const made = new WeakMap<Stored<Document>, object>();
  return (stored: Stored<Document>): object => {
    const update = made.get(stored) ?? make(stored);
    made.set(stored, update);
    return update;
  };
};

const orderUpdate = once<OrderDetails>(({ document: order, lastPosition: cursor }) => ({ cursor, order }));
const shipmentUpdate = once<ShipmentTracking>(({ document: shipment, lastPosition: cursor }) => ({
  cursor,
  shipment,
}));

const orderUpdated = async (
  _root: unknown,
  { id: orderId, after }: Resumed & { readonly id: OrderId },
  context: EdgeContext,
): Promise<AsyncIterable<object>> => {
  const { id } = await demandOrder(orderId, context);
  const { services, loaders } = context;
  const since = await resumedAt(after, context);
  return follow(services.live, since, [`${orderDetails.collection.name}/${id}`], async () => {
    await context.refresh();
    const stored = await loaders.orders.loadStored(id, context.viewer);
    if (stored === undefined) return { states: [], watch: [], isOver: true };
    return { states: [{ position: stored.lastPosition, payload: orderUpdate(stored) }], watch: [] };
  });
};

const shipmentMoved = async (
  _root: unknown,
  { orderId, after }: Resumed & { readonly orderId: OrderId },
  context: EdgeContext,
): Promise<AsyncIterable<object>> => {
  const { id } = await demandOrder(orderId, context);
  const { services, loaders } = context;
  const since = await resumedAt(after, context);
  // The order's document changes when a shipment is created. From then on the shipment's document is watched too.
  return follow(services.live, since, [`${orderDetails.collection.name}/${id}`], async () => {
    await context.refresh();
    const all = (await loaders.shipmentsOfOrder(id)) ?? [];
    const stored = all.filter(
      ({ document }) => loaders.shipments.readable(document, context.viewer) !== null,
    );
    const states = stored
      .map((each): StateAt<object> => ({ position: each.lastPosition, payload: shipmentUpdate(each) }))
      .sort((one, other) => (one.position < other.position ? -1 : 1));
    const isOver = stored.length < all.length;
    return {
      states,
      isOver,
      watch: stored.map(({ document }) => `${shipments.collection.name}/${document.id}`),
    };
  });
};

export const live: Concept = {
  typeDefs: `
extend type Subscription {
  "The order now and after each change. Several changes may arrive as one update, which has the effect of all."
  orderUpdated(
    "The unique identifier of the order."
    id: ID!
    "Resumes after this cursor of an earlier update: changes that were missed arrive first."
    after: ID
  ): OrderUpdate!
  "The shipments of an order, now and after each change of one of them."
  shipmentMoved(
    "The unique identifier of the order."
    orderId: ID!
    "Resumes after this cursor of an earlier update: changes that were missed arrive first."
    after: ID
  ): ShipmentUpdate!
}

"An update of an order."
type OrderUpdate {
  "The cursor for \`after\`, to resume when the connection is lost."
  cursor: ID!
  "The order after the change."
  order: Order!
}

"An update of a shipment."
type ShipmentUpdate {
  "The cursor for \`after\`, to resume when the connection is lost."
  cursor: ID!
  "The shipment after the change."
  shipment: Shipment!
}
`,
  resolvers: {},
  live: {
    orderUpdated: { allow: { by: 'customer', or: 'order:read' }, subscribe: orderUpdated },
    shipmentMoved: { allow: { by: 'customer', or: 'shipment:read' }, subscribe: shipmentMoved },
  },
};
