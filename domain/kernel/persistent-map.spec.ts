import fc from 'fast-check';
import { PersistentMap } from './persistent-map';

type Write = { readonly key: string; readonly value: number | null };

const apply = (map: PersistentMap<string, number>, { key, value }: Write): PersistentMap<string, number> =>
  value === null ? map.without(key) : map.with(key, value);

describe('a persistent map', () => {
  it('holds what a Map holds after the same writes, and keeps what it held before', () => {
    const key = fc.nat(150).map((id) => `order-${id}`);
    const write = fc.record({ key, value: fc.option(fc.nat(), { freq: 2 }) });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 400, size: 'max' }), (writes) => {
        const model = new Map<string, number>();
        // Collected: an expectation for each of 40,000 writes takes longer than the writes.
        const changed: Write[] = [];
        const wrong: Write[] = [];
        let map = PersistentMap.empty<string, number>();
        for (const step of writes) {
          const before = map;
          const held = before.get(step.key);
          map = apply(map, step);
          if (step.value === null) model.delete(step.key);
          else model.set(step.key, step.value);
          if (before.get(step.key) !== held) changed.push(step);
          if (map.size !== model.size || map.get(step.key) !== model.get(step.key)) wrong.push(step);
        }
        expect({ changed, wrong }).toEqual({ changed: [], wrong: [] });
        expect(new Map(map.entries())).toEqual(model);
      }),
    );
  });

  it('equals another one with the same content when it is serialized', () => {
    const grown = PersistentMap.empty<string, number>().with('b', 2).with('c', 3).with('a', 1).without('c');
    expect(JSON.stringify(grown)).toBe('{"a":1,"b":2}');
  });

  it('is as small as a new one when everything has gone', () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => `order-${index}`);
    const full = keys.reduce((map, key) => map.with(key, 1), PersistentMap.empty<string, number>());
    expect(full.size).toBe(1_000);
    expect(keys.reduce((map, key) => map.without(key), full)).toEqual(PersistentMap.empty());
  });

  it('holds many keys of one hash', () => {
    // Found by search: either text of a pair leaves FNV-1a in the same state, so all sixteen sentences hash alike.
    const pairs = [
      ['7yzx', 'e6ad'],
      ['33zx', 'epad'],
      ['33zx', 'epad'],
      ['33zx', 'epad'],
    ];
    const keys = pairs.reduce(
      (heads, pair) => heads.flatMap((head) => pair.map((tail) => head + tail)),
      [''],
    );
    let map = PersistentMap.empty<string, number>();
    for (const [index, key] of keys.entries()) map = map.with(key, index);
    expect(keys.map((key) => map.get(key))).toEqual([...keys.keys()]);
    expect(map.without(keys[3]!).get(keys[4]!)).toBe(4);
    expect(keys.reduce((rest, key) => rest.without(key), map)).toEqual(PersistentMap.empty());
  });
});
