import { createBatch } from './batch';

const recording = () => {
  const reads: (readonly number[])[] = [];
  const find = createBatch(
    async (keys: readonly number[]) => {
      reads.push(keys);
      if (keys.includes(13)) throw new Error('Not that one');
      return keys.filter((key) => key < 1_000).map((key) => ({ key }));
    },
    ({ key }) => key,
  );
  return { reads, find };
};

it('makes one read of what is asked in one turn, each key once', async () => {
  const { reads, find } = recording();
  expect(await Promise.all([find(1), find(2), find(1), find(5_000)])).toEqual([
    { key: 1 },
    { key: 2 },
    { key: 1 },
    undefined,
  ]);
  expect(reads).toEqual([[1, 2, 5_000]]);
});

it('keeps nothing: what is asked later is read anew', async () => {
  const { reads, find } = recording();
  await find(1);
  await find(1);
  expect(reads).toEqual([[1], [1]]);
});

it('cuts what is too much for one read', async () => {
  const { reads, find } = recording();
  const found = await Promise.all(Array.from({ length: 700 }, (_, index) => find(100 + index)));
  expect(found.map((one) => one?.key)).toEqual(Array.from({ length: 700 }, (_, index) => 100 + index));
  expect(reads.map(({ length }) => length)).toEqual([500, 200]);
});

it('tells everybody who asked of a read that failed, and nobody else', async () => {
  const { find } = recording();
  const failed = await Promise.allSettled([find(13), find(1)]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await find(1)).toEqual({ key: 1 });
});
