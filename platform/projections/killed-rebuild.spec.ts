import { runs } from '../../tests/support/runs';
import {
  counters,
  createRecorder,
  everyEventOf,
  plainCounters,
  type Counter,
  type CountingEvent,
} from '../../tests/support/projections/counting';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { memoryEventStore } from '../event-store';
import { memoryReadModels, type ReadModels } from '../read-models';
import {
  openReader,
  startProjectionDaemon,
  verifyProjection,
  writtenStatus,
  type ProjectionDaemon,
  type ProjectionStatus,
} from './index';

const KILLS = 20;
const EVENTS = 1_500;
const IDS = Array.from({ length: 40 }, (_, index) => `counter-${index}`);
const NAMES = ['left', 'middle', 'right'];
const projections = NAMES.map((name) => counters(name));

const limits = {
  ...{ batchMax: 20, bulkMax: 120, waitingMax: 240 },
  ...{ historyPageMax: 30, collectMs: 5, documentBytesMax: 5_000 },
};

/** Read models of a process that is killed at one of its writes: from then on no call is answered. */
const untilKilled = (readModels: ReadModels, writes: number, lastIsWritten: boolean) => {
  let left = writes;
  let onDeath: () => void = () => undefined;
  const death = new Promise<void>((resolve) => (onDeath = resolve));
  const silence = new Promise<never>(() => undefined);
  const mortal = new Proxy(readModels, {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== 'function') return member;
      return async (...values: readonly unknown[]): Promise<unknown> => {
        const call = (): unknown => Reflect.apply(member, target, values);
        if (left <= 0) return silence;
        if (property !== 'write') return call();
        left -= 1;
        if (left > 0) return call();
        if (lastIsWritten) await call();
        onDeath();
        return silence;
      };
    },
  });
  return { mortal, death, isDead: () => left <= 0 };
};

describe('a rebuild of several read models that is killed again and again', () => {
  it.each(Array.from({ length: runs(8, 2) }, (_, index) => index + 1))(
    'ends with the documents of a straight rebuild, and every read was answered (seed %i)',
    async (seed) => {
      const chance = seededRandom(seed);
      const below = (limit: number): number => Math.floor(chance.next() * limit);
      const someId = (): string => IDS[below(IDS.length)] ?? '';
      const someEvent = (): CountingEvent => {
        const kind = below(10);
        if (kind === 0) return { type: 'CounterMoved', data: { from: someId(), to: someId() } };
        if (kind === 1) return { type: 'CounterRemoved', data: { id: someId() } };
        if (kind === 2) return { type: 'CounterPoisoned', data: { first: someId(), second: someId() } };
        return { type: 'CounterAdded', data: { to: someId(), by: below(9) } };
      };
      const clock = createVirtualClock();
      const store = memoryEventStore(clock);
      const record = createRecorder(store);
      const readModels = memoryReadModels();
      const start = (engine: ReadModels) =>
        startProjectionDaemon({ store, readModels: engine, projections, clock, random: chance, limits });
      const versionsOf = () => Promise.all(NAMES.map((name) => readModels.promoted(name)));

      await record(...Array.from({ length: EVENTS }, someEvent));
      const first = await clock.drive(start(readModels));
      await clock.drive(first.waitForAll((await store.head())!, 60_000));
      await clock.drive(first.stop());

      const readers = projections.map((projection) =>
        openReader<Counter, never>(readModels, projection as never, clock),
      );
      const isBuilding = ({ rebuild }: ProjectionStatus): boolean => rebuild !== null && !rebuild.isFormer;
      const begin = async (daemon: ProjectionDaemon): Promise<void> => {
        const fresh = (await daemon.status()).filter((status) => !isBuilding(status)).map(({ name }) => name);
        if (fresh.length > 0) await daemon.perform({ action: 'rebuild', readModels: fresh, promotes: true });
      };
      let killedWhileBuilding = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const { mortal, death, isDead } = untilKilled(readModels, 1 + below(40), below(2) === 0);
        const life = (async () => {
          await begin(await start(mortal));
          while (!isDead()) {
            await record(someEvent());
            await clock.sleep(50 as never);
          }
        })();
        await clock.drive(Promise.race([death, life]));
        if ((await writtenStatus({ store, readModels, projections, clock })).some(isBuilding))
          killedWhileBuilding += 1;
        // A restart takes longer than readers remember which copy serves.
        await clock.advance(1_000);
        for (const reader of readers) expect((await reader.getMany(IDS)).length).toBeGreaterThan(0);
      }
      expect(killedWhileBuilding).toBeGreaterThan(KILLS / 2);

      const last = await clock.drive(start(readModels));
      await clock.drive(begin(last));
      await clock.drive(last.waitForAll((await store.head())!, 60_000));
      await clock.advance(5_000);
      expect((await versionsOf()).every((version) => (version ?? 0) > 1)).toBe(true);
      const expected = plainCounters(await everyEventOf(store));
      for (const [index, projection] of projections.entries()) {
        const version = (await readModels.promoted(projection.collection.name))!;
        const collection = { ...projection.collection, version };
        const found = await readModels.getMany<Counter>(collection, IDS);
        expect(new Map(found.map(({ document }) => [document.id, document]))).toEqual(expected);
        expect(await readers[index]!.count()).toBe(expected.size);
        const verified = verifyProjection({ store, readModels, clock }, projection, collection);
        expect((await clock.drive(verified)).differing).toBe(0);
      }
      await clock.drive(last.stop());
    },
  );
});
