import type { CollectionSpec } from '../read-models';
import { validatorOf } from './validator';

const spec: CollectionSpec = {
  name: 'things',
  version: 1,
  indexes: [],
  schema: {
    type: 'object',
    description: 'A thing.',
    properties: {
      id: { type: 'string', description: 'UUID.' },
      count: { type: 'integer', description: 'How many.' },
      price: { type: ['number', 'null'] },
      active: { type: 'boolean' },
      tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
      place: {
        type: 'object',
        properties: { x: { type: ['integer', 'null'] } },
        required: ['x'],
        additionalProperties: false,
      },
    },
    required: ['id', 'count'],
    additionalProperties: false,
  },
};

describe('the validator of a collection', () => {
  it('says in MongoDB’s words what the declaration says of a document, and of what is stored beside it', () => {
    const [marker, { $jsonSchema }] = validatorOf(spec).$or;
    expect(marker).toEqual({ deletedAt: { $type: 'date' } });
    expect({ $jsonSchema }).toEqual({
      $jsonSchema: {
        bsonType: ['object'],
        description: 'A thing.',
        properties: {
          _id: { bsonType: ['string'], description: 'UUID.' },
          count: { bsonType: ['number'], multipleOf: 1, description: 'How many.' },
          price: { bsonType: ['number', 'null'] },
          active: { bsonType: ['bool'] },
          tags: { bsonType: ['array'], items: { bsonType: ['string'], enum: ['a', 'b'] } },
          place: {
            bsonType: ['object'],
            properties: { x: { bsonType: ['number', 'null'], multipleOf: 1 } },
            required: ['x'],
            additionalProperties: false,
          },
          lastPosition: { bsonType: ['string'], description: 'Of the event that last changed it.' },
          searchWords: { bsonType: ['array'], description: 'Its words, for the search.' },
        },
        required: ['_id', 'count', 'lastPosition'],
        additionalProperties: false,
      },
    });
  });

  it('demands the words where there is a search', () => {
    const [, { $jsonSchema }] = validatorOf({ ...spec, searchFields: ['tags'] }).$or;
    expect($jsonSchema['required']).toEqual(['_id', 'count', 'lastPosition', 'searchWords']);
  });

  it('requires little if little is declared', () => {
    const [, { $jsonSchema }] = validatorOf({ ...spec, schema: { type: 'object' } }).$or;
    expect($jsonSchema['required']).toEqual(['_id', 'lastPosition']);
  });
});
