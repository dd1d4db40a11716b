import type { Millis } from '../../domain/kernel';
import { createLeases, keepLease, type Keeper } from '../lease';
import { fenced, type ReadModels } from '../read-models';
import { silentLogger } from '../telemetry';
import { counters, type CountingEvent } from '../../tests/support/projections/counting';
import { createWorkplace, overheard, type Workplace } from '../../tests/support/projections/projecting';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { startProjectionDaemon, verifyProjection, type ProjectionDaemon } from './index';

const TTL_MS = 5_000;
const add = (to: string, by = 1): CountingEvent => ({ type: 'CounterAdded', data: { to, by } });
const left = counters('left');

/** A process that would keep the read models. `through`: how its calls reach them. */
class Candidate {
  runtime: ProjectionDaemon | undefined;
  private readonly keeper: Keeper;

  constructor(name: string, workplace: Workplace, through: ReadModels = workplace.readModels) {
    const { clock, store, readModels } = workplace;
    const surroundings = { clock, random: seededRandom(5), logger: silentLogger };
    this.keeper = keepLease({
      leases: createLeases(readModels.leases, clock),
      ...{ lease: 'projections', holder: name, ttlMs: TTL_MS, ...surroundings },
      begin: async (term) => {
        const own = fenced(through, term);
        const runtime = await startProjectionDaemon({
          store,
          readModels: own,
          projections: [left],
          ...surroundings,
        });
        this.runtime = runtime;
        return {
          stop: () => {
            this.runtime = undefined;
            return runtime.stop();
          },
        };
      },
    });
  }

  start(): Promise<void> {
    return this.keeper.start();
  }

  stop(): Promise<void> {
    return this.keeper.stop();
  }
}

describe('projections under a lease', () => {
  let workplace: Workplace;
  beforeEach(() => {
    workplace = createWorkplace();
  });
  const start = async (candidate: Candidate): Promise<Candidate> => {
    await workplace.clock.drive(candidate.start());
    return candidate;
  };
  const differences = async (): Promise<number> =>
    (await verifyProjection(workplace, left, left.collection)).differing;

  it('run in one process, and continue in the next one when it stops', async () => {
    const { clock, record, totals, settle } = workplace;
    const ann = await start(new Candidate('ann', workplace));
    const bob = await start(new Candidate('bob', workplace));
    await record(add('a'));
    await settle();
    expect(await totals('left')).toEqual({ a: 1 });
    expect(bob.runtime).toBeUndefined();
    await clock.drive(ann.stop());
    const position = await record(add('a'), add('b'));
    await clock.advance(TTL_MS / 10);
    expect(await clock.drive(bob.runtime!.waitFor('left', position, 1_000))).toBe(true);
    expect(await totals('left')).toEqual({ a: 2, b: 1 });
    await clock.drive(bob.stop());
  });

  it('are not changed by a process that was suspended: its write is refused, it becomes a standby, and may take over again', async () => {
    const { clock, record, readModels, totals, settle } = workplace;
    const pause: { until?: Promise<void> } = {};
    const sleepy = overheard(readModels, async ({ collection }) => {
      if (collection.name === 'left') await pause.until;
    });
    const ann = await start(new Candidate('ann', workplace, sleepy));
    await record(add('a'));
    await settle();
    // Its next write is on its way, and stays there until after its lease.
    pause.until = clock.sleep((3 * TTL_MS) as Millis);
    await record(add('a'), add('gone'));
    await settle();
    const { token } = (await readModels.leases.latest('projections'))!;
    await readModels.leases.begin({
      ...{
        lease: 'projections',
        token: token + 1,
        holder: 'bob',
        ttlMs: TTL_MS,
        renewals: 0,
        released: false,
      },
    });
    const refused = ann.runtime!;
    const before = await readModels.checkpoint(left.collection);
    await clock.advance(3 * TTL_MS + TTL_MS / 2);
    expect(ann.runtime).toBeUndefined();
    expect(await readModels.checkpoint(left.collection)).toBe(before);
    await clock.advance(TTL_MS);
    expect(await readModels.leases.latest('projections')).toMatchObject({ holder: 'ann', token: token + 2 });
    // Bob has stopped, so Alice has taken over again, with a new runtime.
    expect(ann.runtime).toBeDefined();
    expect(ann.runtime).not.toBe(refused);
    await settle();
    expect(await totals('left')).toEqual({ a: 2, gone: 1 });
    expect(before! < (await readModels.checkpoint(left.collection))!).toBe(true);
    expect(await differences()).toBe(0);
    await clock.drive(ann.stop());
  });

  it('are not promoted by a process whose term has ended', async () => {
    const { clock, record, readModels, settle } = workplace;
    const ann = await start(new Candidate('ann', workplace));
    await record(add('a'));
    await settle();
    await ann.runtime!.rebuild('left', { promotes: false });
    await settle();
    const late = ann.runtime!;
    await readModels.leases.begin({
      ...{ lease: 'projections', token: 2, holder: 'bob', ttlMs: TTL_MS, renewals: 0, released: false },
    });
    await expect(late.promote('left')).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await readModels.promoted('left')).toBe(1);
    await clock.advance(TTL_MS / 10);
    expect(ann.runtime).toBeUndefined();
    await clock.drive(ann.stop());
  });
});
