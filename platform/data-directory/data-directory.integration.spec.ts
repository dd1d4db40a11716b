import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '../../tests/support/start-program';
import type { Program } from '../../tests/support/start-program';
import { realClock, realRandom } from '../clock';
import { openEmbeddedEventStore } from '../event-store';
import { openEmbeddedReadModels } from '../read-models';
import { silentLogger } from '../telemetry';
import { keepPrivate, openDataDirectory } from './';
import type { DataDirectory, Part } from './';

let root: string;
let directory: string;
const held: DataDirectory[] = [];
const programs: Program[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waybill-data-'));
  directory = join(root, 'deep', 'data');
});

afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.kill()));
  await Promise.all(held.splice(0).map((data) => data.release()));
  await rm(root, { recursive: true });
});

const open = async (part?: Part): Promise<DataDirectory> => {
  const data = await openDataDirectory(directory, { random: realRandom, ...(part && { part }) });
  held.push(data);
  return data;
};

const holdElsewhere = async (): Promise<{ program: Program; said: string }> => {
  const program = startProgram('process/hold-data-directory', directory);
  programs.push(program);
  const line = await program.lines.next();
  return { program, said: String(line.value) };
};

const modeOf = async (...names: readonly string[]): Promise<number> =>
  (await stat(join(directory, ...names))).mode & 0o777;

describe('the data directory', () => {
  it('is made for the eyes of its owner only', async () => {
    await open();
    expect(await modeOf()).toBe(0o700);
  });

  it('keeps its files from others also where it was there before, open for all', async () => {
    await mkdir(directory, { recursive: true, mode: 0o755 });
    await writeFile(join(directory, 'lock'), '', { mode: 0o644 });
    await open();
    expect(await modeOf('lock')).toBe(0o600);
    const store = await openEmbeddedEventStore({ directory, clock: realClock, logger: silentLogger });
    const readModels = await openEmbeddedReadModels({ directory, clock: realClock, logger: silentLogger });
    const files = (await readdir(directory)).filter((name) => name.includes('.db'));
    expect(files.length).toBeGreaterThanOrEqual(4);
    const modes = await Promise.all(files.map(async (name) => [name, await modeOf(name)]));
    expect(modes).toEqual(files.map((name) => [name, 0o600]));
    await Promise.all([store.close(), readModels.close()]);
  });

  it('takes the rights of others from databases of an earlier version', async () => {
    await mkdir(directory, { recursive: true });
    const file = join(directory, 'some.db');
    for (const ending of ['', '-wal', '-shm']) await writeFile(`${file}${ending}`, 'kept', { mode: 0o666 });
    keepPrivate(file);
    for (const ending of ['', '-wal', '-shm']) expect(await modeOf(`some.db${ending}`)).toBe(0o600);
    expect(await readFile(file, 'utf8')).toBe('kept');
  });

  it('is refused where a file is in its way, by the name of its variable', async () => {
    await writeFile(join(root, 'deep'), 'a file');
    await expect(open()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^WAYBILL_DATA_DIR: .*data cannot be used: /) as string,
    });
  });

  it('has one owner within a process', async () => {
    await open();
    await expect(open()).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      message: expect.stringContaining(`pid ${process.pid}`) as string,
    });
  });

  it('has one owner among processes, and says who', async () => {
    await open();
    const { said } = await holdElsewhere();
    expect(said).toContain(`${directory} is in use by another process (pid ${process.pid})`);
  });

  it('goes to the next one when it is released', async () => {
    await (await open()).release();
    held.length = 0;
    expect((await holdElsewhere()).said).toBe('held');
  });

  it('is free as soon as its owner is killed', async () => {
    const { program, said } = await holdElsewhere();
    expect(said).toBe('held');
    await expect(open()).rejects.toMatchObject({
      message: expect.stringContaining(`pid ${program.child.pid}`) as string,
    });
    await program.kill();
    await open();
  });

  it('is not fooled by what a dead owner left behind, even under a process id in use', async () => {
    const { program } = await holdElsewhere();
    await program.kill();
    await writeFile(join(directory, 'owner'), `${process.ppid}\n`);
    await open();
    expect(await readFile(join(directory, 'owner'), 'utf8')).toBe(`${process.pid}\n`);
  });
});

