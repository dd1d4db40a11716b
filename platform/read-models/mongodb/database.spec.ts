import { realClock } from '../../clock';
import { openMongoDatabase } from './database';

describe('a database of MongoDB for a store that cannot be built again', () => {
  it('reads what most members have, and waits until most members have a write on disk', async () => {
    const database = openMongoDatabase({
      url: 'mongodb://a:1/?readConcernLevel=local&w=1',
      clock: realClock,
    });
    const collection = database.collection('things');
    expect(collection.readConcern?.level).toBe('majority');
    expect(collection.readPreference?.mode).toBe('primary');
    expect(collection.writeConcern).toMatchObject({ w: 'majority', j: true });
    await database.close();
  });
});
