import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelsContract } from '../../../tests/contract/read-models.contract';
import { realClock } from '../../clock';
import { openEmbeddedReadModels } from './index';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-read-models-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('the embedded read models', () => {
  readModelsContract(() => openEmbeddedReadModels({ directory, clock: realClock }));
});
