import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { atMost, within } from './index';

const never = new Promise<never>(() => undefined);
const tooLate = (): Error => new Error('too late');

describe('within a time', () => {
  it('is what the work comes to', async () => {
    const clock = createVirtualClock();
    expect(await within(clock, 10, Promise.resolve(7), tooLate)).toBe(7);
    await expect(within(clock, 10, Promise.reject(new Error('broken')), tooLate)).rejects.toThrow('broken');
  });

  it('is an error once the time is over', async () => {
    const clock = createVirtualClock();
    const waiting = within(clock, 10, never, tooLate);
    const failed = expect(waiting).rejects.toThrow('too late');
    await clock.advance(9);
    expect(await Promise.race([waiting, 'still waiting'])).toBe('still waiting');
    await clock.advance(1);
    await failed;
  });
});

describe('at most a time', () => {
  it('ends with the work, also when that fails', async () => {
    const clock = createVirtualClock();
    await atMost(clock, 10, Promise.resolve());
    await expect(atMost(clock, 10, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(clock.monotonicMs()).toBe(0);
  });

  it('goes on without the work once the time is over', async () => {
    const clock = createVirtualClock();
    await clock.drive(atMost(clock, 10, never));
    expect(clock.monotonicMs()).toBe(10);
  });
});
