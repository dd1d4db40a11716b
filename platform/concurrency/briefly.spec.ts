import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { briefly } from './briefly';

const setUp = () => {
  const clock = createVirtualClock();
  const asked = { times: 0, fails: false };
  const ask = briefly(clock, 1_000, async () => {
    asked.times += 1;
    await Promise.resolve();
    if (asked.fails) throw new Error('no answer');
    return asked.times;
  });
  return { clock, asked, ask };
};

it('gives the same answer for a while, and then a new one', async () => {
  const { clock, ask } = setUp();
  expect([await ask(), await ask()]).toEqual([1, 1]);
  await clock.advance(999);
  expect(await ask()).toBe(1);
  await clock.advance(1);
  expect(await ask()).toBe(2);
});

it('asks once for all who ask meanwhile', async () => {
  const { asked, ask } = setUp();
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  expect(asked.times).toBe(1);
});

it('keeps no failure', async () => {
  const { asked, ask } = setUp();
  asked.fails = true;
  await expect(Promise.all([ask(), ask()])).rejects.toThrow('no answer');
  asked.fails = false;
  expect(await ask()).toBe(2);
});
