import type { Instant } from '../../domain/kernel';
import { memoryEventStore, positionOf, streamName } from '../../platform/event-store';
import { memoryReadModels } from '../../platform/read-models/memory';
import { orderDetails } from '../../projections/order-details';
import { orderId, placed } from '../../tests/support/orders';
import { createVirtualClock } from '../../tests/support/virtual-clock';
import { historyOf } from './history';

it('shows an order as it stood while another version of the read model is the one that serves', async () => {
  const clock = createVirtualClock();
  const store = memoryEventStore(clock);
  const metadata = { $correlationId: 'c', $causationId: 'c', actor: 'system:test', schema: 1 } as const;
  await store.append(streamName('order', orderId), 'no-stream', [{ id: 'placed', ...placed, metadata }]);
  const readModels = memoryReadModels();
  const served = { ...orderDetails.collection, version: orderDetails.collection.version + 1 };
  const upserts = [{ document: { id: orderId, paymentIds: [], shipments: [] }, position: positionOf(1) }];
  await readModels.ensure(orderDetails.collection);
  await readModels.ensure(served);
  await readModels.write({ collection: served, upserts, deletes: [], position: positionOf(1) });
  await readModels.promote(served);
  const history = historyOf(store, readModels, clock);
  expect(await history.order(orderId, clock.now())).toMatchObject({ id: orderId, status: 'PLACED' });
  expect(await history.order(orderId, '2000-01-01T00:00:00.000Z' as Instant)).toBeUndefined();
});
