import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { Wake } from './index';

describe('a wake-up', () => {
  it('ends the sleep, and is not lost when it comes before it', async () => {
    const wake = new Wake();
    wake.call();
    await wake.sleep();
    const order: string[] = [];
    const sleeping = wake.sleep().then(() => order.push('awake'));
    await Promise.resolve();
    order.push('called');
    wake.call();
    await sleeping;
    expect(order).toEqual(['called', 'awake']);
  });

  it('wakes once, however often it is called', async () => {
    const clock = createVirtualClock();
    const wake = new Wake();
    wake.call();
    wake.call();
    await wake.sleep();
    await clock.drive(wake.sleepAtMost(clock, 10));
    expect(clock.monotonicMs()).toBe(10);
  });

  it('comes after the time at the latest', async () => {
    const clock = createVirtualClock();
    const wake = new Wake();
    await clock.drive(wake.sleepAtMost(clock, 10));
    expect(clock.monotonicMs()).toBe(10);
    wake.call();
    await clock.drive(wake.sleepAtMost(clock, 10));
    // The limit of a sleep that ended early is cancelled, so it causes no later wake.
    await clock.drive(wake.sleepAtMost(clock, 30));
    expect(clock.monotonicMs()).toBe(40);
  });

  it('is not waited for when the signal aborts, before or during the sleep', async () => {
    const wake = new Wake();
    const stopping = new AbortController();
    const sleeping = wake.sleep(stopping.signal);
    stopping.abort(new Error('stopping'));
    await expect(sleeping).rejects.toThrow('stopping');
    await expect(wake.sleep(stopping.signal)).rejects.toThrow('stopping');
  });
});
