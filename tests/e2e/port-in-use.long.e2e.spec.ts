import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../../cli/program/command';
import { carrierCommand } from '../../cli/commands/carrier';
import { eventStoreCommand } from '../../cli/commands/eventstore';
import { startCommand } from '../../cli/commands/start';
import { worldCommand } from '../../cli/commands/world';
import { runCommand } from '../support/process/command-line';
import { anyPort } from '../support/process/waybill';
import { WaybillProcess } from '../support/process/waybill-process';

describe('a port that another program has', () => {
  let other: Server;
  let port: string;
  let directory: string;
  beforeAll(async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    port = String((other.address() as AddressInfo).port);
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-port-'));
  });
  afterEach(() => rm(directory, { recursive: true }));
  afterAll(() => other.close());

  const advice = (door: string, variable: string): string =>
    `PORT_IN_USE: ${door}: 127.0.0.1:${port} is in use by another program. ${variable} chooses another port, WAYBILL_HOST another address.`;

  it.each([
    ['HTTP', 'WAYBILL_HTTP_PORT', startCommand],
    ['gRPC', 'WAYBILL_GRPC_PORT', startCommand],
    ["EventStoreDB's protocol", 'WAYBILL_EVENTSTORE_PORT', startCommand],
    ['The World for shops', 'WAYBILL_WORLD_AMAZON_PORT', startCommand],
    ['The carrier', 'WAYBILL_CARRIER_PORT', startCommand],
    ['The World for carriers', 'WAYBILL_WORLD_UPS_PORT', worldCommand],
    ['The carrier', 'WAYBILL_CARRIER_PORT', carrierCommand],
    ["EventStoreDB's protocol", 'WAYBILL_EVENTSTORE_PORT', eventStoreCommand],
  ])('is reported in one line: %s, %s', async (door, variable, command) => {
    const environment = { ...anyPort, WAYBILL_DATA_DIR: directory, WAYBILL_LOG_LEVEL: 'error' };
    const said = await runCommand(command, [], { ...environment, [variable]: port });
    expect(said).toEqual({ code: exitCodes.conflict, out: '', err: advice(door, variable) });
  });

  it('ends the process without further output; the next process prints the initial password', async () => {
    const process = WaybillProcess.spawn(directory, { WAYBILL_GRPC_PORT: port });
    expect(await process.ended).toEqual({ code: exitCodes.conflict, signal: null });
    expect(process.talk).toBe(`${advice('gRPC', 'WAYBILL_GRPC_PORT')}\n`);
    const next = WaybillProcess.spawn(directory);
    await next.ready();
    expect((await next.kill('SIGTERM')).code).toBe(exitCodes.ok);
    expect(next.talk).toMatch(/Administrator admin@waybill.local with the password \S{16} /);
  });
});
