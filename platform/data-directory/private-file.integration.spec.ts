import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDirectory } from './make-directory';
import { makePrivately, writePrivately } from './private-file';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'private-'))));
afterEach(() => rm(directory, { recursive: true }));

const many = Array.from({ length: 50 }, (_, index) => `text ${index}`);

describe('a private file', () => {
  it('is one of those that several parts of one process write at once, and whole', async () => {
    const file = join(directory, 'owner');
    await Promise.all(many.map((text) => writePrivately(file, text)));
    expect(many).toContain(await readFile(file, 'utf8'));
    expect(await readdir(directory)).toEqual(['owner']);
  });

  it('that several make at once is made by one of them', async () => {
    const file = join(directory, 'secret');
    await Promise.all(many.map((text) => makePrivately(file, text)));
    expect(many).toContain(await readFile(file, 'utf8'));
    expect(await readdir(directory)).toEqual(['secret']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind where it cannot be written', async () => {
    await makeDirectory(join(directory, 'taken', 'child'));
    await expect(writePrivately(join(directory, 'taken'), 'text')).rejects.toThrow();
    expect(await readdir(directory)).toEqual(['taken']);
  });
});

describe('a directory', () => {
  it('is made with its parents, for its owner alone, also where it is there', async () => {
    const deep = join(directory, 'a', 'b', 'c');
    await Promise.all([makeDirectory(deep), makeDirectory(deep), makeDirectory(deep)]);
    expect((await stat(join(directory, 'a'))).mode & 0o777).toBe(0o700);
  });

  it('is refused, and does not hang, where a parent takes no children', () =>
    expect(makeDirectory('/proc/waybill/data')).rejects.toThrow());

  it('is refused where a file has its name', async () => {
    await writePrivately(join(directory, 'file'), '');
    await expect(makeDirectory(join(directory, 'file', 'child'))).rejects.toThrow('ENOTDIR');
    await expect(makeDirectory(join(directory, 'file'))).rejects.toThrow('EEXIST');
  });
});
