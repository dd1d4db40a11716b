import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore } from '../../platform/event-store';
import { fileNameOf, openEmbeddedFiles } from '../../platform/files';
import { runCommand } from '../../tests/support/process/command-line';
import { exitCodes } from '../program/command';
import { backupCommand } from './backup';

describe('waybill backup', () => {
  let folder: string;
  let dataDir: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-backup-'));
    dataDir = join(folder, 'data');
    await mkdir(dataDir);
    const store = await openEmbeddedEventStore({ directory: dataDir, clock: realClock, random: realRandom });
    await store.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const backUp = (environment: Readonly<Record<string, string>>) =>
    runCommand(backupCommand, [join(folder, 'copy')], { WAYBILL_DATA_DIR: dataDir, ...environment });

  it.each([[{ WAYBILL_READ_MODELS: 'mongodb://a/shop' }], [{ WAYBILL_PERSON_KEYS: 'mongodb://a/keys' }]])(
    'warns that it has no keys of personal data where %j',
    async (environment) => {
      const { code, err } = await backUp(environment);
      expect(code).toBe(exitCodes.ok);
      expect(err).toContain('The keys of personal data are in MongoDB and not in this backup.');
    },
  );

  it('has the uploaded pictures', async () => {
    const content = Buffer.from('a picture');
    const name = fileNameOf(content);
    const settings = { folder: join(dataDir, 'files'), clock: realClock, random: realRandom };
    await (await openEmbeddedFiles(settings)).put(name, content);
    expect((await backUp({})).code).toBe(exitCodes.ok);
    const copy = await openEmbeddedFiles({ ...settings, folder: join(folder, 'copy', 'files') });
    expect((await copy.get(name))?.equals(content)).toBe(true);
  });

  it('warns that it has no pictures where they are elsewhere', async () => {
    const { code, err } = await backUp({ WAYBILL_FILES: 'file:///pictures' });
    expect(code).toBe(exitCodes.ok);
    expect(err).toContain('Uploaded pictures are where WAYBILL_FILES says and not in this backup.');
  });

  it('does not warn of keys where they are in the data directory', async () => {
    const { code, err } = await backUp({
      WAYBILL_READ_MODELS: 'mongodb://a/shop',
      WAYBILL_PERSON_KEYS: 'embedded',
    });
    expect(code).toBe(exitCodes.ok);
    expect(err).not.toContain('MongoDB');
  });
});
