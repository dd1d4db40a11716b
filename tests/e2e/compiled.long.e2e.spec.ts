import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pathOf } from '../support/project-files';
import { Shopper } from '../support/graphql/shopper';
import { TraceReceiver } from '../support/process/trace-receiver';
import { WaybillProcess } from '../support/process/waybill-process';

const READY_MS_MAX = 20_000;
const FULFILLED_MS_MAX = 30_000;

describe('the compiled program', () => {
  let folder: string;
  let program: string;
  let receiver: TraceReceiver;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-compiled-'));
    const outDir = join(folder, 'dist');
    await promisify(execFile)(process.execPath, [pathOf('ops/compile.mjs'), outDir]);
    await symlink(pathOf('node_modules'), join(folder, 'node_modules'));
    program = join(outDir, 'cli', 'main.js');
    receiver = await TraceReceiver.open();
  }, 300_000);
  afterAll(async () => {
    receiver.close();
    await rm(folder, { recursive: true });
  });

  it('is ready at once, fulfils an order at its default speed, exports the trace, and stops after the signal', async () => {
    const startedAt = performance.now();
    const sinceStart = (): number => Math.round(performance.now() - startedAt);
    const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, WAYBILL_TRACE_SAMPLE: '1' };
    const waybill = WaybillProcess.spawn(join(folder, 'data'), traced, ['start', '--json'], {
      program: [program],
    });
    try {
      const { http = '' } = await waybill.addresses();
      const readyMs = sinceStart();
      expect((await fetch(`${http}/health/ready`)).status).toBe(200);
      const shopper = await Shopper.signUp(http, 'ada@example.com');
      const [lamp] = await shopper.productsOnHand(1);
      await shopper.addToCart(lamp!, 1);
      const { id } = await shopper.placeOrder({ x: 3, y: 9 });
      await shopper.waitFor(id, 'FULFILLED', FULFILLED_MS_MAX);
      const fulfilledMs = sinceStart();
      process.stdout.write(`ready after ${readyMs} ms, an order fulfilled after ${fulfilledMs} ms\n`);
      expect(readyMs).toBeLessThan(READY_MS_MAX);
      expect(fulfilledMs).toBeLessThan(FULFILLED_MS_MAX);
    } finally {
      expect(await waybill.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    }
    const placed = receiver.spans.find(({ name }) => name === 'graphql placeOrder');
    expect(placed?.service).toBe('waybill');
    const names = receiver.spans.filter(({ traceId }) => traceId === placed?.traceId).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['command placeOrder', 'append', 'world packed', 'carrier report delivered']),
    );
  }, 120_000);
});
