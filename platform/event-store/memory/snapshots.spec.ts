import { snapshotsContract } from '../../../tests/contract/snapshots.contract';
import { memorySnapshots } from './index';

describe('snapshots in memory', () =>
  snapshotsContract(() => Promise.resolve({ snapshots: memorySnapshots(), begin: () => Promise.resolve() })));
