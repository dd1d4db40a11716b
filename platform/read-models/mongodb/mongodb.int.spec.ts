import { randomUUID } from 'node:crypto';
import { leaseContract } from '../../../tests/contract/lease.contract';
import { readModelsContract } from '../../../tests/contract/read-models.contract';
import { describeOn } from '../../../tests/support/process/real-engine';
import { realClock } from '../../clock';
import { openMongoReadModels } from './index';

describeOn('WAYBILL_TEST_MONGODB', 'the read models in MongoDB', (server) => {
  const url = `${server}/contract-${randomUUID()}`;
  readModelsContract(() => Promise.resolve(openMongoReadModels({ url, clock: realClock })));
  leaseContract(() => Promise.resolve(openMongoReadModels({ url, clock: realClock })));
});
