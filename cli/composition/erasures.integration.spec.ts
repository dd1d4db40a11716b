import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { erasures, erasuresId } from '../../domain/erasures';
import type { AccountId, Instant } from '../../domain/kernel';
import { memoryEventStore, streamName } from '../../platform/event-store';
import { memoryPersonKeys } from '../../platform/personal-data';
import { silentLogger } from '../../platform/telemetry';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { applyErasuresAgain } from './erasures';

const [ann, ben] = [
  '5d0b6c3e-0000-5000-8000-000000000001',
  '5d0b6c3e-0000-5000-8000-000000000002',
] as unknown as readonly [AccountId, AccountId];
const at = '2026-11-29T09:00:00.000Z' as Instant;

it('destroys keys again that were restored from a copy older than the erasure, and no others', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'waybill-erasures-'));
  const store = memoryEventStore(createVirtualClock());
  await store.append(streamName(erasures.category, erasuresId), 'no-stream', [
    {
      id: '5d0b6c3e-0000-5000-8000-0000000000ff',
      type: 'ErasureListed',
      data: { accountId: ann, listedAt: at },
      metadata: { $correlationId: 'c', $causationId: 'c', actor: 'system:spec', schema: 1 },
    },
  ]);
  const restored = memoryPersonKeys(seededRandom(3));
  const made = await restored.make([ann, ben]);
  await applyErasuresAgain({ store, personKeys: restored }, { dataDir }, silentLogger);
  expect((await restored.find([ann, ben])).get(ann)).toBe('destroyed');
  expect((await restored.find([ben])).get(ben)).toEqual(made.get(ben));
  await rm(dataDir, { recursive: true });
});
