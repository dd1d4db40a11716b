import type { Upcasters } from '../../domain/kernel';
import type { RecordedEvent } from './event-store';
import { schemaOf, upcast } from './upcasting';

const upcasters: Upcasters = {
  Moved: [
    (data) => ({ ...data, floor: 0 }),
    (data) => ({ ...data, floors: [(data as { floor: number }).floor] }),
  ],
};

const recorded = (type: string, schema: number, data: object) =>
  ({ type, data, metadata: { schema } }) as RecordedEvent;

describe('upcasting', () => {
  it('counts schemas from 1', () => {
    expect(schemaOf(upcasters, 'Moved')).toBe(3);
    expect(schemaOf(upcasters, 'Stayed')).toBe(1);
    expect(schemaOf(undefined, 'Stayed')).toBe(1);
  });

  it.each([
    [1, { x: 1 }, { x: 1, floor: 0, floors: [0] }],
    [2, { x: 2, floor: 7 }, { x: 2, floor: 7, floors: [7] }],
    [3, { x: 3, floors: [8] }, { x: 3, floors: [8] }],
  ])('gives an event of schema %i the newest shape', (schema, data, newest) =>
    expect(upcast(upcasters, recorded('Moved', schema, data))).toEqual(recorded('Moved', 3, newest)),
  );

  it('leaves an event of a newer version, and one that never changed', () => {
    for (const event of [recorded('Moved', 4, { x: 1 }), recorded('Stayed', 1, { x: 1 })])
      expect(upcast(upcasters, event)).toBe(event);
  });
});
