import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../../cli/program/command';
import { WaybillProcess } from '../support/process/waybill-process';

describe('a process that is given a URL which makes no sense', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-wrong-url-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it.each([
    ['WAYBILL_EVENT_STORE', 'esdb://ada:secret@'],
    ['WAYBILL_READ_MODELS', 'mongodb://ada:secret@host:nowhere'],
    ['WAYBILL_BUS', 'nats://ada:secret@host:nowhere'],
  ])(
    'ends, and names the variable and no password: %s',
    async (variable, url) => {
      const waybill = WaybillProcess.spawn(directory, { [variable]: url });
      expect((await waybill.ended).code).toBe(exitCodes.usage);
      expect(waybill.talk).toContain(`CONFIG_INVALID: ${variable}`);
      expect(waybill.talk).not.toContain('secret');
    },
    60_000,
  );
});
