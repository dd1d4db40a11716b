import type { Millis } from '../../../domain/kernel';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createLongWork } from './long-work';

const [here, there] = ['203.0.113.1', '203.0.113.2'];

const setUp = () => {
  const clock = createVirtualClock();
  return { clock, longWork: createLongWork(clock) };
};

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

it('runs one piece at a time, the addresses in turn', async () => {
  const { longWork } = setUp();
  const done: string[] = [];
  const piece = (name: string) => async (): Promise<void> => {
    done.push(`${name} begins`);
    await turns();
    done.push(`${name} ends`);
  };
  await Promise.all([longWork(here, piece('a')), longWork(here, piece('b')), longWork(there, piece('c'))]);
  expect(done).toEqual(['a begins', 'a ends', 'c begins', 'c ends', 'b begins', 'b ends']);
});

it('leaves three quarters of the time to other requests', async () => {
  const { clock, longWork } = setUp();
  const starts: number[] = [];
  const piece = async (): Promise<void> => {
    starts.push(clock.monotonicMs());
    await clock.sleep(5 as Millis);
  };
  const all = Promise.all([longWork(here, piece), longWork(there, piece), longWork(here, piece)]);
  for (let ms = 0; ms < 60; ms += 1) {
    await turns();
    await clock.advance(1);
  }
  await all;
  expect(starts.map((at) => at - starts[0]!)).toEqual([0, 20, 40]);
});

it('hands on errors, and goes on after them', async () => {
  const { longWork } = setUp();
  const failing = longWork(here, () => {
    throw new Error('wrong');
  });
  await expect(failing).rejects.toThrow('wrong');
  expect(await longWork(here, () => 7)).toBe(7);
});

it('refuses an address of which too many pieces wait, and no other', async () => {
  const { longWork } = setUp();
  const all = Array.from({ length: 300 }, () =>
    longWork(here, () => 'done').catch((error: unknown) => error),
  );
  expect(await longWork(there, () => 'done')).toBe('done');
  const refused = (await Promise.all(all)).filter((result) => result !== 'done');
  expect(refused.length).toBe(300 - 257);
  expect(refused[0]).toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
});

it('does no work whose turn comes after the deadline of a request', async () => {
  const clock = createVirtualClock();
  const longWork = createLongWork(clock, { requestMs: 50 as Millis });
  const slow = longWork(here, () => clock.sleep(60 as Millis));
  const late = [here, there].map((address) =>
    longWork(address, () => 'done').catch((error: unknown) => error),
  );
  for (let ms = 0; ms < 60; ms += 10) {
    await turns();
    await clock.advance(10);
  }
  await slow;
  for (const refused of await Promise.all(late)) expect(refused).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
});
