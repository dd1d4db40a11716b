import { isAsSeen } from './as-seen';

type Seen = {
  readonly name: string;
  readonly note?: string | undefined;
  readonly values?: readonly string[];
};

it.each<[Seen | undefined, Seen, boolean]>([
  [undefined, { name: 'a' }, true],
  [{ name: 'a' }, { name: 'a', note: undefined }, true],
  [{ name: 'a', note: '' }, { name: 'a' }, false],
  [{ name: 'a', values: ['x', 'y'] }, { name: 'a', values: ['x', 'y'] }, true],
  [{ name: 'a', values: ['x', 'y'] }, { name: 'a', values: ['y', 'x'] }, false],
  [{ name: 'a', values: ['x'] }, { name: 'a', values: ['x', 'y'] }, false],
  [{ name: 'a' }, { name: 'b' }, false],
])('%j, where %j is there: %s', (expected, present, answer) =>
  expect(isAsSeen(expected, present)).toBe(answer),
);
