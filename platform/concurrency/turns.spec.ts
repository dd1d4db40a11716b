import { setImmediate as nextTurn } from 'node:timers/promises';
import { createTurns } from './turns';

/** Returns what starts in each turn of the event loop: `[key, name, cost]`, all requested in this order, in one turn. */
const startsOf = async (asked: readonly (readonly [string, string, number])[]): Promise<string> => {
  const turns = createTurns(100);
  const started: string[] = [];
  for (const [key, name, cost] of asked) {
    const wait = turns(key, cost);
    if (wait) void wait.then(() => started.push(name));
    else started.push(name);
  }
  const seen: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    seen.push(started.splice(0).join());
    await nextTurn();
  }
  return seen.join(' ').trimEnd();
};

it('lets the work of a key start up to the cost of a turn, in order, and each key have its own', async () => {
  expect(
    await startsOf([
      ['a', 'a1', 60],
      ['a', 'a2', 40],
      ['a', 'a3', 10],
      ['b', 'b1', 60],
      ['a', 'a4', 95],
      ['b', 'b2', 60],
      ['a', 'a5', 5],
    ]),
  ).toBe('a1,a2,b1 a3,b2 a4,a5');
});

it('lets one piece start in a turn that costs more than the turn may', async () => {
  expect(
    await startsOf([
      ['a', 'a1', 500],
      ['a', 'a2', Infinity],
      ['a', 'a3', 1],
    ]),
  ).toBe('a1 a2 a3');
});

it('counts work without a cost', async () => {
  const turns = createTurns(3);
  const waits = Array.from({ length: 5 }, () => turns('a', 0) !== undefined);
  expect(waits).toEqual([false, false, false, true, true]);
});

it('lets a key that was idle start at once', async () => {
  const turns = createTurns(100);
  expect(turns('a', 100)).toBeUndefined();
  expect(turns('a', 1)).toBeDefined();
  await nextTurn();
  await nextTurn();
  expect(turns('a', 100)).toBeUndefined();
});
