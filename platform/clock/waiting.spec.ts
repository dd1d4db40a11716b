import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { atMost, Deferred, settledBy, within } from './index';

const never = new Promise<never>(() => undefined);
const tooLate = (): Error => new Error('too late');

describe('a deferred result', () => {
  const open = (onTimeout: () => string = () => 'too late') => {
    const clock = createVirtualClock();
    return { clock, result: new Deferred<string>({ clock, afterMs: 10, onTimeout }) };
  };

  it('is settled once: the first result stays', async () => {
    const { clock, result } = open();
    expect(result.isSettled).toBe(false);
    result.resolve('first');
    result.resolve('second');
    result.reject(new Error('third'));
    await clock.advance(20);
    expect(result.isSettled).toBe(true);
    expect(await result.promise).toBe('first');
  });

  it('has the result of its deadline when that comes first', async () => {
    const { clock, result } = open();
    await clock.advance(10);
    result.resolve('after all');
    expect(await result.promise).toBe('too late');
  });

  it('fails with the error of its deadline', async () => {
    const { clock, result } = open(() => {
      throw new Error('overdue');
    });
    const failed = expect(result.promise).rejects.toThrow('overdue');
    await clock.advance(10);
    await failed;
  });

  it('waits without a deadline for as long as it takes', async () => {
    const result = new Deferred<number>();
    result.resolve(7);
    expect(await result.promise).toBe(7);
  });

  it('can stand for some work', async () => {
    const clock = createVirtualClock();
    const deadline = { clock, afterMs: 10, onTimeout: () => 'too late' };
    expect(await settledBy(Promise.resolve('in time'), deadline)).toBe('in time');
    const late = settledBy(never, deadline);
    await clock.advance(10);
    expect(await late).toBe('too late');
  });
});

describe('within a time', () => {
  it('is the result of the work', async () => {
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
