import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStoreContract } from '../../../tests/contract/file-store.contract';
import { startProgram } from '../../../tests/support/start-program';
import { realClock, realRandom } from '../../clock';
import { fileNameOf } from '../file-store';
import { FILES_FOLDER, openEmbeddedFiles } from './store';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-files-'));
});
afterEach(() => rm(directory, { recursive: true }));

const folder = () => join(directory, FILES_FOLDER);
const open = () => openEmbeddedFiles({ folder: folder(), clock: realClock, random: realRandom });
const placeOf = (name: string): string => join(directory, FILES_FOLDER, name.slice(0, 2), name);

fileStoreContract(open, (name) => writeFile(placeOf(name), 'something else'));

it('keeps files for the eyes of their owner', async () => {
  const content = Buffer.from('a picture');
  await (await open()).put(fileNameOf(content), content);
  expect((await stat(placeOf(fileNameOf(content)))).mode & 0o077).toBe(0);
});

it('has each file whole after a kill, and removes what was left of others', async () => {
  const program = startProgram('process/store-files', folder());
  const stored: string[] = [];
  while (stored.length < 40) stored.push(String((await program.lines.next()).value));
  await program.kill();
  const abandoned = join(directory, FILES_FOLDER, 'left.part');
  await writeFile(abandoned, 'half');
  await utimes(abandoned, 0, 0);
  const files = await open();
  for (const name of stored) expect(await files.get(name)).toBeDefined();
  for (const folder of await readdir(join(directory, FILES_FOLDER)))
    if (!folder.endsWith('.part'))
      for (const name of await readdir(join(directory, FILES_FOLDER, folder)))
        expect(await files.get(name)).toBeDefined();
  await expect(stat(abandoned)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('says that it cannot be used', async () => {
  const files = await open();
  await rm(join(directory, FILES_FOLDER), { recursive: true });
  await writeFile(join(directory, FILES_FOLDER), 'no folder');
  const content = Buffer.from('a picture');
  await expect(files.put(fileNameOf(content), content)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await expect(open()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});
