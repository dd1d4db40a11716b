import { Fault } from '../../platform/faults';
import { runCommand, type Said } from '../../tests/support/process/command-line';
import { exitCodes, UsageError, type Command } from './command';

const command = (work: () => Promise<void>): Command => ({
  name: 'try',
  summary: 'tries',
  usage: 'Usage: waybill try',
  run: async () => {
    await work();
    return exitCodes.ok;
  },
});

const fail = (error: Error): Promise<Said> =>
  runCommand(
    command(() => Promise.reject(error)),
    [],
    {},
  );

describe('a command of the command line', () => {
  it('runs', async () => {
    const said = await runCommand(
      command(() => Promise.resolve()),
      [],
      {},
    );
    expect(said).toEqual({ code: exitCodes.ok, out: '', err: '' });
  });

  it('shows its usage on request, and for invalid arguments', async () => {
    const asked = await runCommand(
      command(() => Promise.reject(new Error('not run'))),
      ['--help'],
      {},
    );
    expect(asked).toEqual({ code: exitCodes.ok, out: 'Usage: waybill try', err: '' });
    expect(await fail(new UsageError('Try harder.'))).toEqual({
      code: exitCodes.usage,
      out: '',
      err: 'Try harder.\n\nUsage: waybill try',
    });
  });

  it('reports a full disk, whichever library has found it', async () => {
    const cause = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const { code, err } = await fail(new Error('It cannot be written.', { cause }));
    expect(code).toBe(exitCodes.failed);
    expect(err).toBe(
      'STORE_FULL: It cannot be written. The disk is full: make room and do it again. What was acknowledged is kept.',
    );
  });

  it('escapes control characters in data and in messages', async () => {
    const cell = '\u001b[31mRED\u001b[0m\rx\u009b2J';
    const seen = '\\u001b[31mRED\\u001b[0m\\u000dx\\u009b2J';
    const printing: Command = {
      ...command(() => Promise.resolve()),
      run: async ({ terminal }) => {
        terminal.out(`${cell}\n\tmore`);
        terminal.err(cell);
        return exitCodes.ok;
      },
    };
    expect(await runCommand(printing, [], {})).toEqual({ code: 0, out: `${seen}\n\tmore`, err: seen });
    expect((await fail(new Fault('INPUT_INVALID', cell))).err).toBe(`INPUT_INVALID: ${seen}`);
    expect((await fail(new UsageError(cell))).err).toContain(seen);
    expect((await fail(new TypeError(cell))).err).toContain(seen);
  });

  it.each([
    ['CONFIG_INVALID', exitCodes.usage],
    ['DATA_DIRECTORY_IN_USE', exitCodes.conflict],
    ['PORT_IN_USE', exitCodes.conflict],
    ['STORE_UNAVAILABLE', exitCodes.unavailable],
    ['STORE_CORRUPT', exitCodes.failed],
  ] as const)('says %s in one line, and ends with a code for it', async (code, exitCode) => {
    expect(await fail(new Fault(code, 'what to do'))).toEqual({
      code: exitCode,
      out: '',
      err: `${code}: what to do`,
    });
  });

  it('shows the stack of an unexpected error', async () => {
    const { code, err } = await fail(new TypeError('no such thing'));
    expect(code).toBe(exitCodes.failed);
    expect(err).toMatch(/^TypeError: no such thing\n +at /);
  });
});
