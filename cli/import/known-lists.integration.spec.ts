import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimSource, placeOfFile } from './known-lists';

const taken = { source: 'orders', given: false };
const ours = { file: '/shop-a/orders.csv', beginning: 'aaaa' };
const theirs = { file: '/shop-b/orders.csv', beginning: 'bbbb' };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-lists-'));
});
afterEach(() => rm(directory, { recursive: true }));

const claim = (...[name, list]: [typeof taken, Parameters<typeof claimSource>[2]]) =>
  claimSource(directory, name, list);

describe('the name of a list that is derived from its file', () => {
  beforeEach(() => claim(taken, ours));

  it.each([
    ['it lies where it did and begins as it did', ours],
    ['it was moved', { ...ours, file: '/archive/orders.csv' }],
    ['it was mended, or has new lines first', { ...ours, beginning: 'cccc' }],
    ['it comes through a pipe', { beginning: ours.beginning }],
  ])('is accepted again where %s', (_how, list) => {
    expect(() => claim(taken, list)).not.toThrow();
    // What was learned then counts the next time.
    expect(() => claim(taken, list)).not.toThrow();
  });

  it.each([
    ['a file of the same name elsewhere', theirs],
    ['a pipe with other lines', { beginning: 'bbbb' }],
  ])('is refused to %s', async (_what, list) => {
    const before = await readFile(join(directory, 'imports.json'), 'utf8');
    expect(() => claim(taken, list)).toThrow(
      /imported from \/shop-a\/orders\.csv before; .* --source orders where/,
    );
    expect(await readFile(join(directory, 'imports.json'), 'utf8')).toBe(before);
    expect(() => claim({ ...taken, source: 'orders-b' }, list)).not.toThrow();
  });

  it('is accepted where it is given, and recorded', () => {
    claim({ ...taken, given: true }, theirs);
    expect(() => claim(taken, theirs)).not.toThrow();
    expect(() => claim(taken, ours)).not.toThrow();
  });
});

it('two pipes are not one list because neither has a path', () => {
  claim(taken, { beginning: 'aaaa' });
  expect(() => claim(taken, { beginning: 'bbbb' })).toThrow('a pipe');
});

it('may be a name that every object has, e.g. constructor', () => {
  claim({ ...taken, source: '__proto__' }, ours);
  expect(() => claim({ ...taken, source: '__proto__' }, theirs)).toThrow('/shop-a/orders.csv');
  expect(() => claim({ ...taken, source: 'constructor' }, theirs)).not.toThrow();
});

it('keeps a limited number of beginnings of a list, the newest', async () => {
  for (let day = 0; day < 50; day += 1) claim(taken, { ...ours, beginning: `day ${day}` });
  const { orders } = JSON.parse(await readFile(join(directory, 'imports.json'), 'utf8')) as {
    orders: unknown[];
  };
  expect(orders).toHaveLength(20);
  expect(orders.at(-1)).toEqual({ ...ours, beginning: 'day 49' });
});

it('keeps the file for its owner, and refuses one that it cannot read', async () => {
  claim(taken, ours);
  expect((await stat(join(directory, 'imports.json'))).mode & 0o777).toBe(0o600);
  await writeFile(join(directory, 'imports.json'), '{"orders"');
  expect(() => claim(taken, ours)).toThrow('imports.json');
});

it('a file has the path that its links lead to, and a device has none', async () => {
  const file = join(directory, 'orders.csv');
  await writeFile(file, '');
  expect(await placeOfFile(join(directory, '.', 'orders.csv'))).toBe(await placeOfFile(file));
  expect(await placeOfFile('/dev/null')).toBeUndefined();
});
