import { z } from 'zod';
import type { Position } from '../event-store';
import { recorded } from '../../tests/support/projections/it-projects';
import { foldDocument, readModel, type DocumentOf } from './';

const Parcel = z
  .strictObject({
    id: z.string().meta({ kind: 'id', form: 'A UUID.' }).describe('The parcel.'),
    weight: z.int().describe('In grams.'),
    size: z.enum(['small', 'large']).nullable().describe('Null until it is measured.'),
    packedAt: z.string().meta({ form: 'RFC 3339.' }).nullable().describe('When it was packed.'),
    stops: z
      .array(z.strictObject({ x: z.int32().min(0).describe('West to east.') }).describe('A stop.'))
      .describe('In order.'),
  })
  .describe('A parcel.');
type Parcel = DocumentOf<typeof Parcel>;

type Weighed = {
  readonly type: 'Weighed';
  readonly data: { readonly parcel?: string; readonly grams: number };
};
type Lost = { readonly type: 'Lost'; readonly data: { readonly parcel: string } };

const parcels = readModel<Parcel, Weighed | Lost>('parcels', {
  question: 'What does each parcel weigh?',
  version: 2,
  document: Parcel,
  indexes: { by_weight: ['weight'] },
  searchFields: ['id'],
  key: ({ data }) => data.parcel,
  on: {
    Weighed: (found, { data }, id) => ({
      ...(found ?? { id, size: null, packedAt: null, stops: [] }),
      weight: data.grams,
    }),
    Lost: () => undefined,
  },
});

it('a read model declares its collection, with a schema that every engine supports', () =>
  expect(parcels.collection).toStrictEqual({
    name: 'parcels',
    version: 2,
    indexes: [{ name: 'by_weight', fields: ['weight'] }],
    searchFields: ['id'],
    schema: {
      type: 'object',
      description: 'A parcel.',
      properties: {
        id: { type: 'string', description: 'The parcel. A UUID.' },
        weight: { type: 'integer', description: 'In grams.' },
        size: {
          type: ['string', 'null'],
          enum: ['small', 'large', null],
          description: 'Null until it is measured.',
        },
        packedAt: { type: ['string', 'null'], description: 'When it was packed. RFC 3339.' },
        stops: {
          type: 'array',
          description: 'In order.',
          items: {
            type: 'object',
            description: 'A stop.',
            properties: { x: { type: 'integer', minimum: 0, description: 'West to east.' } },
            required: ['x'],
            additionalProperties: false,
          },
        },
      },
      required: ['id', 'weight', 'size', 'packedAt', 'stops'],
      additionalProperties: false,
    },
  }));

it('a read model rejects a field of two types, which no engine can index', () =>
  expect(() =>
    readModel<{ id: string; any: string | number }, Lost>('mixed', {
      question: 'Why not?',
      version: 1,
      document: z.strictObject({ id: z.string(), any: z.union([z.string(), z.number()]) }),
      indexes: {},
      key: ({ data }) => data.parcel,
      on: { Lost: () => undefined },
    }),
  ).toThrow('of one type'));

it('a read model folds an event into the document of its key', () => {
  const weighed = recorded<Weighed>({ type: 'Weighed', data: { parcel: 'a', grams: 7 } });
  const first = { id: 'a', weight: 7, size: null, packedAt: null, stops: [] };
  expect(foldDocument(parcels, 'a', [weighed])).toStrictEqual(first);
  const lost = { ...recorded<Lost>({ type: 'Lost', data: { parcel: 'a' } }), position: '2' as Position };
  expect(foldDocument(parcels, 'a', [weighed, lost])).toBeUndefined();
});

it('a read model ignores an event without a key', () =>
  expect(
    parcels.handlers.Weighed.ids(recorded<Weighed>({ type: 'Weighed', data: { grams: 7 } })),
  ).toStrictEqual([]));
