import { randomUUID } from 'node:crypto';
import { leaseContract } from '../../../tests/contract/lease.contract';
import { readModelsContract } from '../../../tests/contract/read-models.contract';
import { snapshotsContract } from '../../../tests/contract/snapshots.contract';
import { inDatabase } from '../../../tests/support/process/database-url';
import { describeOn } from '../../../tests/support/process/real-engine';
import { realClock } from '../../clock';
import { snapshotsInReadModels } from '../snapshots';
import { openMongoReadModels } from './index';

describeOn('WAYBILL_TEST_MONGODB', 'the read models in MongoDB', (server) => {
  const url = inDatabase(server, `contract-${randomUUID()}`);
  readModelsContract(() => Promise.resolve(openMongoReadModels({ url, clock: realClock })));
  leaseContract(() => Promise.resolve(openMongoReadModels({ url, clock: realClock })));
});

describeOn('WAYBILL_TEST_MONGODB', 'snapshots in MongoDB', (server) => {
  const url = inDatabase(server, `snapshots-${randomUUID()}`);
  const readModels = openMongoReadModels({ url, clock: realClock });
  afterAll(() => readModels.close());
  snapshotsContract(() =>
    Promise.resolve({ snapshots: snapshotsInReadModels(readModels), begin: () => Promise.resolve() }),
  );
});
