import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../platform/config';
import { FORK_MARK, keepForkApart } from './fork-mark';

describe('a fork', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-fork-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const check = (environment: object) => () =>
    keepForkApart(readConfig({ WAYBILL_DATA_DIR: directory, ...environment }).config);
  const mark = () =>
    writeFile(
      join(directory, FORK_MARK),
      JSON.stringify({ from: '/data', at: '2026-01-31T08:00:00.000Z', events: 3 }),
    );

  it.each([
    ['WAYBILL_EVENT_STORE', 'esdb://127.0.0.1:2113?tls=false'],
    ['WAYBILL_READ_MODELS', 'mongodb://127.0.0.1/waybill?replicaSet=rs0'],
    ['WAYBILL_BUS', 'nats://127.0.0.1:4222'],
    ['WAYBILL_COMMANDS', 'grpc://127.0.0.1:50051'],
    ['WAYBILL_WORLD', 'tcp://127.0.0.1:23456?worldid=1'],
    ['WAYBILL_CARRIER', 'https://carrier.example'],
    [
      'WAYBILL_CARRIERS',
      '[{"name":"dhl","url":"https://dhl.example","dialect":"plain","secret":"a secret of dhl and the shop"}]',
    ],
  ])('is not started with %s=%s, and another data directory is', async (variable, value) => {
    expect(check({ [variable]: value })).not.toThrow();
    await mark();
    expect(check({ [variable]: value })).toThrow(
      `is a fork of /data as of 2026-01-31T08:00:00.000Z, and may not reach other systems: unset ${variable}.`,
    );
  });

  it('is started with a World and a carrier that are simulated or off', async () => {
    await mark();
    expect(check({})).not.toThrow();
    expect(check({ WAYBILL_WORLD: 'off', WAYBILL_CARRIER: 'off' })).not.toThrow();
  });

  it('is not taken for another data directory where its mark is damaged', async () => {
    await writeFile(join(directory, FORK_MARK), '{');
    expect(check({})).toThrow(FORK_MARK);
  });
});
