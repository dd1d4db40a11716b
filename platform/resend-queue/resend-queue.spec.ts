import fc from 'fast-check';
import type { Random } from '../clock';
import { ResendQueue } from './index';

const middle: Random = { next: () => 0.5, bytes: (length) => new Uint8Array(length) };
const backoff = { baseMs: 100, factor: 2, maxMs: 400 };
const queue = (windowMax = 10): ResendQueue<number, string> =>
  new ResendQueue({ backoff, random: middle, windowMax });

describe('a resend queue', () => {
  it('hands out a new item at once, then later each time, up to its cap, for ever', () => {
    const sent = queue();
    sent.add(1, 'one');
    const times: number[] = [];
    let now = 0;
    for (let tries = 0; tries < 5; tries += 1) {
      now = sent.nextDueAtMs(now)!;
      expect(sent.takeDue(now - 1, 10)).toEqual([]);
      expect(sent.takeDue(now, 10)).toEqual(['one']);
      times.push(now);
    }
    expect(times).toEqual([0, 75, 225, 525, 825]);
    expect(sent.triesOf(1)).toBe(5);
  });

  it('forgets what is acknowledged', () => {
    const sent = queue();
    sent.add(1, 'one');
    sent.takeDue(0, 10);
    expect(sent.remove(1)).toBe(true);
    expect(sent.remove(1)).toBe(false);
    expect(sent.nextDueAtMs(10_000)).toBeUndefined();
    expect(sent.size).toBe(0);
  });

  it('hands out everything at once after it was made due, and later again as ever', () => {
    const sent = queue();
    sent.add(1, 'one');
    sent.takeDue(0, 10);
    sent.makeAllDue();
    expect(sent.takeDue(1, 10)).toEqual(['one']);
    expect(sent.takeDue(150, 10)).toEqual([]);
    expect(sent.takeDue(151, 10)).toEqual(['one']);
  });

  it('keeps its window, first come first served', () => {
    const sent = queue(2);
    for (const key of [1, 2, 3, 4]) sent.add(key, String(key));
    expect(sent.takeDue(0, 10)).toEqual(['1', '2']);
    sent.remove(2);
    expect(sent.takeDue(0, 10)).toEqual(['3']);
    expect(sent.size).toBe(3);
  });

  it('returns at most the requested number', () => {
    const sent = queue();
    for (const key of [1, 2, 3]) sent.add(key, String(key));
    expect(sent.takeDue(0, 2)).toEqual(['1', '2']);
    expect(sent.takeDue(0, 2)).toEqual(['3']);
  });

  it('loses and invents nothing after any additions, removals and takes', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('add', 'remove'), fc.nat(20))), (steps) => {
        const sent = queue(3);
        const expected = new Set<number>();
        for (const [step, key] of steps) {
          if (step === 'add') {
            sent.add(key, String(key));
            expected.add(key);
          } else expect(sent.remove(key)).toBe(expected.delete(key));
          const taken = sent.takeDue(0, 5);
          expect(taken.every((item) => expected.has(Number(item)))).toBe(true);
          expect(sent.size).toBe(expected.size);
        }
      }),
    ));
});
