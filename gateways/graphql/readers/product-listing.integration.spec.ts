import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../../platform/clock';
import { openEmbeddedReadModels } from '../../../platform/read-models';
import { productSearchContract } from '../../../tests/contract/product-search.contract';

describe('products from the embedded read models', () => {
  let directory: string;
  productSearchContract(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-products-'));
    return openEmbeddedReadModels({ directory, clock: realClock });
  });
  afterAll(() => rm(directory, { recursive: true }));
});
