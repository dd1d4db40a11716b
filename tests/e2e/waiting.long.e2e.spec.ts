import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedProducts, seedWarehouses } from '../../cli/seed/catalogue';
import { Fault } from '../../platform/faults';
import { startStoreServer, type StoreServer } from '../support/event-store/eventstore-server';
import { eventually } from '../support/time/eventually';
import { freePort } from '../support/process/free-port';
import { collect } from '../support/event-store/new-events';
import { WaybillProcess } from '../support/process/waybill-process';

describe('a process whose event store is away', () => {
  let store: StoreServer;
  let directory: string;
  let url: string;
  let waybill: WaybillProcess;
  beforeEach(async () => {
    store = await startStoreServer();
    await store.stop(0);
    directory = await mkdtemp(join(tmpdir(), 'waybill-waiting-'));
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    const environment = {
      WAYBILL_EVENT_STORE: store.url,
      WAYBILL_HTTP_PORT: port,
      WAYBILL_LOG_LEVEL: 'warn',
    };
    waybill = WaybillProcess.spawn(directory, environment, ['start', '--role', 'projections']);
  });
  afterEach(async () => {
    await waybill.kill();
    await store.remove();
    await rm(directory, { recursive: true });
  });

  const waits = async (): Promise<boolean> => {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.status !== 503) return false;
    const { parts } = (await answer.json()) as { parts: Record<string, { ready: boolean }> };
    return !parts['eventStore']!.ready && parts['readModels']!.ready;
  };

  it('stays, says what it waits for, and serves as soon as the store is there', async () => {
    await eventually(waits, 90_000);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('process_cpu_seconds_total');
    expect(waybill.talk).toContain('The start waits for an engine that is away');
    await store.start();
    expect(await waybill.ready()).toBe(url);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  }, 180_000);

  it('stops after the signal while it waits', async () => {
    await eventually(waits, 90_000);
    const toldAt = performance.now();
    expect((await waybill.kill('SIGTERM')).code).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(10_000);
  }, 120_000);
});

describe('a process whose event store has no more room half-way through the first catalogue', () => {
  const APPENDS_WITH_ROOM = 5;
  let store: StoreServer;
  let directory: string;
  beforeEach(async () => {
    store = await startStoreServer();
    directory = await mkdtemp(join(tmpdir(), 'waybill-waiting-'));
  });
  afterEach(async () => {
    await store.remove();
    await rm(directory, { recursive: true });
  });

  it('stays, says so, and ends the catalogue once there is room', async () => {
    const { raw } = store.store;
    const append = raw.append.bind(raw);
    let room = APPENDS_WITH_ROOM;
    raw.append = async (...write) => {
      room -= 1;
      if (room < 0) throw new Fault('STORE_FULL', 'The disk of the event store is full');
      return append(...write);
    };
    const port = String(await freePort());
    const environment = {
      WAYBILL_EVENT_STORE: store.url,
      WAYBILL_HTTP_PORT: port,
      WAYBILL_LOG_LEVEL: 'warn',
    };
    const waybill = WaybillProcess.spawn(directory, environment, ['start', '--role', 'commands']);
    try {
      await eventually(async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
        return (await answer?.text())?.includes('takes no appends: its disk is full') ?? false;
      }, 60_000);
      expect(waybill.talk).toContain('The start waits for an engine that is away');
      room = Infinity;
      expect(await waybill.ready()).toBeDefined();
      const types = (await collect(store.store.readAll())).map(({ type }) => type);
      expect(types.filter((type) => type === 'ProductRegistered')).toHaveLength(seedProducts.length);
      expect(types.filter((type) => type === 'WarehouseRegistered')).toHaveLength(seedWarehouses.length);
    } finally {
      await waybill.kill();
    }
  }, 180_000);
});
