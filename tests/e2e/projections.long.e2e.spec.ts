import { projectionsCommand } from '../../cli/commands/projections';
import type { Millis } from '../../domain/kernel';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore, streamName } from '../../platform/event-store';
import { parkedEvents, type Comparison, type ProjectionStatus } from '../../platform/projections';
import { openEmbeddedReadModels } from '../../platform/read-models';
import { warehouses, type Warehouse } from '../../projections/warehouses';
import { newEvent } from '../support/event-store/new-events';
import { runCommand, type Said } from '../support/process/command-line';
import { topSpeed, WaybillHome, type RunningWaybill } from '../support/process/waybill';
import { WaybillProcess } from '../support/process/waybill-process';
import { eventually } from '../support/time/eventually';

const runtime = { clock: realClock, random: realRandom };
const registered = (warehouseId: number) =>
  newEvent(
    {
      warehouseId,
      name: `Warehouse ${warehouseId}`,
      place: { x: 1, y: 2 },
      registeredAt: '2026-01-31T08:00:00.000Z',
    },
    'WarehouseRegistered',
  );

describe('waybill projections', () => {
  let home: WaybillHome;
  beforeAll(async () => {
    home = await WaybillHome.make();
  });
  afterAll(() => home.remove());

  const run = (...args: readonly string[]): Promise<Said> =>
    runCommand(projectionsCommand, args, { WAYBILL_DATA_DIR: home.directory });
  const list = async (name: string): Promise<ProjectionStatus> =>
    (JSON.parse((await run('status', name, '--json')).out) as ProjectionStatus[])[0]!;

  /** Changes the name of a warehouse in the serving copy alone, as wrong code would. */
  const damage = async (version: number): Promise<void> => {
    const readModels = await openEmbeddedReadModels({ directory: home.directory, ...runtime });
    const collection = { ...warehouses.collection, version };
    const { document, lastPosition: position } = (await readModels.get<Warehouse>(collection, '1'))!;
    const upserts = [{ document: { ...document, name: 'Nowhere' } as Warehouse, position }];
    await readModels.write({ collection, upserts, deletes: [], position, replaces: true });
    await readModels.close();
  };

  describe('beside a running platform', () => {
    let platform: RunningWaybill;
    beforeAll(async () => {
      platform = await home.start();
    });
    afterAll(() => platform.close());

    it('lists the read models', async () => {
      const { code, out } = await run('list');
      expect(code).toBe(0);
      expect(out).toMatch(/^NAME +VERSION +STATE +BEHIND +NOTE\n/);
      expect(out).toMatch(/^warehouses +1 +live +/m);
      // A checkpoint is written a moment after the events.
      await eventually(async () => / +live +none$/m.test((await run('status', 'warehouses')).out));
    });

    it('rebuilds, compares, promotes, rolls back and retires', async () => {
      expect(await run('rebuild', 'carts', '--budget', '0')).toMatchObject({ code: 2 });
      const rebuilt = await run('rebuild', 'warehouses', 'carts', '--no-promote', '--budget', '100000');
      expect(rebuilt).toMatchObject({ code: 0, out: 'warehouses version 2\ncarts version 2' });
      expect(await run('diff', 'warehouses')).toEqual({
        code: 0,
        out: '3 documents of version 1 compared with version 2: 0 differ',
        err: '',
      });
      expect(await run('promote', 'warehouses')).toMatchObject({ code: 0, out: 'warehouses version 2' });
      expect((await list('warehouses')).version).toBe(2);
      expect(await run('rollback', 'warehouses')).toMatchObject({ code: 0, out: 'warehouses version 1' });
      expect(await run('verify', 'warehouses')).toMatchObject({ code: 0 });
      expect(await run('retire', 'warehouses')).toMatchObject({ code: 0 });
      expect(await run('diff', 'warehouses')).toMatchObject({ code: 4 });
    });

    it('pauses and resumes', async () => {
      expect(await run('pause', 'carts')).toMatchObject({ code: 0 });
      expect(await list('carts')).toMatchObject({ status: 'paused' });
      expect(await run('resume', 'carts')).toMatchObject({ code: 0 });
      expect(await list('carts')).toMatchObject({ status: 'live' });
    });

    it('rejects a second rebuild, and a promotion before the copy has caught up', async () => {
      expect(await run('rebuild', 'carts', '--no-promote')).toMatchObject({ code: 0 });
      const { version } = (await list('carts')).rebuild!;
      expect(await run('pause', 'carts', '--version', String(version))).toMatchObject({ code: 0 });
      const rejected = { code: 4, err: expect.stringMatching(/^READ_MODEL_WRONG_STATE: carts: /) as string };
      expect(await run('rebuild', 'carts')).toMatchObject(rejected);
      expect(await run('promote', 'carts')).toMatchObject(rejected);
      expect(await run('retire', 'carts')).toMatchObject({ code: 0 });
    });

    it('has an exit code for each kind of rejection', async () => {
      expect(await run('status', 'none')).toMatchObject({ code: 3 });
      expect(await run('rebuild', 'none')).toMatchObject({
        code: 3,
        err: 'READ_MODEL_NOT_FOUND: There is no read model of this name. Use the name of a read model.',
      });
      expect(await run('rollback', 'payments')).toMatchObject({ code: 4 });
      expect(await run('replay', 'none')).toMatchObject({ code: 3 });
      expect(await run('rebuild')).toMatchObject({ code: 2 });
      expect(await run('mend')).toMatchObject({ code: 2 });
      expect(await run('parked', 'carts')).toMatchObject({ code: 0 });
    });
  });

  describe('without a platform', () => {
    it('finds wrong documents and says which fields are wrong', async () => {
      await damage(1);
      const report = '  name: "Nowhere" in warehouses version 1, "';
      const { code, out } = await run('verify', 'warehouses');
      expect(code).toBe(6);
      expect(out).toContain(
        '3 documents of warehouses version 1 compared with its events: 1 differ\n1: different',
      );
      expect(out).toContain(report);
      const rebuilt = await run('rebuild', 'warehouses', '--no-promote', '--json');
      expect(rebuilt.code).toBe(0);
      expect(JSON.parse(rebuilt.out)).toMatchObject({
        copies: [{ readModel: 'warehouses', version: 2 }],
        isDone: true,
      });
      const diff = await run('diff', 'warehouses', '--json');
      expect(diff.code).toBe(6);
      expect(JSON.parse(diff.out) as Comparison).toMatchObject({ compared: 3, differing: 1 });
      expect(await run('promote', 'warehouses')).toMatchObject({ code: 0 });
      expect(await run('verify')).toMatchObject({ code: 0 });
    });

    it('lists the events that a read model left out, and replays one', async () => {
      const store = await openEmbeddedEventStore({ directory: home.directory, ...runtime });
      const head = (await store.head())!;
      await store.close();
      const readModels = await openEmbeddedReadModels({ directory: home.directory, ...runtime });
      const id = 'warehouses_v2:00000000-0000-4000-8000-000000000000';
      const parked = { id, projection: 'warehouses', version: 2, position: head, eventId: id.slice(14) };
      const rest = {
        stream: 'warehouse-9',
        type: 'WarehouseRegistered',
        reason: 'no place',
        at: '2026-01-31T08:00:00.000Z',
      };
      await readModels.write({
        collection: parkedEvents,
        upserts: [{ document: { ...parked, ...rest } as { id: string }, position: head }],
        deletes: [],
        position: head,
      });
      await readModels.close();
      expect((await run('parked')).out).toContain(`${id}  WarehouseRegistered  warehouse-9`);
      expect(await run('replay', id)).toMatchObject({ code: 0, out: 'warehouses version 2' });
      expect((await run('parked', '--json')).out).toBe('[]');
    });

    it('continues a rebuild after kill -9, and a platform that starts continues it too', async () => {
      const store = await openEmbeddedEventStore({ directory: home.directory, ...runtime });
      for (let batch = 0; batch < 60; batch += 1) {
        const events = Array.from({ length: 1_000 }, (_, at) => registered(1_000 + batch * 1_000 + at));
        await store.append(streamName('warehouse', `many${batch}`), 'no-stream', events);
      }
      await store.close();
      const kill = async (args: readonly string[]): Promise<void> => {
        const process = WaybillProcess.spawn(home.directory, topSpeed, args);
        while ((await list('warehouses')).rebuild?.isFormer !== false) await realClock.sleep(10 as Millis);
        await process.kill();
      };
      await kill(['projections', 'rebuild', 'warehouses']);
      const { done, total } = (await list('warehouses')).rebuild!;
      expect(done).toBeLessThan(total);
      const continued = await run('rebuild', 'warehouses');
      expect(continued).toMatchObject({ code: 0, out: 'warehouses version 3' });
      expect(continued.err).toContain('warehouses: version 3, which an earlier rebuild began, is continued.');
      expect(await list('warehouses')).toMatchObject({ version: 3, rebuild: { isFormer: true } });
      expect(await run('verify', 'warehouses')).toMatchObject({ code: 0 });
      await kill(['projections', 'rebuild', 'warehouses']);
      const platform = await home.start();
      await eventually(async () => (await list('warehouses')).version === 4, 60_000);
      await platform.close();
      expect(await run('verify', 'warehouses')).toMatchObject({ code: 0 });
    }, 180_000);
  });

  it('has no history to read in an empty directory', async () => {
    const empty = await WaybillHome.make();
    const environment = { WAYBILL_DATA_DIR: empty.directory };
    expect(await runCommand(projectionsCommand, ['list'], environment)).toMatchObject({ code: 5 });
    await empty.remove();
  });
});
