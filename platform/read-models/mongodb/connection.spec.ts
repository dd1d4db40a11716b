import { realClock } from '../../clock';
import { isFault } from '../../faults';
import { connectionTo, SETTLED } from './connection';

const options = { clock: realClock, timeoutMs: 1_000 };

const refusal = (url: string): unknown => {
  try {
    connectionTo(url, options);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('the URL of MongoDB', () => {
  it.each([
    ['mongodb://a:1', 'waybill'],
    ['mongodb://a:1,b:2/?replicaSet=rs0', 'waybill'],
    ['mongodb://me:pw@a:1/shop?authSource=admin', 'shop'],
    ['mongodb+srv://me:pw@cluster.example.com/my%2Dshop', 'my-shop'],
  ])('%s keeps its documents in %s', (url, database) => {
    expect(connectionTo(url, options).database.databaseName).toBe(database);
  });

  it('writes to the disks of most members, with any option of its own', () => {
    const { database } = connectionTo('mongodb://a:1/?w=1&journal=false', options);
    expect(database.writeConcern).toMatchObject({ w: 'majority', j: true });
    expect(database.collection('things').writeConcern).toMatchObject({ w: 'majority', j: true });
  });

  it.each([
    'mongodb://a:1/?readPreference=secondaryPreferred',
    'mongodb://a:1/?readPreference=nearest&maxStalenessSeconds=120&readConcernLevel=available',
  ])('reads from the primary, with any option of its own: %s', (url) => {
    const { database } = connectionTo(url, options);
    expect(database.readPreference?.mode).toBe('primary');
    for (const collection of [database.collection('things'), database.collection('leases', SETTLED)])
      expect(collection.readPreference?.mode).toBe('primary');
    expect(database.collection('things').readConcern?.level).toBe('local');
    expect(database.collection('leases', SETTLED).readConcern?.level).toBe('majority');
  });

  it.each([
    ['mongodb://a:1', 800],
    ['mongodb://a:1/?wtimeoutMS=250', 250],
    ['mongodb://a:1/?w=1&wtimeoutMS=0', 0],
  ])('%s has the server wait for most members for %d ms', (url, wtimeoutMS) => {
    const { writeConcern } = connectionTo(url, options).database.collection('things', SETTLED);
    expect(writeConcern).toMatchObject({ w: 'majority', j: true, wtimeoutMS });
  });

  it.each([
    'postgres://a',
    '',
    'mongodb://',
    'mongodb://me:hunter2@a:99999',
    'mongodb://me:hun:ter2@a',
    'mongodb://me:hunter2@a/?w=many&readPreference=whatever',
    'mongodb://me:hunter2@a/?noSuchOption=1',
    'mongodb://me:hunter2@a/not a name',
  ])('is refused, with what to set and without a password: %s', (url) => {
    const error = refusal(url);
    if (!isFault(error, 'CONFIG_INVALID')) throw new Error('It was taken');
    expect(error.message).toContain('WAYBILL_READ_MODELS');
    expect(error.message).toContain('mongodb://name:password@host:27017/waybill');
    expect(error.message).not.toContain('hun');
    expect(error.cause).toBeUndefined();
  });
});
