import fc from 'fast-check';
import { positionOf } from '../../event-store';
import type { Document } from '../read-models';
import { storedDocumentOf, storedOf, type StoredDocument } from './stored-document';

const at = positionOf(7);

const keysAt = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Array.isArray(value)
      ? value.flatMap(keysAt)
      : Object.entries(value).flatMap(([key, inner]) => [key, ...keysAt(inner)]);

describe('a stored document', () => {
  it('is flat: its id, its fields, its position and its words', () => {
    const document: Document = { id: 'a', name: 'Red Mug', price: { amount: 3 } } as Document;
    expect(storedDocumentOf(document, at, ['name'])).toEqual({
      _id: 'a',
      name: 'Red Mug',
      price: { amount: 3 },
      lastPosition: at,
      searchWords: ['red', 'mug'],
    });
    expect(storedDocumentOf(document, at, [])).not.toHaveProperty('searchWords');
  });

  it('comes back as it was, and has no key that MongoDB would not take as a name', () => {
    const key = fc.oneof(
      fc.constantFrom(
        '_bsontype',
        '%5Fbsontype',
        '',
        '$',
        '.',
        '%',
        '%24',
        'a.b',
        '$correlationId',
        '%25',
        '\0',
      ),
      fc.string(),
    );
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(key, tie('value')),
      ),
    })).value;
    const fields = fc.dictionary(key, value).filter((one) => Object.keys(one).every((name) => name !== 'id'));
    fc.assert(
      fc.property(fields, (some) => {
        const own = ['_id', 'lastPosition', 'searchWords', 'deletedAt'];
        fc.pre(!own.some((name) => name in some));
        const document = { ...some, id: 'a' };
        const stored = storedDocumentOf(document, at, []);
        expect(storedOf(stored)).toEqual({ document, lastPosition: at });
        expect(keysAt(stored).filter((name) => /^$|^_bsontype$|[$.\0]/.test(name))).toEqual([]);
      }),
    );
  });

  it('is not copied deep where there is nothing to rename', () => {
    const inner = { list: [{ a: 1 }] };
    expect(storedDocumentOf({ id: 'a', inner } as Document, at, [])['inner']).toBe(inner);
  });

  it.each(['_id', 'lastPosition', 'searchWords', 'deletedAt'])('can’t have a field of ours: %s', (field) => {
    expect(() => storedDocumentOf({ id: 'a', [field]: 1 }, at, [])).toThrow(field);
  });

  it('loses its words on the way back', () => {
    const stored: StoredDocument = { _id: 'a', lastPosition: at, searchWords: ['x'], name: 'x' };
    expect(storedOf(stored).document).toEqual({ id: 'a', name: 'x' });
    expect(stored.searchWords).toEqual(['x']);
  });
});
