import { setImmediate as nextTurn } from 'node:timers/promises';
import { startFerretDb } from '../../../ops/ci/servers';
import { eventually } from '../../../tests/support/time/eventually';
import { describeOn } from '../../../tests/support/process/real-engine';
import { ownServer } from '../../../tests/support/process/started-server';
import { openTcpProxy, type TcpProxy } from '../../../tests/support/process/tcp-proxy';
import type { Millis } from '../../../domain/kernel';
import { realClock } from '../../clock';
import { positionOf } from '../../event-store';
import { isFault } from '../../faults';
import type { CollectionSpec, Document, ReadModels, WriteBatch } from '../read-models';
import { openMongoReadModels } from './';

const spec: CollectionSpec = {
  name: 'things',
  version: 1,
  indexes: [],
  schema: { type: 'object' },
};
type Thing = Document & { readonly number: number };

const batchAt = (number: number, ids: readonly string[]): WriteBatch => ({
  collection: spec,
  upserts: ids.map((id) => ({ document: { id, number }, position: positionOf(number) })),
  deletes: [],
  position: positionOf(number),
});

/** Sends it until it is taken, as the projections do. */
const insist = async (models: ReadModels, batch: WriteBatch): Promise<void> => {
  for (;;) {
    try {
      await models.write(batch);
      return;
    } catch (error) {
      if (!isFault(error, 'READ_MODELS_UNAVAILABLE')) throw error;
    }
  }
};
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describeOn('WAYBILL_TEST_FERRETDB_BINARY', 'the read models in MongoDB, on bad days', (binary) => {
  const own = ownServer((directory) => startFerretDb(binary, directory));
  const opened: ReadModels[] = [];
  const open = (port: number, timeoutMs = 1_000): ReadModels => {
    const models = openMongoReadModels({ url: `mongodb://127.0.0.1:${port}`, clock: realClock, timeoutMs });
    opened.push(models);
    return models;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((models) => models.close()));
  });

  it('open without a server, say so in time, and work once there is one', async () => {
    await own.server.kill();
    const models = open(own.server.port);
    const startedAt = performance.now();
    const errors = await Promise.all([
      failure(models.get(spec, 'a')),
      failure(models.ensure(spec)),
      failure(models.write(batchAt(1, ['a']))),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    for (const error of errors) expect(isFault(error, 'READ_MODELS_UNAVAILABLE')).toBe(true);
    await own.server.restart();
    await eventually(async () => (await failure(models.ensure(spec))) === undefined);
    await models.write(batchAt(1, ['a']));
    expect(await models.count(spec)).toBe(1);
    await models.drop(spec);
  });

  it('keep what they took, once, while the server is killed 20 times under load', async () => {
    const models = open(own.server.port, 5_000);
    await models.ensure(spec);
    const writers = ['a', 'b', 'c', 'd'];
    const written = new Map<string, number>();
    let isOver = false;
    const load = Promise.all(
      writers.map(async (writer) => {
        for (let number = 1; !isOver; number += 1) {
          await insist(models, batchAt(number, [writer, `${writer}-${number}`]));
          written.set(writer, number);
        }
      }),
    );
    for (let kill = 0; kill < 20; kill += 1) {
      const before = new Map(written);
      await eventually(
        () => writers.every((writer) => (written.get(writer) ?? 0) > (before.get(writer) ?? 0)),
        30_000,
      );
      await own.server.restart();
    }
    isOver = true;
    await load;
    for (const writer of writers) {
      const last = written.get(writer)!;
      expect((await models.get<Thing>(spec, writer))?.document.number).toBe(last);
    }
    const all = writers.flatMap((writer) =>
      Array.from({ length: written.get(writer)! }, (_, index) => `${writer}-${index + 1}`),
    );
    expect(await models.count(spec)).toBe(all.length + writers.length);
    expect(await models.getMany(spec, all)).toHaveLength(all.length);
    const highest = Math.max(...written.values());
    expect(await models.checkpoint(spec)).toBe(positionOf(highest));
    await models.drop(spec);
  }, 180_000);

  describe('behind a bad line', () => {
    let proxy: TcpProxy;
    let models: ReadModels;
    beforeEach(async () => {
      proxy = await openTcpProxy(own.server.port);
      models = open(proxy.port, 500);
      await models.ensure(spec);
    });
    afterEach(async () => {
      proxy.mend();
      await models.drop(spec);
      await models.close();
      await proxy.close();
    });

    it.each(['cut', 'stall', 'swallowAnswers'] as const)(
      'give up in time and go on after it: %s',
      async (fault) => {
        await models.write(batchAt(1, ['a']));
        proxy[fault]();
        const startedAt = performance.now();
        const error = await failure(models.write(batchAt(2, ['a', 'b'])));
        expect(performance.now() - startedAt).toBeLessThan(5_000);
        expect(isFault(error, 'READ_MODELS_UNAVAILABLE')).toBe(true);
        proxy.mend();
        await insist(models, batchAt(2, ['a', 'b']));
        await insist(models, batchAt(1, ['a', 'b']));
        const stored = await models.getMany<Thing>(spec, ['a', 'b']);
        expect(stored.map(({ document }) => document.number)).toEqual([2, 2]);
        expect(await models.count(spec)).toBe(2);
      },
    );

    // The driver's monitor writes to a socket that is destroyed and has not said so yet, and waits for ever.
    it('find the server again after all connections have closed in one turn of the event loop', async () => {
      const reads = (): Promise<unknown>[] =>
        Array.from({ length: 20 }, () => failure(models.get(spec, 'a')));
      await Promise.all(reads());
      // The driver checks a server at once if the last check is half a second old.
      await realClock.sleep(600 as Millis);
      const asked = Promise.all(reads());
      await nextTurn();
      proxy.cut();
      await asked;
      proxy.mend();
      await eventually(async () => (await failure(models.get(spec, 'a'))) === undefined, 20_000);
    }, 30_000);

    it('write a batch that takes longer than a call may last', async () => {
      const patient = open(proxy.port, 1_000);
      const text = 'x'.repeat(4_000);
      const upserts = Array.from({ length: 128 }, (_, number) => ({
        document: { id: `many-${number}`, number, text } as Document,
        position: positionOf(1),
      }));
      // Two seconds for all of them.
      proxy.slow(256 * 1024);
      await insist(patient, { collection: spec, upserts, deletes: [], position: positionOf(1) });
      proxy.mend();
      expect(await models.count(spec)).toBe(upserts.length);
      expect(await models.checkpoint(spec)).toBe(positionOf(1));
    });
  });
});
