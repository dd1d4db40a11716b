import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import type { Environment } from '../../platform/config';
import { runCommand } from '../../tests/support/process/command-line';
import { anyPort, WaybillHome } from '../../tests/support/process/waybill';
import { exitCodes } from '../program/command';
import { doctorCommand } from './doctor';

type Finding = {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  readonly remedy?: string;
};

const examine = async (environment: Environment) => {
  const { code, out } = await runCommand(doctorCommand, ['--json'], environment);
  return { code, findings: JSON.parse(out) as readonly Finding[] };
};

describe('waybill doctor', () => {
  let home: WaybillHome;
  let server: Server | undefined;
  beforeEach(async () => (home = await WaybillHome.make()));
  afterEach(async () => {
    server?.close();
    server = undefined;
    await home.remove();
  });

  it('finds no problem on a machine without a data directory', async () => {
    const environment = { ...anyPort, WAYBILL_DATA_DIR: join(home.directory, 'new') };
    const { code, findings } = await examine(environment);
    expect(code).toBe(exitCodes.ok);
    expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(['ok']));
    expect(findings.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['program', 'settings', 'data directory', 'port']),
    );
  });

  it('names a port that another program uses, and the variable that chooses another one', async () => {
    server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server!.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const environment = { ...anyPort, WAYBILL_DATA_DIR: home.directory, WAYBILL_GRPC_PORT: String(port) };
    const { code, findings } = await examine(environment);
    expect(code).toBe(exitCodes.failed);
    const [problem] = findings.filter(({ state }) => state === 'problem');
    expect(problem!.detail).toContain(`127.0.0.1:${port} is in use by another program`);
    expect(problem!.detail).toContain('WAYBILL_GRPC_PORT');
  });

  it('names a server that does not answer, and a setting that does not exist', async () => {
    const environment = {
      ...anyPort,
      WAYBILL_DATA_DIR: home.directory,
      WAYBILL_BUS: 'nats://127.0.0.1:1',
      WAYBILL_HTPP_PORT: '1',
    };
    const { code, findings } = await examine(environment);
    expect(code).toBe(exitCodes.failed);
    expect(findings).toContainEqual(expect.objectContaining({ name: 'bus', state: 'problem' }));
    expect(findings).toContainEqual(expect.objectContaining({ name: 'settings', state: 'warning' }));
  });

  it('checks the platform that runs on the data directory, and not its ports', async () => {
    const waybill = await home.start();
    try {
      const { findings } = await examine({ WAYBILL_DATA_DIR: home.directory });
      expect(findings.find(({ name }) => name === 'platform')!.detail).toContain(waybill.url);
      expect(findings.some(({ name }) => name === 'port')).toBe(false);
    } finally {
      await waybill.close();
    }
  });
});
