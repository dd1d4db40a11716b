import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStoreServer, type StoreServer } from '../support/eventstore-server';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { WaybillProcess } from '../support/waybill-process';

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
    await eventually(waits, 30_000);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('process_cpu_seconds_total');
    expect(waybill.talk).toContain('The start waits for an engine that is away');
    await store.start();
    expect(await waybill.ready()).toBe(url);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  }, 90_000);

  it('stops when it is told to while it waits', async () => {
    await eventually(waits, 30_000);
    const toldAt = performance.now();
    expect((await waybill.kill('SIGTERM')).code).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(10_000);
  }, 60_000);
});
