import { inProcessBus } from '../../platform/bus';
import { memoryEventStore, positionOf, streamName, type Position } from '../../platform/event-store';
import { readinessOf, type HealthPart } from '../../platform/health';
import type { ElectedRole } from '../../platform/leader-election';
import { projectionBuilds } from '../../platform/projections';
import { memoryReadModels, type ReadModels } from '../../platform/read-models';
import { silentLogger } from '../../platform/telemetry';
import { allProjections } from '../../projections/read-models';
import { catalogue } from '../../projections/catalogue';
import { newEvent } from '../../tests/support/event-store/new-events';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock, type VirtualClock } from '../../tests/support/time/virtual-clock';
import { ensureCollections } from '../composition/await-engines';
import { projectionsRole } from './projections';
import { reactionsContribution, type Reactions } from './reactions';
import { parseRoles, type Role } from './role-names';
import { integrationHealth } from './workflows';

const stop = (): Promise<void> => Promise.resolve();

/** A role that this process plays, or for which it stands by. */
const elected = <Running>(current: Running | undefined, standby?: HealthPart): ElectedRole<Running> => ({
  current: () => current,
  standby: () => standby,
  metrics: [],
  stop,
});

describe('the health of the roles', () => {
  let clock: VirtualClock;
  let store: ReturnType<typeof memoryEventStore>;
  let readModels: ReadModels;

  beforeEach(async () => {
    clock = createVirtualClock();
    store = memoryEventStore(clock);
    readModels = memoryReadModels();
    await ensureCollections(readModels);
  });

  const record = async (id: string): Promise<Position> => {
    const appended = await store.append(streamName('order', id), 'no-stream', [newEvent({}, 'OrderPlaced')]);
    if (appended.kind !== 'appended') throw new Error(appended.kind);
    return appended.position;
  };

  /** Returns the readiness of a process that has these roles. Another process keeps the read models, or none. */
  const probe = async (role: Role | 'all', keeper?: HealthPart) => {
    const runtime = { clock, random: seededRandom(1), logger: silentLogger };
    const roles = parseRoles([role]);
    const { health } = await projectionsRole({
      roles,
      readElsewhere: true,
      leaders: { play: async () => elected<never>(undefined, keeper) },
      store,
      readModels,
      bus: inProcessBus(runtime),
      runtime,
    });
    return readinessOf(health, roles, clock);
  };

  /** @param except - the collection that stays where it is. */
  const checkpoint = async (position: Position, except?: string): Promise<void> => {
    for (const { collection } of allProjections)
      if (collection.name !== except)
        await readModels.write({ collection, upserts: [], deletes: [], position });
  };

  describe('of an edge whose read models another process keeps', () => {
    it('is given while they keep up', async () => {
      await checkpoint(await record('a'));
      const ready = await probe('edge');
      expect((await ready()).parts['projections']).toEqual({ ready: true });
      await record('b');
      await clock.advance(10_000);
      expect((await ready()).parts['projections']).toEqual({ ready: true });
    });

    it('is refused as soon as one is more than ten seconds behind, and says which', async () => {
      await checkpoint(await record('a'));
      const ready = await probe('edge');
      expect((await ready()).ready).toBe(true);
      const late = await record('b');
      await clock.advance(11_000);
      await checkpoint(late, 'catalogue');
      const answer = await ready();
      expect(answer.ready).toBe(false);
      expect(answer.parts['projections']).toEqual({ ready: false, detail: 'catalogue is 11 s behind' });
    });

    it('is refused until they have shown everything that was stored at the start', async () => {
      const before = await record('a');
      await checkpoint(before);
      const seeded = await record('b');
      const ready = await probe('edge');
      await checkpoint(seeded, 'catalogue');
      expect((await ready()).parts['projections']).toEqual({
        ready: false,
        detail: 'catalogue is still 1 event behind since the start',
      });
      await record('c');
      await checkpoint(seeded);
      expect((await ready()).ready).toBe(true);
    });

    it('shows the progress of the copy that is built to replace one that is behind', async () => {
      await checkpoint(await record('a'));
      const ready = await probe('edge');
      expect((await ready()).ready).toBe(true);
      const { name, version } = catalogue.collection;
      const build = { startedAt: clock.now(), paused: false, promotes: false };
      const served = { ...build, version, declared: version, continuedBy: version + 1 };
      const next = { ...build, version: version + 1, declared: version + 1 };
      const document = {
        id: name,
        builds: [served, next],
        previous: null,
        declared: version + 1,
        revision: 1,
      };
      await readModels.write({
        ...{ collection: projectionBuilds, deletes: [], position: positionOf(1) },
        upserts: [{ document, position: positionOf(1) }],
      });
      const late = await record('b');
      await clock.advance(11_000);
      await checkpoint(late, name);
      expect((await ready()).parts['projections']?.detail).toBe(
        `catalogue is 11 s behind (version ${version} was made by code of version ${version} and is updated by code of ` +
          `version ${version + 1}; version ${version + 1} is being built: 0 of 2 events)`,
      );
    });

    it('does not matter to a process that shows none', async () => {
      await record('a');
      await clock.advance(11_000);
      expect((await (await probe('commands'))()).ready).toBe(true);
    });
  });

  describe('of a process that stands by for the read models it shows', () => {
    const ann = { ready: true, detail: 'standby: ann has it' };
    const nobody = { ready: true, detail: 'standby: no process is known to have it' };

    it('names the process that keeps them', async () => {
      await checkpoint(await record('a'));
      expect((await (await probe('all', ann))()).parts['projections']).toEqual(ann);
    });

    it('is refused while they are stale, and says that no process keeps them', async () => {
      await checkpoint(await record('a'));
      const ready = await probe('all', nobody);
      expect((await ready()).ready).toBe(true);
      const late = await record('b');
      await clock.advance(12_000);
      await checkpoint(late, 'catalogue');
      const { ready: isReady, standby, parts } = await ready();
      expect({ isReady, standby }).toEqual({ isReady: false, standby: false });
      expect(parts['projections']).toEqual({
        ready: false,
        detail: 'standby: no process is known to have it; catalogue is 12 s behind',
      });
    });

    it('is given to a process that shows none', async () => {
      await record('a');
      const { ready, standby } = await (await probe('projections', ann))();
      expect({ ready, standby }).toEqual({ ready: true, standby: true });
    });
  });

  describe('of reactors', () => {
    /** Returns the health of reactors that have come as far as `position`, in a process of this role. */
    const workflows = async (role: Role | 'all', position: Position | undefined) => {
      const roles = parseRoles([role]);
      const staysInService = roles.has('edge') || roles.has('ups-gateway');
      const reactions: Reactions = { status: () => ({ position, kept: 1 }), stop };
      const context = { store, clock, staysInService };
      const { health } = reactionsContribution('workflows', elected(reactions), context);
      return readinessOf(health, roles, clock)();
    };

    it('is given while no event waits for longer than a minute', async () => {
      await record('a');
      await clock.advance(60_000);
      expect((await workflows('workflows', undefined)).parts['workflows']).toEqual({ ready: true });
    });

    it('is refused when one does, and says for how long', async () => {
      const done = await record('a');
      await record('b');
      await clock.advance(75_000);
      const { ready, parts } = await workflows('workflows', done);
      expect(ready).toBe(false);
      expect(parts['workflows']).toEqual({
        ready: false,
        detail: expect.stringMatching(/^75 s behind/) as string,
      });
    });

    it.each(['edge', 'ups-gateway', 'all'] as const)(
      'is shown, but keeps a process in service that receives requests: %s',
      async (role) => {
        await record('a');
        await clock.advance(75_000);
        const { ready, parts } = await workflows(role, undefined);
        expect(ready).toBe(true);
        expect(parts['workflows']?.detail).toMatch(/^75 s behind/);
      },
    );
  });

  describe('of integration events', () => {
    const integration = (refusal: string | undefined, position?: Position) => {
      const context = { store, clock, staysInService: false };
      return integrationHealth({ position, waiting: 3, refusal }, context);
    };

    it('shows the reason at once, and is refused after a minute', async () => {
      await record('a');
      await clock.advance(5_000);
      const why = 'NATS has no room for order.events';
      const waits = { ready: true, detail: `3 messages for other systems wait, for 5 s: ${why}` };
      expect(await integration(why)).toEqual(waits);
      await clock.advance(60_000);
      expect(await integration(why)).toMatchObject({ ready: false });
    });

    it('is given where no message waits', async () => {
      expect(await integration(undefined, positionOf(0))).toEqual({ ready: true });
    });
  });
});
