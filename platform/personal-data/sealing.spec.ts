import type { Instant } from '../../domain/kernel';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { collect, newEvent } from '../../tests/support/event-store/new-events';
import { memoryEventStore, streamName, type NewEvent, type RecordedEvent } from '../event-store';
import { keyCache, memoryPersonKeys, personalEvents, sealing, type PersonalRules } from './index';

const at = '2026-11-29T09:00:00.000Z' as Instant;

const rules: PersonalRules = {
  Moved: { person: 'tenant', erased: { name: '[erased]', flat: { floor: 0 }, nickname: undefined } },
  Wrote: { person: 'letter.from', erased: { 'letter.text': '[erased]', 'letter.telephone': undefined } },
};

const open = () => {
  const clock = createVirtualClock();
  const random = seededRandom(5);
  const keys = memoryPersonKeys(random);
  const raw = memoryEventStore(clock);
  const process = () => {
    const cache = keyCache(keys, clock);
    const personal = personalEvents(rules, cache, random);
    const destroy = async (person: string): Promise<void> => {
      await keys.destroy(person, at);
      cache.forget(person);
    };
    return { store: sealing(raw, personal), personal, destroy };
  };
  return { clock, keys, raw, process, ...process() };
};

const house = streamName('house', 1);
const moved = (data: object = {}): NewEvent =>
  newEvent({ tenant: 'ann', name: 'Ann Lee', flat: { floor: 3 }, rent: 5, nickname: 'An', ...data }, 'Moved');
const wrote = newEvent(
  { id: 1, letter: { from: 'ben', text: 'Hello again', telephone: '0800', pages: 2 }, sent: at },
  'Wrote',
);

/** The data of events. Sealed fields are opened when they are read. */
const dataIn = async (events: AsyncIterable<RecordedEvent>): Promise<readonly object[]> =>
  (await collect(events)).map(({ data }) => ({ ...structuredClone(data) }));

