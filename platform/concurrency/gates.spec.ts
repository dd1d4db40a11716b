import { createGates } from './gates';

const later = () => {
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  return { done, finish };
};

it('lets each key run so much at once, and wait for so much', async () => {
  const gates = createGates('work', { concurrentMax: 1, waitingMax: 1 });
  const [first, second] = [later(), later()];
  const log: string[] = [];
  const running = gates.run('a', () => first.done);
  const waiting = gates.run('a', async () => void log.push('second of a'));
  await gates.run('b', async () => void log.push('b'));
  expect(log).toEqual(['b']);
  expect([gates.isFull('a'), gates.isFull('b')]).toEqual([true, false]);
  await expect(gates.run('a', () => second.done)).rejects.toMatchObject({ code: 'OVERLOADED' });
  first.finish();
  await Promise.all([running, waiting]);
  expect(log).toEqual(['b', 'second of a']);
  expect(gates.isFull('a')).toBe(false);
});

it('gives the place of work that fails to the next', async () => {
  const gates = createGates('work', { concurrentMax: 1, waitingMax: 0 });
  await expect(gates.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gates.run('a', async () => 'yes')).toBe('yes');
});
