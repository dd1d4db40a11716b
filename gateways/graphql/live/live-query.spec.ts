import { setImmediate as nextTurn } from 'node:timers/promises';
import { positionOf } from '../../../platform/event-store';
import { createChanges } from './change-feed';
import { follow, type StateAt } from './live-query';
import { fakeChanges } from '../../../tests/support/graphql/fake-changes';

const setUp = async () => {
  const bus = fakeChanges();
  const changes = createChanges(bus);
  await changes.start();
  let listening = 0;
  const counted = {
    listen: (name: string, listener: () => void) => {
      const real = changes.listen(name, listener);
      listening += 1;
      return {
        stop: () => {
          listening -= 1;
          real.stop();
        },
      };
    },
  };
  const now: { states: readonly StateAt<string>[]; looks: number; watch: readonly string[] } = {
    states: [],
    looks: 0,
    watch: [],
  };
  const start = (after?: number) =>
    follow(counted, after === undefined ? undefined : positionOf(after), ['thing/1'], async () => {
      now.looks += 1;
      const { states, watch } = now;
      await nextTurn();
      return { states, watch };
    });
  const set = (...states: readonly [number, string][]) => {
    now.states = states.map(([at, payload]) => ({ position: positionOf(at), payload }));
  };
  const tell = (collection = 'thing_v7', id = '1') => bus.tell(collection, id, positionOf(0));
  return { start, set, tell, now, listening: () => listening };
};

it('yields what is newer than the cursor, in order, once', async () => {
  const { start, set, tell } = await setUp();
  set([1, 'a'], [2, 'b'], [3, 'c']);
  const steps = start(1);
  expect((await steps.next()).value).toBe('b');
  expect((await steps.next()).value).toBe('c');
  const waiting = steps.next();
  tell();
  await nextTurn();
  set([3, 'c'], [4, 'd']);
  tell();
  expect((await waiting).value).toBe('d');
});

it('does not miss what changes while it looks', async () => {
  const { start, set, tell, now } = await setUp();
  const steps = start();
  const waiting = steps.next();
  await Promise.resolve();
  expect(now.looks).toBe(1);
  tell();
  set([1, 'a']);
  expect((await waiting).value).toBe('a');
});

it('looks once for any number of changes that a slow reader has not seen', async () => {
  const { start, set, tell, now } = await setUp();
  set([1, 'a']);
  const steps = start();
  await steps.next();
  for (let change = 0; change < 100; change += 1) tell();
  set([2, 'b']);
  expect((await steps.next()).value).toBe('b');
  expect(now.looks).toBe(2);
});

it('watches the given documents from then on', async () => {
  const { start, set, tell, now } = await setUp();
  now.watch = ['part/9'];
  set([1, 'a']);
  const steps = start();
  await steps.next();
  const waiting = steps.next();
  await nextTurn();
  set([2, 'b']);
  tell('part', '9');
  expect((await waiting).value).toBe('b');
});

it('lets go of everything when it is ended, also while it waits', async () => {
  const { start, set, listening } = await setUp();
  set([1, 'a']);
  const steps = start();
  await steps.next();
  expect(listening()).toBe(1);
  const waiting = steps.next();
  await nextTurn();
  await steps.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(listening()).toBe(0);
});

it('lets go of everything when looking fails', async () => {
  const { changes } = { changes: createChanges(fakeChanges()) };
  const steps = follow(changes, undefined, ['thing/1'], () => Promise.reject(new Error('gone')));
  await expect(steps.next()).rejects.toThrow('gone');
  expect(await steps.next()).toEqual({ done: true, value: undefined });
});
