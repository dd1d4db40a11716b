import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFerretDb, startNatsServer } from '../../ops/ci/servers';
import type { Environment } from '../../platform/config';
import { eventually } from '../support/time/eventually';
import { freePort } from '../support/process/free-port';
import { describeOn } from '../support/process/real-engine';
import { ownServer } from '../support/process/started-server';
import { topSpeed } from '../support/process/waybill';
import { WaybillProcess } from '../support/process/waybill-process';

type Parts = Readonly<Record<string, { readonly ready: boolean; readonly detail?: string }>>;

/** A whole platform of a test's own. */
const withPlatform = () => {
  let directory: string;
  let port: string;
  let waybill: WaybillProcess | undefined;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-waiting-'));
    port = String(await freePort());
  });
  afterEach(async () => {
    await waybill?.kill();
    await rm(directory, { recursive: true });
  });
  return {
    start: (engine: Environment): WaybillProcess => {
      const environment = { ...topSpeed, WAYBILL_HTTP_PORT: port, WAYBILL_LOG_LEVEL: 'warn', ...engine };
      waybill = WaybillProcess.spawn(directory, environment);
      return waybill;
    },
    /** Returns the engines for which it waits; undefined without an answer, empty if it does not wait. */
    awaited: async (): Promise<Parts | undefined> => {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
      if (answer === undefined) return undefined;
      const { parts } = (await answer.json()) as { parts: Parts };
      return Object.fromEntries(Object.entries(parts).filter(([, { ready }]) => !ready));
    },
  };
};

describeOn('WAYBILL_TEST_FERRETDB_BINARY', 'a platform whose MongoDB is away at its start', (binary) => {
  const own = ownServer((directory) => startFerretDb(binary, directory));
  const platform = withPlatform();

  it('stays, says what it waits for, and serves as soon as it is there', async () => {
    await own.server.kill();
    const waybill = platform.start({ WAYBILL_READ_MODELS: own.server.url });
    await eventually(async () => Object.keys((await platform.awaited()) ?? {}).length > 0, 60_000);
    const isAway = { ready: false, detail: expect.stringMatching(/MongoDB|No answer within/) as string };
    // The keys of persons are in the same server.
    expect(await platform.awaited()).toEqual({ readModels: isAway, personKeys: isAway });
    expect(waybill.talk).toContain('The start waits for an engine that is away');
    await own.server.restart();
    expect(await waybill.ready()).toBeDefined();
    await eventually(async () => Object.keys((await platform.awaited()) ?? { all: 1 }).length === 0, 60_000);
  }, 240_000);
});

describeOn('WAYBILL_TEST_NATS_BINARY', 'a platform whose NATS is away at its start', (binary) => {
  const own = ownServer((directory) => startNatsServer(binary, directory));
  const platform = withPlatform();

  it('serves without it, says what it lacks, and has it as soon as it is there', async () => {
    await own.server.kill();
    const waybill = platform.start({ WAYBILL_BUS: own.server.url });
    expect(await waybill.ready()).toBeDefined();
    expect(await platform.awaited()).toMatchObject({
      bus: { ready: false, detail: 'NATS (WAYBILL_BUS) cannot be reached; the log says why.' },
    });
    await own.server.restart();
    await eventually(async () => Object.keys((await platform.awaited()) ?? { all: 1 }).length === 0, 60_000);
  }, 240_000);
});
