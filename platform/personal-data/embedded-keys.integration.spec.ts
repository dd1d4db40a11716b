import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../domain/kernel';
import { personKeysContract } from '../../tests/contract/person-keys.contract';
import { realRandom } from '../clock';
import { openEmbeddedPersonKeys, openEmbeddedPersonKeysToRead } from './embedded-keys';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-keys-'));
});
afterAll(() => rm(directory, { recursive: true }));

const open = () => openEmbeddedPersonKeys(directory, { random: realRandom });

describe('the keys in a file of the data directory', () => {
  personKeysContract(open);

  it('leave no byte of a destroyed key in any file, while they are open', async () => {
    const keys = await open();
    const key = (await keys.make(['ann'])).get('ann');
    if (key === undefined || key === 'destroyed') throw new Error('no key');
    const hasKey = async (): Promise<boolean> => {
      const names = await readdir(directory);
      const files = await Promise.all(names.map((name) => readFile(join(directory, name))));
      return files.some((bytes) => bytes.includes(Buffer.from(key)));
    };
    expect(await hasKey()).toBe(true);
    await keys.destroy('ann', '2026-11-29T09:00:00.000Z' as Instant);
    expect(await hasKey()).toBe(false);
    await keys.close();
  });

  it('are whole in their file once they are closed, also where a reader has it open', async () => {
    const reader = await openEmbeddedPersonKeysToRead(directory);
    const keys = await open();
    const made = await keys.make(['dan']);
    await keys.close();
    const copy = join(directory, 'copy');
    await mkdir(copy);
    await copyFile(join(directory, 'keys.db'), join(copy, 'keys.db'));
    const copied = await openEmbeddedPersonKeysToRead(copy);
    expect(await copied.find(['dan'])).toEqual(made);
    await copied.close();
    await reader.close();
  });

  it('are readable by their owner only, and by a second process while the first one writes', async () => {
    const keys = await open();
    expect((await stat(join(directory, 'keys.db'))).mode & 0o777).toBe(0o600);
    const reader = await openEmbeddedPersonKeysToRead(directory);
    const made = await keys.make(['ben']);
    expect(await reader.find(['ben'])).toEqual(made);
    await reader.close();
    await keys.close();
  });

  it('are none in a data directory of a version that sealed nothing', async () => {
    const reader = await openEmbeddedPersonKeysToRead(join(directory, 'older'));
    expect((await reader.find(['ann'])).size).toBe(0);
    await reader.close();
  });
});