describe('a part of the data directory', () => {
  it('has one owner, and a folder of its own beside the platform’s', async () => {
    const parts = [await open(), await open('world'), await open('carrier')];
    expect(parts.map(({ path }) => path)).toEqual([
      directory,
      join(directory, 'world'),
      join(directory, 'carrier'),
    ]);
    await expect(open('world')).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      message: expect.stringContaining(`${join(directory, 'world')} is in use by`) as string,
    });
  });

  it('shares the secrets with the other processes in any order of starting', async () => {
    const [platform, carrier] = [await open(), await open('carrier')];
    const secrets = await Promise.all([platform, carrier].map((part) => part.secret('carrier', 32)));
    expect(secrets[0]).toMatch(/^[\w-]{43}$/);
    expect(secrets[1]).toBe(secrets[0]);
  });
});

describe('a secret', () => {
  it('is made once and kept, for its owner only', async () => {
    const first = await open();
    const [secret, again] = await Promise.all([first.secret('tokens', 32), first.secret('tokens', 32)]);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(again).toBe(secret);
    await first.release();
    held.length = 0;
    const second = await open();
    expect(await second.secret('tokens', 32)).toBe(secret);
    expect(await second.secret('carrier', 32)).not.toBe(secret);
    expect([await modeOf('secrets'), await modeOf('secrets', 'tokens')]).toEqual([0o700, 0o600]);
  });

  it('is written as its user wants it, and one that is there stays as it is', async () => {
    const data = await open();
    const write = (chance: Uint8Array): string => `made of ${chance.length}`;
    expect(await data.secret('carrier', 24, write)).toBe('made of 24');
    await data.secret('tokens', 32);
    await data.release();
    held.length = 0;
    const again = await open();
    expect(await again.secret('carrier', 32)).toBe('made of 24');
    expect(await again.secret('tokens', 32, write)).toMatch(/^[\w-]{43}$/);
  });

  it('has a name that leads nowhere else', async () => {
    const data = await open();
    expect(() => data.secret('../lock', 32)).toThrow('Not a secret');
  });
});

describe('addresses.json', () => {
  it('tells where the owner listens, while it runs', async () => {
    const data = await open();
    data.writeAddresses({ http: 'http://127.0.0.1:4000', grpc: '127.0.0.1:50051' });
    const file = join(directory, 'addresses.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      http: 'http://127.0.0.1:4000',
      grpc: '127.0.0.1:50051',
    });
    await data.release();
    held.length = 0;
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('holds what each part says, and loses only what a part takes back', async () => {
    const listed = async (): Promise<unknown> =>
      JSON.parse(await readFile(join(directory, 'addresses.json'), 'utf8'));
    const [world, carrier] = [await open('world'), await open('carrier')];
    world.writeAddresses({ worldAmazon: 'a:1', worldUps: 'a:2' });
    carrier.writeAddresses({ carrier: 'a:3' });
    const platform = await open();
    platform.writeAddresses({ http: 'http://a:4' });
    expect(await listed()).toEqual({
      worldAmazon: 'a:1',
      worldUps: 'a:2',
      carrier: 'a:3',
      http: 'http://a:4',
    });
    await world.release();
    await platform.release();
    expect(await listed()).toEqual({ carrier: 'a:3' });
    held.splice(0);
    await carrier.release();
  });

  it('of a killed owner is gone when the next one begins', async () => {
    const { program } = await holdElsewhere();
    await program.kill();
    await writeFile(join(directory, 'addresses.json'), '{"http":"http://a:4"}');
    await open();
    await expect(stat(join(directory, 'addresses.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
