import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../../cli/program/command';
import { demoCommand } from '../../cli/commands/demo';
import { runCommand } from '../support/process/command-line';
import { eventually } from '../support/time/eventually';
import { WaybillProcess } from '../support/process/waybill-process';

describe('waybill demo', () => {
  it('shows an order from the cart to the delivery, with any engines of the environment', async () => {
    const { code, out, err } = await runCommand(demoCommand, ['--speed', '100000'], {
      WAYBILL_WORLD: 'off',
      WAYBILL_EVENT_STORE: 'esdb://127.0.0.1:1?tls=false',
      WAYBILL_LOG_LEVEL: 'error',
    });
    expect({ code, out }).toEqual({ code: exitCodes.ok, out: '' });
    const [about, first, order, ...told] = err.split('\n');
    expect(about).toBe('The demo runs on engines of its own and ignores WAYBILL_WORLD, WAYBILL_EVENT_STORE.');
    expect(first).toBe('The World brings the first goods …');
    expect(order).toMatch(/^Ada orders 1 × .+ and 2 × .+: order 1, £[\d.]+\.$/);
    const news = told.map((line) => line.replace(/^ {2}[\d:.]{12} {2}/, ''));
    expect(news.filter((line) => line.startsWith('Order 1 was placed: 3 pieces for £'))).toHaveLength(1);
    expect(news).toContain('Everything has been delivered.');
    expect(news.slice(-2)).toEqual([
      expect.stringMatching(/^Delivered after \d+\.\d s\.$/) as string,
      'Run one of your own: npm start',
    ]);
  }, 60_000);

  it('stops without an error after the signal, and leaves no files', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'waybill-demo-spec-'));
    try {
      // At this speed the World takes minutes to bring anything.
      const demo = WaybillProcess.spawn(directory, { TMPDIR: directory }, ['demo', '--speed', '1']);
      await eventually(() => Promise.resolve(demo.talk.includes('The World brings')), 60_000);
      expect(await demo.kill('SIGINT')).toEqual({ code: exitCodes.ok, signal: null });
      expect(demo.talk.trim().split('\n').slice(1)).toEqual([
        'The World brings the first goods …',
        'Stopped; nothing is left of it.',
      ]);
      const left = await readdir(directory);
      expect(left.filter((name) => name.startsWith('waybill-demo-'))).toEqual([]);
    } finally {
      await rm(directory, { recursive: true });
    }
  }, 90_000);
});
