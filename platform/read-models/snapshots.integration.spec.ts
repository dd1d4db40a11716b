import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snapshotsContract } from '../../tests/contract/snapshots.contract';
import { realClock } from '../clock';
import { memoryReadModels, openEmbeddedReadModels, snapshotsInReadModels, type ReadModels } from './index';

const begin = (): Promise<void> => Promise.resolve();

describe('snapshots in read models in memory', () => {
  const readModels = memoryReadModels();
  snapshotsContract(() => Promise.resolve({ snapshots: snapshotsInReadModels(readModels), begin }));
});

describe('snapshots in the embedded read models', () => {
  let directory: string;
  let readModels: ReadModels;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-snapshots-'));
    readModels = await openEmbeddedReadModels({ directory, clock: realClock });
  });
  afterAll(async () => {
    await readModels.close();
    await rm(directory, { recursive: true });
  });
  snapshotsContract(() => Promise.resolve({ snapshots: snapshotsInReadModels(readModels), begin }));
});
