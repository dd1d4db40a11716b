import { randomUUID } from 'node:crypto';
import { realClock } from '../../../platform/clock';
import { openMongoReadModels } from '../../../platform/read-models/mongodb';
import { productSearchContract } from '../../../tests/contract/product-search.contract';
import { inDatabase } from '../../../tests/support/process/database-url';
import { describeOn } from '../../../tests/support/process/real-engine';

describeOn('WAYBILL_TEST_MONGODB', 'products from read models in MongoDB', (server) => {
  const url = inDatabase(server, `products-${randomUUID()}`);
  productSearchContract(() => Promise.resolve(openMongoReadModels({ url, clock: realClock })));
});
