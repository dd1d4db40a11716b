import { Fault } from '../faults';
import { memoryReadModels, type ReadModels } from '../read-models';
import { silentLogger } from '../telemetry';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock, type VirtualClock } from '../../tests/support/time/virtual-clock';
import { LeaderElection } from './leader-election';

const TTL_MS = 5_000;

describe('the election of a leader', () => {
  let clock: VirtualClock;
  let readModels: ReadModels;
  let processes: number;
  beforeEach(() => {
    clock = createVirtualClock();
    readModels = memoryReadModels();
    processes = 0;
  });

  /** Has another process take part. */
  const join = (begin: () => Promise<{ stop: () => Promise<void> }>) => {
    const random = seededRandom((processes += 1));
    const election = new LeaderElection({ readModels, ttlMs: TTL_MS, clock, random, logger: silentLogger });
    return clock.drive(election.play('workflows', begin));
  };
  const working = () => Promise.resolve({ stop: () => Promise.resolve() });
  const heldBy = async ({ metrics }: Awaited<ReturnType<typeof join>>) =>
    (await metrics.find(({ name }) => name === 'waybill_lease_held')?.read())?.[0];

  it('lets one process play the role; the other says who does, and takes over when it stops', async () => {
    const first = await join(working);
    const second = await join(working);
    expect([first.current() !== undefined, second.current()]).toEqual([true, undefined]);
    expect(first.standby()).toBeUndefined();
    expect(second.standby()).toEqual({ ready: true, detail: expect.stringMatching(/^standby: .+ has it$/) });
    expect(await heldBy(second)).toEqual({ labels: { lease: 'workflows' }, value: 0 });
    await clock.drive(first.stop());
    await clock.advance(2 * TTL_MS);
    expect(second.standby()).toBeUndefined();
    expect(await heldBy(second)).toEqual({ labels: { lease: 'workflows' }, value: 1 });
    await clock.drive(second.stop());
  });

  it('fails where the role cannot begin, and leaves it to others', async () => {
    const wrong = new Fault('CONFIG_INVALID', 'There is no carrier');
    await expect(join(() => Promise.reject(wrong))).rejects.toBe(wrong);
    const other = await join(working);
    expect(other.current()).toBeDefined();
    await clock.drive(other.stop());
  });
});