describe('a store that seals personal data', () => {
  it('stores it sealed, and reads it as it was, with its fields in their order', async () => {
    const { store, raw } = open();
    const event = moved();
    await store.append(house, 'no-stream', [event, wrote, newEvent({ plain: 'Ann Lee' }, 'Painted')]);
    const stored = JSON.stringify(await dataIn(raw.readAll()));
    expect(stored.match(/Ann Lee/g)).toHaveLength(1);
    for (const personal of ['floor', 'An"', 'Hello', '0800']) expect(stored).not.toContain(personal);
    const texts = [JSON.stringify(event.data), JSON.stringify(wrote.data), '{"plain":"Ann Lee"}'];
    expect((await dataIn(store.readAll())).map((data) => JSON.stringify(data))).toEqual(texts);
    expect((await dataIn(store.read(house))).map((data) => JSON.stringify(data))).toEqual(texts);
    const stop = new AbortController();
    for await (const { events } of store.subscribe({ signal: stop.signal })) {
      expect(events.map(({ data }) => JSON.stringify(data))).toEqual(texts);
      stop.abort();
    }
  });

  it('opens a field when it is read, and no other one', async () => {
    const { store, raw } = open();
    await store.append(house, 'no-stream', [moved(), wrote]);
    const [flat, letter] = (await dataIn(raw.readAll())) as [
      { nickname: object },
      { letter: { telephone: object } },
    ];
    await raw.append(house, 1n, [
      newEvent({ ...flat, name: flat.nickname }, 'Moved'),
      newEvent({ letter: { ...letter.letter, text: letter.letter.telephone } }, 'Wrote'),
    ]);
    const [one, other] = (await collect(store.read(house, { from: 2n }))).map(({ data }) => data) as [
      { name: string; nickname: string },
      { letter: { text: string; telephone: string } },
    ];
    expect([one.nickname, other.letter.telephone]).toEqual(['An', '0800']);
    expect(() => one.name).toThrow('damaged');
    expect(() => other.letter.text).toThrow('damaged');
  });

  it('refuses for the moment where a key that was made cannot be read yet', async () => {
    const { clock, raw } = open();
    const none = { find: () => Promise.resolve(new Map()), make: () => Promise.resolve(new Map()) };
    const personal = personalEvents(rules, keyCache(none, clock), seededRandom(5));
    const append = sealing(raw, personal).append(house, 'no-stream', [moved()]);
    await expect(append).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
    expect(await collect(raw.readAll())).toEqual([]);
  });

  it('seals equal values differently, and has one key for a person', async () => {
    const { store, raw, keys } = open();
    await store.append(house, 'no-stream', [moved(), moved()]);
    const [one, other] = (await dataIn(raw.readAll())) as { name: unknown }[];
    expect(one!.name).not.toEqual(other!.name);
    expect([...(await keys.find(['ann', 'ben'])).keys()]).toEqual(['ann']);
  });

  it('repeats an append as the same one', async () => {
    const { store } = open();
    const event = moved();
    const first = await store.append(house, 'no-stream', [event]);
    expect(await store.append(house, 'no-stream', [event])).toEqual(first);
  });

  it('does not open what was moved: to another stream, field or type of event', async () => {
    const { store, raw } = open();
    await store.append(house, 'no-stream', [moved({ nickname: 'Ann Lee' }), wrote]);
    const [stored] = (await dataIn(raw.readAll())) as { name: object; nickname: object }[];
    const places = [
      newEvent({ tenant: 'ann', name: stored!.name }, 'Moved'),
      newEvent({ tenant: 'ann', name: stored!.nickname }, 'Moved'),
      newEvent({ letter: { from: 'ann', text: stored!.name } }, 'Wrote'),
    ];
    for (const [index, event] of places.entries()) {
      const stream = index === 0 ? streamName('other', 1) : house;
      await raw.append(stream, index === 0 ? 'no-stream' : BigInt(index), [event]);
      const place = store.read(stream, { from: index === 0 ? 0n : BigInt(index + 1), limit: 1 });
      await expect(dataIn(place)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    }
  });

  it('does not open what was changed, or what another key sealed', async () => {
    const { store, raw } = open();
    await store.append(house, 'no-stream', [moved()]);
    const [stored] = (await dataIn(raw.readAll())) as { name: { $sealed: string } }[];
    const bytes = Buffer.from(stored!.name.$sealed, 'base64');
    // Its version, its key, its nonce, its text and its tag.
    for (const [revision, index] of [0, 3, 12, 24, bytes.length - 1].entries()) {
      const changed = Buffer.from(bytes);
      changed[index] = bytes[index]! ^ 1;
      const name = { $sealed: changed.toString('base64') };
      await raw.append(house, BigInt(revision), [newEvent({ ...stored, name }, 'Moved')]);
      const one = store.read(house, { from: BigInt(revision + 1), limit: 1 });
      await expect(dataIn(one)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    }
    expect(await dataIn(store.read(house, { limit: 1 }))).toEqual([moved().data]);
    const without = sealing(
      raw,
      personalEvents(
        rules,
        keyCache(memoryPersonKeys(seededRandom(1)), createVirtualClock()),
        seededRandom(1),
      ),
    );
    await expect(dataIn(without.read(house))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('reads a value that only looks sealed in a field without a rule as it is', async () => {
    const { store } = open();
    const event = newEvent({ tenant: 'ann', note: { $sealed: 'AAAA' } }, 'Painted');
    await store.append(house, 'no-stream', [event]);
    expect(await dataIn(store.readAll())).toEqual([event.data]);
  });
});

const erasedMove = { tenant: 'ann', name: '[erased]', flat: { floor: 0 }, rent: 5 };

describe('once a key is destroyed', () => {
  it('its person’s data reads as erased, and that of others as it was', async () => {
    const { store, destroy, personal } = open();
    await store.append(house, 'no-stream', [moved(), wrote]);
    await destroy('ann');
    expect(await dataIn(store.readAll())).toEqual([erasedMove, wrote.data]);
    await destroy('ben');
    const events = await collect(store.readAll());
    expect(events.map(({ data }) => data)).toEqual([
      erasedMove,
      { id: 1, letter: { from: 'ben', text: '[erased]', pages: 2 }, sent: at },
    ]);
    expect(events.map((event) => personal.isErased(event))).toEqual([true, true]);
  });

  it('events that were stored before data was sealed read as erased too', async () => {
    const { store, raw, destroy, process, personal } = open();
    await raw.append(house, 'no-stream', [moved(), moved({ tenant: 'eve' })]);
    const before = await collect(store.readAll());
    expect(before[0]).toMatchObject({ data: { name: 'Ann Lee', flat: { floor: 3 } } });
    expect(personal.isErased(before[0]!)).toBe(false);
    await destroy('ann');
    for (const each of [store, process().store])
      expect(await dataIn(each.readAll())).toEqual([erasedMove, moved({ tenant: 'eve' }).data]);
  });

  it('nothing of the person is stored any more', async () => {
    const { store, raw, destroy } = open();
    await destroy('ann');
    await store.append(house, 'no-stream', [moved()]);
    expect(await dataIn(raw.readAll())).toEqual([erasedMove]);
  });

  it('another process notices it within a minute', async () => {
    const { store, destroy, process, clock } = open();
    await store.append(house, 'no-stream', [moved()]);
    const other = process();
    expect(await dataIn(other.store.readAll())).toEqual([moved().data]);
    await destroy('ann');
    await clock.advance(60_000);
    expect(await dataIn(other.store.readAll())).toEqual([erasedMove]);
  });
});

it('reads the keys of many persons by few calls, and keeps the order of events', async () => {
  const { store, keys, raw, clock } = open();
  for (let index = 0; index < 200; index += 1)
    await store.append(streamName('house', index), 'no-stream', [
      moved({ tenant: `t${index}`, rent: index }),
      newEvent({ index }, 'Painted'),
    ]);
  let calls = 0;
  const counted = { ...keys, find: (people: readonly string[]) => ((calls += 1), keys.find(people)) };
  const fresh = sealing(raw, personalEvents(rules, keyCache(counted, clock), seededRandom(2)));
  const read = await dataIn(fresh.readAll());
  expect(
    read.map((data) => ('rent' in data ? data.rent : undefined)).filter((rent) => rent !== undefined),
  ).toEqual(Array.from({ length: 200 }, (_, index) => index));
  expect(read).toEqual(await dataIn(store.readAll()));
  expect(calls).toBeLessThan(10);
});
