import type { ParkedReaction } from './';
import { instantOf } from '../../domain/kernel';
import { realClock } from '../clock';
import { positionOf, streamName } from '../event-store';
import { memoryReadModels } from '../read-models';
import { checkpointsIn, openParking } from './stored-state';

const reaction = (id: string, over: Partial<ParkedReaction> = {}): ParkedReaction => ({
  id,
  workflow: 'shipping',
  reason: 'No warehouse.',
  parkedAt: instantOf(1_000),
  retry: 'by-itself',
  event: {
    id: 'e',
    type: 'OrderPlaced',
    data: { orderId: 'o' },
    metadata: { $correlationId: 'c', $causationId: 'c', actor: 'system:x', schema: 1 },
    stream: streamName('order', 'o'),
    revision: 2n ** 60n,
    position: positionOf(7),
    recordedAt: instantOf(500),
  },
  ...over,
});

describe('the stored state of reactors', () => {
  it('contains their checkpoints, by name', async () => {
    const checkpoints = checkpointsIn(memoryReadModels());
    expect(await checkpoints.read('orders')).toBeUndefined();
    await checkpoints.write('orders', positionOf(5));
    expect(await checkpoints.read('orders')).toBe(positionOf(5));
    expect(await checkpoints.read('world')).toBeUndefined();
  });

  it('contains each parked reaction completely, until it is removed', async () => {
    const parking = await openParking(memoryReadModels(), realClock);
    await parking.park(reaction('1'));
    expect(await parking.find('1')).toEqual(reaction('1'));
    await parking.park(reaction('1', { reason: 'Still none.' }));
    expect((await parking.find('1'))!.reason).toBe('Still none.');
    await parking.remove('1');
    expect(await parking.find('1')).toBeUndefined();
  });

  it('lists the oldest first, by the kind of retry', async () => {
    const parking = await openParking(memoryReadModels(), realClock);
    await parking.park(reaction('late', { parkedAt: instantOf(9_000) }));
    await parking.park(reaction('early'));
    await parking.park(reaction('odd', { retry: 'by-hand' }));
    expect((await parking.list('by-itself', 10)).map(({ id }) => id)).toEqual(['early', 'late']);
    expect((await parking.list('by-itself', 1)).map(({ id }) => id)).toEqual(['early']);
    expect((await parking.list('by-hand', 10)).map(({ id }) => id)).toEqual(['odd']);
    await parking.park(reaction('other', { workflow: 'payments', parkedAt: instantOf(5_000) }));
    const ids = async (...workflows: string[]) =>
      (await parking.list('by-itself', 10, workflows)).map(({ id }) => id);
    expect(await ids('payments')).toEqual(['other']);
    expect(await ids('shipping', 'payments')).toEqual(['early', 'other', 'late']);
  });
});
