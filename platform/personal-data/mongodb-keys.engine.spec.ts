import { randomUUID } from 'node:crypto';
import { personKeysContract } from '../../tests/contract/person-keys.contract';
import { inDatabase } from '../../tests/support/process/database-url';
import { describeOn } from '../../tests/support/process/real-engine';
import { realClock, realRandom } from '../clock';
import { openMongoDatabase } from '../read-models/mongodb';
import { mongoPersonKeys } from './mongodb-keys';

describeOn('WAYBILL_TEST_MONGODB', 'the keys in MongoDB', (server) => {
  const url = inDatabase(server, `keys-${randomUUID()}`);
  personKeysContract(() =>
    Promise.resolve(mongoPersonKeys(openMongoDatabase({ url, clock: realClock }), { random: realRandom })),
  );
});
