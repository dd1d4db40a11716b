import fc from 'fast-check';
import { instantOf, epochMsOf, type Instant } from '../domain/kernel';
import { memoryEventStore, streamName, type EventStore } from '../platform/event-store';
import { orderDetails, type OrderDetails } from './order-details';
import { foldDocument } from '../platform/projections';
import { orderId, paid, paymentId, paymentRequested, placed } from '../tests/support/domain/orders';
import { event, shipmentId } from '../tests/support/domain/shipments';
import { createVirtualClock } from '../tests/support/time/virtual-clock';
import { orderAsOf, shipmentAsOf } from './as-of';

const metadata = { $correlationId: 'c', $causationId: 'c', actor: 'system:test', schema: 1 } as const;

/** Facts of one stream, in its order. */
type Facts = readonly { readonly type: string; readonly data: object }[];

const streams = {
  order: streamName('order', orderId),
  payment: streamName('payment', paymentId),
  shipment: streamName('shipment', shipmentId),
};

/** Each event is stored three seconds after the previous one, with any time of its own. */
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
  return store;
};

const eventsOf = async (store: EventStore) => {
  const events = [];
  for await (const one of store.readAll()) events.push(one);
  return events;
};

const begun = '2026-11-02T09:00:00.000Z' as Instant;
const after = (ms: number): Instant => instantOf(epochMsOf(begun) + ms);

/** Moments of one stream, none before the one of its first fact; the clocks of the streams differ by up to a minute. */
const moments = (count: number) =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 60_000 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: count, maxLength: count }),
    )
    .map(([from, later]) => later.map((ms, index) => (index === 0 ? from : from + ms)));

it('contains each entry of the timeline at the moment that the entry shows, and not a millisecond before', async () => {
  await fc.assert(
    fc.asyncProperty(moments(2), moments(1), moments(5), async (ofOrder, ofPayment, ofParcel) => {
      const at = (moment: number | undefined) => after(moment ?? 0);
      const store = await stored([
        ['order', [{ ...placed, data: { ...placed.data, placedAt: at(ofOrder[0]) } }]],
        [
          'payment',
          [{ ...paymentRequested, data: { ...paymentRequested.data, requestedAt: at(ofPayment[0]) } }],
        ],
        ['order', [{ ...paid, data: { ...paid.data, paidAt: at(ofOrder[1]) } }]],
        [
          'shipment',
          [
            { ...event.created, data: { ...event.created.data, createdAt: at(ofParcel[0]) } },
            { ...event.packed, data: { ...event.packed.data, packedAt: at(ofParcel[1]) } },
            { ...event.loaded(), data: { ...event.loaded().data, loadedAt: at(ofParcel[2]) } },
            { ...event.deliveryStarted, data: { ...event.deliveryStarted.data, startedAt: at(ofParcel[3]) } },
            { ...event.delivered, data: { ...event.delivered.data, deliveredAt: at(ofParcel[4]) } },
          ],
        ],
      ]);
      const now = foldDocument(orderDetails, orderId, await eventsOf(store)) as OrderDetails;
      const begun = now.placedAt;
      for (const entry of now.timeline.filter(({ at: when }) => when > begun)) {
        const then = await orderAsOf(store, now, entry.at);
        expect(then?.timeline).toContainEqual(entry);
        const before = await orderAsOf(store, now, instantOf(epochMsOf(entry.at) - 1));
        expect(before?.timeline ?? []).not.toContainEqual(entry);
      }
      expect(await orderAsOf(store, now, begun)).toMatchObject({ id: orderId });
      expect(await orderAsOf(store, now, instantOf(epochMsOf(begun) - 61_000))).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

it('refuses to fold more events than one reader may wait for', async () => {
  const long = {
    read: async function* () {
      const [one] = await eventsOf(await stored([['order', [placed]]]));
      for (let revision = 0; revision <= 20_000; revision += 1) yield one!;
    },
  };
  const now = { id: orderId, paymentIds: [], shipments: [] } as unknown as OrderDetails;
  await expect(orderAsOf(long, now, after(0))).rejects.toMatchObject({ code: 'HISTORY_TOO_LONG' });
});

describe('an order at a moment of the past', () => {
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
    const store = await stored(parts);
    return { store, now: foldDocument(orderDetails, orderId, await eventsOf(store)) as OrderDetails };
  };

  it('has the entries of its timeline up to then, at each moment of the timeline and just before', async () => {
    const { now, store } = await shown();
    expect(now.timeline).toHaveLength(7);
    for (const { at } of now.timeline)
      for (const moment of [at, instantOf(epochMsOf(at) - 1)]) {
        const then = await orderAsOf(store, now, moment);
        expect(then?.timeline ?? []).toEqual(now.timeline.filter((entry) => entry.at <= moment));
        const parcel = await shipmentAsOf(store, { id: shipmentId }, moment);
        const ofParcel = now.timeline.filter((entry) => entry.type.startsWith('Shipment'));
        expect(parcel?.timeline ?? []).toEqual(ofParcel.filter((entry) => entry.at <= moment));
      }
    expect((await orderAsOf(store, now, after(20)))?.status).toBe('PAID');
    expect((await orderAsOf(store, now, after(19)))?.status).toBe('PLACED');
  });

  it('exists as soon as a later fact of its stream does', async () => {
    const store = await stored([
      [
        'shipment',
        [
          { ...event.created, data: { ...event.created.data, createdAt: after(5) } },
          { ...event.packed, data: { ...event.packed.data, packedAt: after(3) } },
        ],
      ],
    ]);
    expect((await shipmentAsOf(store, { id: shipmentId }, after(3)))?.status).toBe('PACKED');
    expect(await shipmentAsOf(store, { id: shipmentId }, after(2))).toBeUndefined();
  });

  it('needs only the streams of the present document, which another version has, too', async () => {
    const store = await stored(parts.slice(0, 1));
    const now = { id: orderId, paymentIds: [], shipments: [] } as unknown as OrderDetails;
    expect(await orderAsOf(store, now, after(0))).toMatchObject({ id: orderId, status: 'PLACED' });
    expect(await orderAsOf(store, now, '2000-01-01T00:00:00.000Z' as Instant)).toBeUndefined();
  });
});
