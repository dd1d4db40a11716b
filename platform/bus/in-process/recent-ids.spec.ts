import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createRecentIds } from './recent-ids';

it('remembers ids for a while, also those of the first moment', async () => {
  const clock = createVirtualClock();
  const ids = createRecentIds(clock, 1_000, 10);
  ids.set('first', true);
  await clock.advance(1_000);
  expect(ids.has('first')).toBe(true);
  await clock.advance(1);
  expect(ids.has('first')).toBe(false);
});

it('remembers so many at most, and forgets the oldest', () => {
  const ids = createRecentIds(createVirtualClock(), 1_000, 2);
  for (const id of ['a', 'b', 'c']) ids.set(id, true);
  expect(['a', 'b', 'c'].map((id) => ids.has(id))).toEqual([false, true, true]);
});
