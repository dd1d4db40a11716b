import { setImmediate as nextTurn } from 'node:timers/promises';
import { createTurns } from './turns';

it('lets one piece of a key start in a turn, and each key have its own', async () => {
  const turns = createTurns();
  const started: string[] = [];
  const start = (key: string, name: string): void => void turns(key).then(() => started.push(name));
  for (const [key, name] of [
    ['a', 'a1'],
    ['a', 'a2'],
    ['a', 'a3'],
    ['b', 'b1'],
  ] as const)
    start(key, name);
  const seen: string[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await nextTurn();
    seen.push(started.splice(0).toSorted().join());
  }
  expect(seen.join(' ')).toBe('a1,b1 a2 a3');
});

it('lets a key that was idle start at once', async () => {
  const turns = createTurns();
  await turns('a');
  await nextTurn();
  let hasStarted = false;
  void turns('a').then(() => (hasStarted = true));
  await Promise.resolve();
  await Promise.resolve();
  expect(hasStarted).toBe(true);
});
