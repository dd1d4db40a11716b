import { randomUUID } from 'node:crypto';
import { streamName, type EventStore, type NewEvent, type Position } from '../../platform/event-store';
import * as order from '../../tests/support/domain/orders';
import * as shipment from '../../tests/support/domain/shipments';

type Fact = { readonly type: string; readonly data: object };
type Story = { readonly order: readonly Fact[]; readonly shipment: readonly Fact[] };

const story = JSON.stringify({
  order: [order.placed, order.allocated(false), order.paid],
  shipment: [
    shipment.event.created,
    shipment.event.packed,
    shipment.event.loaded(),
    shipment.event.deliveryStarted,
    shipment.event.delivered,
  ],
} satisfies Story);

export const EVENTS_OF_AN_ORDER = 8;

export const asNew = ({ type, data }: Fact): NewEvent => {
  const commandId = randomUUID();
  const metadata = {
    $correlationId: commandId,
    $causationId: commandId,
    actor: 'system:bench',
    schema: 1,
  } as const;
  return { id: randomUUID(), type, data, metadata };
};

/** Returns the facts of one order with these ids. @param others - further texts that replace those of the first story. */
export const storyOf = (
  { orderId, shipmentId }: { readonly orderId: string; readonly shipmentId: string },
  others: Readonly<Record<string, string>> = {},
): Story => {
  const replaced = { [order.orderId]: orderId, [shipment.shipmentId]: shipmentId, ...others };
  return JSON.parse(
    Object.entries(replaced).reduce((text, [from, to]) => text.replaceAll(from, to), story),
  ) as Story;
};

/** Appends the events of one order from placed to delivered: three of its own and five of its shipment. */
export const appendOrder = async (
  store: EventStore,
): Promise<{ readonly orderId: string; readonly position: Position }> => {
  const [orderId, shipmentId] = [randomUUID(), randomUUID()];
  const own = storyOf({ orderId, shipmentId });
  await store.append(streamName('order', orderId), 'no-stream', own.order.map(asNew));
  const result = await store.append(streamName('shipment', shipmentId), 'no-stream', own.shipment.map(asNew));
  if (result.kind !== 'appended') throw new Error(result.kind);
  return { orderId, position: result.position };
};
