import { leaseContract } from '../../../tests/contract/lease.contract';
import { readModelsContract } from '../../../tests/contract/read-models.contract';
import { memoryReadModels } from './index';

describe('the read models in memory', () => {
  readModelsContract(() => Promise.resolve(memoryReadModels()));
  leaseContract(() => Promise.resolve(memoryReadModels()));
});
