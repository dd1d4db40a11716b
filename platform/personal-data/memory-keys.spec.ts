import { personKeysContract } from '../../tests/contract/person-keys.contract';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { memoryPersonKeys } from './memory-keys';

describe('the keys in memory', () => {
  const keys = memoryPersonKeys(seededRandom(3));
  personKeysContract(() => Promise.resolve(keys));
});
