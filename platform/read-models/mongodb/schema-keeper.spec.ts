import { MongoServerError, type Db } from 'mongodb';
import { createLogger, silentLogger } from '../../telemetry';
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

/** A server with a given version that records the commands for a collection. */
const serverThat = (is: {
  readonly mongos: boolean;
  readonly rules?: object;
  readonly refuses?: boolean;
}) => {
  const told: Told[] = [];
  const refusal = is.refuses
    ? Promise.reject(new MongoServerError({ message: 'not authorized', code: 13 }))
    : undefined;
  refusal?.catch(() => undefined);
  const tell = (on: string) => (command: object) => {
    if ('hello' in command) return Promise.resolve(is.mongos ? { msg: 'isdbgrid' } : {});
    told.push({ on, command });
    return refusal ?? Promise.resolve({});
  };
  const database = {
    databaseName: 'shop',
    command: tell('shop'),
    admin: () => ({ command: tell('admin') }),
    createCollection: (create: string, options: object) => {
      told.push({ on: 'shop', command: { create, ...options } });
      return Promise.resolve({});
    },
    listCollections: () => ({
      toArray: () => Promise.resolve(is.rules ? [{ name: 'order_details_v2', options: is.rules }] : []),
    }),
    collection: () => ({
      createIndex: () => refusal ?? Promise.resolve(''),
      findOne: () => Promise.resolve(null),
      replaceOne: () => Promise.resolve({}),
    }),
  };
  return { database: database as unknown as Db, told };
};

describe('the commands for a collection', () => {
  it('is its shape, and on a mongos how it is spread over the shards', async () => {
    const { database, told } = serverThat({ mongos: true });
    await new SchemaKeeper(database, silentLogger).ensure(spec);
    expect(told).toEqual([
      { on: 'shop', command: { create: 'order_details_v2', ...rules } },
      { on: 'admin', command: { shardCollection: 'shop.order_details_v2', key: { _id: 'hashed' } } },
    ]);
  });

  it('is its new shape where the one that is there is another', async () => {
    const { database, told } = serverThat({ mongos: false, rules: { validator: { $jsonSchema: {} } } });
    await new SchemaKeeper(database, silentLogger).ensure(spec);
    expect(told).toEqual([{ on: 'shop', command: { collMod: 'order_details_v2', ...rules } }]);
    const [, { $jsonSchema }] = rules.validator.$or;
    expect($jsonSchema).toMatchObject({ properties: { status: { bsonType: ['string'] } } });
  });

  it('is nothing where the shape is the same, since a change locks the collection', async () => {
    const { database, told } = serverThat({ mongos: false, rules });
    await new SchemaKeeper(database, silentLogger).ensure(spec);
    expect(told).toEqual([]);
  });

  it('may be refused for want of rights, which is said once with the role that is needed', async () => {
    const { database } = serverThat({ mongos: true, rules: {}, refuses: true });
    const lines: { readonly level: string; readonly msg: string; readonly role: string }[] = [];
    const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]);
    const keeper = new SchemaKeeper(database, createLogger('debug', { write }));
    await keeper.ensure(spec);
    await keeper.ensure({ ...spec, version: 3 });
    expect(lines.map(({ level, role }) => [level, role])).toEqual([
      ['warn', 'dbAdmin on the database'],
      ['warn', 'clusterManager on the database admin'],
      ['warn', 'readWrite on the database'],
    ]);
    expect(lines[0]?.msg).toContain('WAYBILL_READ_MODELS');
  });
});
