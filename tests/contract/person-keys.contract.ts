import type { Instant } from '../../domain/kernel';
import { destroyErasedKeys, type PersonKeys } from '../../platform/personal-data';

const at = '2026-11-29T09:00:00.000Z' as Instant;

/** The contract of every store of keys. @param open - opens the same keys each time; may share its server with other suites. */
export const personKeysContract = (open: () => Promise<PersonKeys>): void => {
  let keys: PersonKeys;
  beforeEach(async () => {
    keys = await open();
  });
  afterEach(() => keys.close());

  const someone = (): string => crypto.randomUUID();
  const plain = (found: Awaited<ReturnType<PersonKeys['find']>>) =>
    Object.fromEntries(
      [...found].map(([person, key]) => [
        person,
        key === 'destroyed' ? key : Buffer.from(key).toString('hex'),
      ]),
    );
  const keyOf = async (person: string) => plain(await keys.find([person]))[person];

  it('makes a key of 32 bytes for each person, and keeps it', async () => {
    const [ann, ben, eve] = [someone(), someone(), someone()];
    const made = plain(await keys.make([ann, ben]));
    expect(made[ann]).toMatch(/^[\da-f]{64}$/);
    expect(made[ben]).toMatch(/^[\da-f]{64}$/);
    expect(made[ann]).not.toBe(made[ben]);
    expect(plain(await keys.make([ben, ann]))).toEqual(made);
    expect(plain(await keys.find([ann, ben, eve]))).toEqual(made);
    await keys.close();
    keys = await open();
    expect(plain(await keys.find([ann, ben, eve]))).toEqual(made);
  });

  it('gives all simultaneous makers the same key', async () => {
    const ann = someone();
    const other = await open();
    const found = await Promise.all([keys, other, keys, other].map((each) => each.make([ann])));
    await other.close();
    expect(new Set(found.map((one) => plain(one)[ann])).size).toBe(1);
  });

  it('destroys a key for good, and another one is never made', async () => {
    const [ann, ben] = [someone(), someone()];
    await keys.make([ann, ben]);
    const kept = await keyOf(ben);
    await keys.destroy(ann, at);
    await keys.destroy(ann, at);
    expect(plain(await keys.find([ann]))).toEqual({ [ann]: 'destroyed' });
    expect(plain(await keys.make([ann, ben]))).toEqual({ [ann]: 'destroyed', [ben]: kept });
    await keys.close();
    keys = await open();
    expect(plain(await keys.make([ann]))).toEqual({ [ann]: 'destroyed' });
  });

  it('remembers the erasure of a person who had no key', async () => {
    const ann = someone();
    await keys.destroy(ann, at);
    expect(plain(await keys.make([ann]))).toEqual({ [ann]: 'destroyed' });
  });

  it('have erasures applied again, each once and to no other key', async () => {
    const [ann, ben, eve] = [someone(), someone(), someone()];
    const made = plain(await keys.make([ann, ben]));
    await keys.destroy(eve, at);
    const erased = async function* () {
      for (const person of [...Array.from({ length: 1_000 }, () => eve), ann, eve]) yield { person, at };
      await Promise.resolve();
    };
    expect(await destroyErasedKeys(keys, erased())).toBe(1);
    const after = { [ann]: 'destroyed', [ben]: made[ben], [eve]: 'destroyed' };
    expect(plain(await keys.find([ann, ben, eve]))).toEqual(after);
    expect(await destroyErasedKeys(keys, erased())).toBe(0);
  });

  it('finds a thousand persons at once', async () => {
    const people = Array.from({ length: 1_000 }, someone);
    expect((await keys.make(people)).size).toBe(1_000);
    expect((await keys.find(people)).size).toBe(1_000);
    expect((await keys.find([])).size).toBe(0);
  });
};
