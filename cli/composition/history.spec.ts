import { instantOf, epochMsOf, type Instant } from '../../domain/kernel';
import { memoryEventStore, positionOf, streamName, type EventStore } from '../../platform/event-store';
import { memoryReadModels } from '../../platform/read-models/memory';
import { orderDetails, type OrderDetails } from '../../projections/order-details';
import { foldDocument } from '../../platform/projections';
import { orderId, paid, paymentId, paymentRequested, placed } from '../../tests/support/domain/orders';
import { event, shipmentId } from '../../tests/support/domain/shipments';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { historyOf } from './history';

const metadata = { $correlationId: 'c', $causationId: 'c', actor: 'system:test', schema: 1 } as const;

/** Facts of one stream, in its order. */
type Facts = readonly { readonly type: string; readonly data: object }[];

const streams = {
  order: streamName('order', orderId),
  payment: streamName('payment', paymentId),
  shipment: streamName('shipment', shipmentId),
};

/** Each fact is stored three seconds after the one before, whatever time it states itself. */
const stored = async (parts: readonly (readonly [keyof typeof streams, Facts])[]) => {
  const clock = createVirtualClock();
  const store = memoryEventStore(clock);
  const revisions = new Map<string, bigint>();
  for (const [name, facts] of parts)
    for (const [index, fact] of facts.entries()) {
      await clock.advance(3_000);
      const revision = revisions.get(name);
      const id = `${name}-${revision ?? 'begun'}-${index}`;
      await store.append(streams[name], revision ?? 'no-stream', [{ id, ...fact, metadata }]);
      revisions.set(name, (revision ?? -1n) + 1n);
    }
  const readModels = memoryReadModels();
  await readModels.ensure(orderDetails.collection);
  return { clock, store, readModels };
};

const eventsOf = async (store: EventStore) => {
  const events = [];
  for await (const one of store.readAll()) events.push(one);
  return events;
};

const begun = '2026-11-02T09:00:00.000Z' as Instant;
const after = (ms: number): Instant => instantOf(epochMsOf(begun) + ms);

describe('an order as it stood', () => {
  const parts = [
    ['order', [{ ...placed, data: { ...placed.data, placedAt: after(0) } }]],
    ['payment', [{ ...paymentRequested, data: { ...paymentRequested.data, requestedAt: after(7) } }]],
    ['order', [{ ...paid, data: { ...paid.data, paidAt: after(20) } }]],
    [
      'shipment',
      [
        { ...event.created, data: { ...event.created.data, createdAt: after(20) } },
        { ...event.packed, data: { ...event.packed.data, packedAt: after(31) } },
        { ...event.loaded(), data: { ...event.loaded().data, loadedAt: after(40) } },
        // The clock of the process that recorded this one is behind.
        { ...event.delivered, data: { ...event.delivered.data, deliveredAt: after(39) } },
      ],
    ],
  ] as const;

  const shown = async () => {
    const { clock, store, readModels } = await stored(parts);
    const now = foldDocument(orderDetails, orderId, await eventsOf(store)) as OrderDetails;
    const upserts = [{ document: now, position: positionOf(7) }];
    await readModels.write({
      collection: orderDetails.collection,
      upserts,
      deletes: [],
      position: positionOf(7),
    });
    return { now, history: historyOf(store, readModels, clock) };
  };

  it('has what its timeline shows by then, at each moment of the timeline and just before', async () => {
    const { now, history } = await shown();
    expect(now.timeline).toHaveLength(7);
    for (const { at } of now.timeline)
      for (const moment of [at, instantOf(epochMsOf(at) - 1)]) {
        const then = await history.order(orderId, moment);
        expect(then?.timeline ?? []).toEqual(now.timeline.filter((entry) => entry.at <= moment));
        const parcel = await history.shipment(shipmentId, moment);
        const ofParcel = now.timeline.filter((entry) => entry.type.startsWith('Shipment'));
        expect(parcel?.timeline ?? []).toEqual(ofParcel.filter((entry) => entry.at <= moment));
      }
    expect((await history.order(orderId, after(20)))?.status).toBe('PAID');
    expect((await history.order(orderId, after(19)))?.status).toBe('PLACED');
  });

  it('is there as soon as something is that follows from its beginning', async () => {
    const { clock, store, readModels } = await stored([
      [
        'shipment',
        [
          { ...event.created, data: { ...event.created.data, createdAt: after(5) } },
          { ...event.packed, data: { ...event.packed.data, packedAt: after(3) } },
        ],
      ],
    ]);
    const history = historyOf(store, readModels, clock);
    expect((await history.shipment(shipmentId, after(3)))?.status).toBe('PACKED');
    expect(await history.shipment(shipmentId, after(2))).toBeUndefined();
  });

  it('is told while another version of the read model is the one that serves', async () => {
    const { clock, store, readModels } = await stored(parts.slice(0, 1));
    const served = { ...orderDetails.collection, version: orderDetails.collection.version + 1 };
    const upserts = [{ document: { id: orderId, paymentIds: [], shipments: [] }, position: positionOf(1) }];
    await readModels.ensure(served);
    await readModels.write({ collection: served, upserts, deletes: [], position: positionOf(1) });
    await readModels.promote(served);
    const history = historyOf(store, readModels, clock);
    expect(await history.order(orderId, after(0))).toMatchObject({ id: orderId, status: 'PLACED' });
    expect(await history.order(orderId, '2000-01-01T00:00:00.000Z' as Instant)).toBeUndefined();
  });
});
