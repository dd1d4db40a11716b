import { MongoServerError, type Db } from 'mongodb';
import { silentLogger } from '../../telemetry';
import type { CollectionSpec } from '../read-models';
import { SchemaKeeper } from './schema-keeper';
import { validatorOf } from './validator';

const spec: CollectionSpec = {
  name: 'order_details',
  version: 2,
  indexes: [{ name: 'by_status', fields: ['status'] }],
  schema: {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, status: { type: 'string' } },
  },
};
const rules = { validator: validatorOf(spec), validationLevel: 'strict', validationAction: 'warn' };

type Told = { readonly on: string; readonly command: object };

/** A server that says what it is, and keeps what it is told to do with a collection as a whole. */
const serverThat = (is: { readonly mongos: boolean; readonly hasCollection: boolean }) => {
  const told: Told[] = [];
  const tell = (on: string) => (command: object) => {
    if ('hello' in command) return Promise.resolve(is.mongos ? { msg: 'isdbgrid' } : {});
    told.push({ on, command });
    return Promise.resolve({});
  };
  const database = {
    databaseName: 'shop',
    command: tell('shop'),
    admin: () => ({ command: tell('admin') }),
    createCollection: (create: string, options: object) => {
      told.push({ on: 'shop', command: { create, ...options } });
      const exists = new MongoServerError({ message: 'It is there', code: 48 });
      return is.hasCollection ? Promise.reject(exists) : Promise.resolve({});
    },
    collection: () => ({
      createIndex: () => Promise.resolve(''),
      findOne: () => Promise.resolve(null),
      replaceOne: () => Promise.resolve({}),
    }),
  };
  return { database: database as unknown as Db, told };
};

describe('what a server is told of a collection', () => {
  it('is its shape, and on a mongos how it is spread over the shards', async () => {
    const { database, told } = serverThat({ mongos: true, hasCollection: false });
    await new SchemaKeeper(database, silentLogger).ensure(spec);
    expect(told).toEqual([
      { on: 'shop', command: { create: 'order_details_v2', ...rules } },
      { on: 'admin', command: { shardCollection: 'shop.order_details_v2', key: { _id: 'hashed' } } },
    ]);
  });

  it('is its shape alone where there are no shards; one that is there is changed to it', async () => {
    const { database, told } = serverThat({ mongos: false, hasCollection: true });
    await new SchemaKeeper(database, silentLogger).ensure(spec);
    expect(told).toEqual([
      { on: 'shop', command: { create: 'order_details_v2', ...rules } },
      { on: 'shop', command: { collMod: 'order_details_v2', ...rules } },
    ]);
    expect(rules.validator.$jsonSchema).toMatchObject({ properties: { status: { bsonType: ['string'] } } });
  });
});
