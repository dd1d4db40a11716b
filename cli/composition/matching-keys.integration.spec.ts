import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryEventStore } from '../../platform/event-store';
import { createAggregates } from '../../platform/execution';
import { memoryPersonKeys, type PersonKeys } from '../../platform/personal-data';
import { silentLogger } from '../../platform/telemetry';
import { collect } from '../../tests/support/event-store/new-events';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { FORK_MARK } from '../fork/fork-mark';
import { demandMatchingKeys } from './matching-keys';

describe('the keys of personal data at a start', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'waybill-matching-'))));
  afterEach(() => rm(dataDir, { recursive: true }));

  const keysOf = (seed: number): PersonKeys => memoryPersonKeys(seededRandom(seed));
  const history = () => {
    const clock = createVirtualClock();
    const store = memoryEventStore(clock);
    const process = () => ({
      aggregates: createAggregates({ store, clock, random: seededRandom(1), logger: silentLogger }),
      clock,
    });
    const start = (keys: PersonKeys, settings: { personKeys?: string } = {}) =>
      clock.drive(demandMatchingKeys(keys, { readModels: 'embedded', dataDir, ...settings }, process()));
    return { start, events: () => collect(store.readAll()) };
  };

  it('get an id at the first start, which the events record, and match at the next ones', async () => {
    const { start, events } = history();
    const keys = keysOf(1);
    await keys.make(['ann']);
    const before = await keys.find(['ann']);
    await start(keys);
    await start(keys);
    expect((await events()).map(({ data }) => data)).toEqual([
      expect.objectContaining({ name: 'person-keys' }),
    ]);
    expect(await keys.find(['ann'])).toEqual(before);
    const bytes = JSON.stringify((await events()).map(({ data }) => data));
    const [secret] = (await keys.find(['key-store'])).values();
    expect(bytes).not.toContain(Buffer.from(secret as Uint8Array).toString('base64url'));
  });

  it('keep the id of a first start that was cut off before its event', async () => {
    const keys = keysOf(1);
    await history().start(keys);
    const { start, events } = history();
    await start(keys);
    expect(await events()).toHaveLength(1);
    await start(keys);
  });

  it('are refused where they are missing, and none is made', async () => {
    const { start } = history();
    await start(keysOf(1));
    const none = keysOf(2);
    await expect(start(none)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(
        /keys\.db in .* are missing or new.*Restore the keys that belong/,
      ) as string,
    });
    expect((await none.find(['key-store'])).size).toBe(0);
  });

  it('are refused where they belong to another history', async () => {
    const other = keysOf(2);
    await history().start(other);
    const { start } = history();
    await start(keysOf(1));
    await expect(start(other, { personKeys: 'mongodb://me:hunter2@a' })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^(?!.*hunter2).*person_keys in MongoDB.* another history/) as string,
    });
  });

  it('are those of one of two first starts at once, and the other one is refused', async () => {
    const { start, events } = history();
    const starts = await Promise.allSettled([start(keysOf(1)), start(keysOf(2))]);
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await events()).toHaveLength(1);
  });

  it('of a fork are its own', async () => {
    const { start } = history();
    await start(keysOf(1));
    await writeFile(join(dataDir, FORK_MARK), JSON.stringify({ from: 'here', at: 'now', events: 1 }));
    await start(keysOf(2));
  });
});
