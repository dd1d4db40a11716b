import { inProcessBus } from '../../platform/bus';
import { memoryEventStore, positionOf, streamName, type Position } from '../../platform/event-store';
import { memoryReadModels, type ReadModels } from '../../platform/read-models';
import { silentLogger } from '../../platform/telemetry';
import { projectionBuilds } from '../../platform/projections';
import { catalogue } from '../../projections/catalogue';
import { newEvent } from '../../tests/support/event-store/new-events';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock, type VirtualClock } from '../../tests/support/time/virtual-clock';
import { allProjections, ensureCollections } from './read-side';
import { createAsking, readinessOf, type ReadinessParts } from './readiness';
import { parseRoles, type Role } from './roles';

const nothing = (): undefined => undefined;
const stop = (): Promise<void> => Promise.resolve();

describe('a part that does not answer', () => {
  it('is not ready, and not asked anew by the probes that follow, but for one now and then', async () => {
    const clock = createVirtualClock();
    const asked = createAsking({ clock });
    let questions = 0;
    const silent = (): Promise<never> => {
      questions += 1;
      return new Promise(() => undefined);
    };
    const probe = () => clock.drive(asked('readModels', silent));
    expect(await probe()).toEqual({ ready: false, detail: 'No answer within 2000 ms.' });
    for (let probes = 0; probes < 3; probes += 1) await probe();
    expect(questions).toBe(1);
    for (let probes = 0; probes < 5; probes += 1) await probe();
    expect(questions).toBe(2);
    expect(await asked('bus', () => Promise.resolve({ ready: true }))).toEqual({ ready: true });
  });
});

describe('readiness', () => {
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

  const probe = (role: Role | 'all', parts: Partial<ReadinessParts> = {}) => {
    const surroundings = { clock, random: seededRandom(1), logger: silentLogger };
    const bus = inProcessBus(surroundings);
    const engines = {
      store,
      rawStore: store,
      embeddedStore: undefined,
      remoteStore: undefined,
      readModels,
      bus,
      directory: undefined,
      close: stop,
    };
    const commands = { send: () => Promise.reject(new Error('unused')), healthy: () => true, close: stop };
    const absent = { projections: nothing, worldGateway: nothing, orders: nothing, reactions: {} };
    const turns = { status: () => [] };
    return readinessOf(
      { engines, commands, roles: parseRoles([role]), turns, ...absent, ...parts },
      surroundings,
    );
  };

  const ask = (role: Role | 'all', parts?: Partial<ReadinessParts>) => probe(role, parts)();

  /** @param except - the collection that stays where it is. */
  const checkpoint = async (position: Position, except?: string): Promise<void> => {
    for (const { collection } of allProjections)
      if (collection.name !== except)
        await readModels.write({ collection, upserts: [], deletes: [], position });
  };

  describe('of an edge whose read models another process keeps', () => {
    it('is given while they keep up', async () => {
      await checkpoint(await record('a'));
      const ready = probe('edge');
      expect((await ready()).parts['projections']).toEqual({ ready: true });
      await record('b');
      await clock.advance(10_000);
      expect((await ready()).parts['projections']).toEqual({ ready: true });
    });

    it('is refused as soon as one is more than ten seconds behind, and says which', async () => {
      await checkpoint(await record('a'));
      const ready = probe('edge');
      expect((await ready()).ready).toBe(true);
      const late = await record('b');
      await clock.advance(11_000);
      await checkpoint(late, 'catalogue');
      const answer = await ready();
      expect(answer.ready).toBe(false);
      expect(answer.parts['projections']).toEqual({ ready: false, detail: 'catalogue is 11 s behind' });
    });

    it('is refused until they have shown once all that was there at the start, however new that is', async () => {
      const before = await record('a');
      await checkpoint(before);
      const seeded = await record('b');
      const ready = probe('edge');
      await checkpoint(seeded, 'catalogue');
      expect((await ready()).parts['projections']).toEqual({
        ready: false,
        detail: 'catalogue is still 1 event behind since the start',
      });
      await record('c');
      await checkpoint(seeded);
      expect((await ready()).ready).toBe(true);
    });

    it('says how far the copy is that is to follow one that is behind', async () => {
      await checkpoint(await record('a'));
      const ready = probe('edge');
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
        `catalogue is 11 s behind (version ${version} was made by code of version ${version} and is kept by code of ` +
          `version ${version + 1}; version ${version + 1} is being built: 0 of 2 events)`,
      );
    });

    it('is no concern of a process that shows none', async () => {
      await record('a');
      await clock.advance(11_000);
      expect((await ask('commands')).ready).toBe(true);
    });
  });

  describe('of a process that stands by for the read models it shows', () => {
    const turns = (holder?: string): Pick<ReadinessParts, 'turns'> => ({
      turns: { status: () => [{ lease: 'projections', state: 'standby', holder, terms: 0 }] },
    });

    it('names who keeps them', async () => {
      await checkpoint(await record('a'));
      expect((await ask('all', turns('ann'))).parts['projections']).toEqual({
        ready: true,
        detail: 'standby: ann has it',
      });
    });

    it('is refused while they are stale, and says that no process keeps them', async () => {
      await checkpoint(await record('a'));
      const ready = probe('all', turns());
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
      const { ready, standby } = await ask('projections', turns('ann'));
      expect({ ready, standby }).toEqual({ ready: true, standby: true });
    });
  });

  describe('of what reacts to events', () => {
    const reacting = (position: Position | undefined) => ({
      reactions: { workflows: () => ({ status: () => ({ position, kept: 1 }), stop }) },
    });

    it('is given while no event waits for longer than a minute', async () => {
      await record('a');
      await clock.advance(60_000);
      expect((await ask('workflows', reacting(undefined))).parts['workflows']).toEqual({ ready: true });
    });

    it('is refused when one does, and says for how long', async () => {
      const done = await record('a');
      await record('b');
      await clock.advance(75_000);
      const { ready, parts } = await ask('workflows', reacting(done));
      expect(ready).toBe(false);
      expect(parts['workflows']).toEqual({
        ready: false,
        detail: expect.stringMatching(/^75 s behind/) as string,
      });
    });

    it.each(['edge', 'ups-gateway', 'all'] as const)(
      'is shown, but does not take a process out of service that others ask: %s',
      async (role) => {
        await checkpoint(await record('a'));
        await clock.advance(75_000);
        const { ready, parts } = await ask(role, reacting(undefined));
        expect(ready).toBe(true);
        expect(parts['workflows']?.detail).toMatch(/^75 s behind/);
      },
    );
  });

  describe('of what other systems are told', () => {
    const telling = (refusal: string | undefined, position?: Position) => {
      const integration = { status: () => ({ position, waiting: 3, refusal }), stop };
      return { orders: () => ({ integration, status: () => ({ position, kept: 0 }), stop }) };
    };

    it('says at once what it waits for, and is refused after a minute', async () => {
      await record('a');
      await clock.advance(5_000);
      const why = 'NATS has no room for order.events';
      const waits = { ready: true, detail: `3 messages for other systems wait, for 5 s: ${why}` };
      expect((await ask('workflows', telling(why))).parts['integration']).toEqual(waits);
      await clock.advance(60_000);
      expect((await ask('workflows', telling(why))).parts['integration']).toMatchObject({ ready: false });
    });

    it('is given where nothing waits', async () => {
      const { ready, parts } = await ask('workflows', telling(undefined, positionOf(0)));
      expect({ ready, integration: parts['integration'] }).toEqual({
        ready: true,
        integration: { ready: true },
      });
    });
  });
});
