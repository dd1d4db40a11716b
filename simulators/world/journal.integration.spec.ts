import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal, type Batch, type Entry, type Journal } from './journal';

let directory: string;
let path: string;
const journals: Journal[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'journal-'));
  path = join(directory, 'worlds', 'world.jsonl');
});
afterEach(async () => {
  for (const journal of journals.splice(0)) await journal.close();
  await rm(directory, { recursive: true, force: true });
});

const open = async (): Promise<{ journal: Journal; batches: Batch[] }> => {
  const batches: Batch[] = [];
  const journal = await openJournal(join(directory, 'worlds'), (batch) => batches.push(batch));
  journals.push(journal);
  return { journal, batches };
};
const row = (key: bigint, value: unknown): Entry => [1n, 'shipments', key, value];
const batch = (now: number, ...entries: readonly Entry[]): Batch => ({ now, entries });

describe('the journal', () => {
  it('gives back what was committed, with every bit of a bigint', async () => {
    const given = [
      batch(1, row(2n ** 63n - 1n, { description: '5n {"$n":"5"}\u2028\n', count: 3 })),
      batch(2.5, row(2n, null), [7n, 'stock', '1/5', { id: -1n }]),
    ];
    const { journal } = await open();
    for (const one of given) await journal.commit(one);
    expect((await open()).batches).toEqual(given);
  });

  it('begins empty, in a folder that it makes', async () => {
    expect((await open()).batches).toEqual([]);
  });

  it('drops a commit that a crash cut short, wherever it was cut, and goes on behind the one before', async () => {
    const { journal } = await open();
    await journal.commit(batch(1, row(1n, 'kept')));
    const kept = (await stat(path)).size;
    await journal.commit(batch(2, row(2n, 'cut short')));
    const whole = await readFile(path);
    for (let size = kept; size < whole.length; size += 1) {
      await writeFile(path, whole);
      await truncate(path, size);
      const { journal: next, batches } = await open();
      expect(batches).toEqual([batch(1, row(1n, 'kept'))]);
      await next.commit(batch(3, row(3n, 'later')));
      expect((await open()).batches).toEqual([batch(1, row(1n, 'kept')), batch(3, row(3n, 'later'))]);
    }
  });

  it('drops a last commit whose bytes did not all reach the disk', async () => {
    const { journal } = await open();
    await journal.commit(batch(1, row(1n, 'kept')));
    await appendFile(path, `${'\0'.repeat(100)}\n`);
    expect((await open()).batches).toEqual([batch(1, row(1n, 'kept'))]);
  });

  it('does not open when anything before the end is damaged', async () => {
    const { journal } = await open();
    await journal.commit(batch(1, row(1n, 'first')));
    await journal.commit(batch(2, row(2n, 'second')));
    await writeFile(path, (await readFile(path, 'utf8')).replace('first', 'fIrst'));
    await expect(open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('is rewritten when most of it is outdated, without a loss', async () => {
    const { journal } = await open();
    expect(journal.wantsRewrite).toBe(false);
    for (let now = 0; now < 10; now += 1) await journal.commit(batch(now, row(1n, 'x'.repeat(1024 * 1024))));
    expect(journal.wantsRewrite).toBe(true);
    const parts = [batch(11, row(1n, 'one')), batch(11, row(2n, 'two'))];
    await journal.rewrite(parts, () => batch(12, row(2n, 'changed meanwhile')));
    await journal.commit(batch(13, row(3n, 'three')));
    expect(journal.wantsRewrite).toBe(false);
    const expected = [...parts, batch(12, row(2n, 'changed meanwhile')), batch(13, row(3n, 'three'))];
    expect((await open()).batches).toEqual(expected);
    expect(await readdir(join(directory, 'worlds'))).toEqual(['world.jsonl']);
  });

  it('acknowledges nothing until the new file is sure to stay, and then loses nothing', async () => {
    let isBroken = false;
    const sync = async (): Promise<void> => {
      if (isBroken) throw new Error('the disk is tired');
    };
    const journal = await openJournal(join(directory, 'worlds'), () => undefined, sync);
    journals.push(journal);
    await journal.commit(batch(1, row(1n, 'old')));
    isBroken = true;
    await expect(journal.rewrite([batch(2, row(1n, 'one'))], () => batch(3))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    await expect(journal.commit(batch(4, row(2n, 'two')))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    isBroken = false;
    await journal.commit(batch(5, row(3n, 'three')));
    expect((await open()).batches).toEqual([batch(2, row(1n, 'one')), batch(3), batch(5, row(3n, 'three'))]);
  });

  it('keeps the old file if the rewriting fails', async () => {
    const { journal } = await open();
    await journal.commit(batch(1, row(1n, 'one')));
    const failing = function* (): Generator<Batch> {
      yield batch(2, row(1n, 'half'));
      throw new Error('no space left');
    };
    await expect(journal.rewrite(failing(), () => batch(3))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    await journal.commit(batch(4, row(2n, 'two')));
    expect((await open()).batches).toEqual([batch(1, row(1n, 'one')), batch(4, row(2n, 'two'))]);
  });
});
