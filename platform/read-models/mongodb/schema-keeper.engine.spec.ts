import { randomUUID } from 'node:crypto';
import { inDatabase } from '../../../tests/support/process/database-url';
import { describeOn } from '../../../tests/support/process/real-engine';
import { realClock } from '../../clock';
import type { CollectionSpec } from '../read-models';
import { openMongoReadModels } from './';

const spec = (name: string): CollectionSpec => ({
  name,
  version: 1,
  indexes: [{ name: 'by_kind', fields: ['kind'] }],
  searchFields: ['kind'],
  schema: { type: 'object' },
});

describeOn('WAYBILL_TEST_MONGODB', 'a collection in MongoDB', (server) => {
  it('may be made by several processes at the same moment', async () => {
    const url = inDatabase(server, `schema-${randomUUID()}`);
    const processes = Array.from({ length: 5 }, () => openMongoReadModels({ url, clock: realClock }));
    try {
      for (const name of ['first', 'second', 'third'])
        await Promise.all(processes.map((one) => one.ensure(spec(name))));
      await expect(processes[0]!.count(spec('third'))).resolves.toBe(0);
    } finally {
      await Promise.all(processes.map((one) => one.close()));
    }
  });
});
