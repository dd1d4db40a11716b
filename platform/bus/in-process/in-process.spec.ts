import { busContract } from '../../../tests/contract/bus.contract';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { realClock, realRandom } from '../../clock';
import { isFault } from '../../faults';
import type { IntegrationEvent } from '../bus';
import { inProcessBus } from './index';

const event = (id: string): IntegrationEvent => ({
  id,
  type: 'order.paid',
  source: '/spec',
  subject: 'order',
  time: '2026-01-31T08:00:00.000Z',
  data: {},
});

describe('the bus in process', () => {
  busContract(() =>
    Promise.resolve(
      inProcessBus({
        clock: realClock,
        random: realRandom,
        limits: { redelivery: { baseMs: 5, factor: 2, maxMs: 20 } },
      }),
    ),
  );
});

describe('the limits of the bus in process', () => {
  it('refuse a message when a consumer has too many, and keep none of it', async () => {
    const bus = inProcessBus({ clock: realClock, random: realRandom, limits: { keptMax: 2 } });
    const seen: string[] = [];
    const stopped = await bus.consume(
      'order.events',
      { name: 'idle', maxDeliveries: 1 },
      async () => undefined,
      () => undefined,
    );
    await stopped.stop();
    await bus.publish('order.events', event('1'));
    await bus.publish('order.events', event('2'));
    const refusal: unknown = await bus.publish('order.events', event('3')).catch((error: unknown) => error);
    expect(isFault(refusal, 'OVERLOADED')).toBe(true);
    const all = new Promise<void>((resolve) => {
      void bus.consume(
        'order.events',
        { name: 'idle', maxDeliveries: 1 },
        async ({ id }) => {
          seen.push(id);
          if (id === '3') resolve();
        },
        () => undefined,
      );
    });
    await new Promise(setImmediate);
    await bus.publish('order.events', event('3'));
    await all;
    expect(seen).toEqual(['1', '2', '3']);
    await bus.close();
  });

  it('count a handler that takes too long as failed, later each time', async () => {
    const clock = createVirtualClock();
    const random = { next: () => 1, bytes: (length: number) => new Uint8Array(length) };
    const bus = inProcessBus({ clock, random });
    const startedAtMs: number[] = [];
    const parked = new Promise<string>((resolve) => {
      void bus.consume(
        'order.events',
        { name: 'slow', maxDeliveries: 3 },
        () => {
          startedAtMs.push(clock.monotonicMs());
          return new Promise(() => undefined);
        },
        (_, reason) => resolve(reason),
      );
    });
    await new Promise(setImmediate);
    await bus.publish('order.events', event('1'));
    expect(await clock.drive(parked)).toBe('The handler took too long');
    expect(startedAtMs).toEqual([0, 31_000, 63_000]);
  });

  it('forget an id after two minutes', async () => {
    const clock = createVirtualClock();
    const bus = inProcessBus({ clock, random: realRandom });
    let count = 0;
    await bus.consume(
      'order.events',
      { name: 'counter', maxDeliveries: 1 },
      async () => void (count += 1),
      () => undefined,
    );
    const tell = async (): Promise<void> => {
      await bus.publish('order.events', event('1'));
      await new Promise(setImmediate);
    };
    await tell();
    await clock.advance(119_000);
    await tell();
    expect(count).toBe(1);
    await clock.advance(2_000);
    await tell();
    expect(count).toBe(2);
  });
});
