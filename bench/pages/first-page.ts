/**
 * Measures how fast the shop's first page is, in Chromium with an empty cache, on this machine:
 * `npm run build && node -r ./tests/support/typescript-hook.js bench/pages/first-page.ts`.
 * `WAYBILL_TEST_CHROMIUM` names the browser; `chromium` of the PATH otherwise.
 */
import { chromiumBinary } from '../../ops/ci/servers';
import { startBrowser, Visitor } from '../../tests/support/browser/browser';
import { WaybillHome } from '../../tests/support/process/waybill';
import { inMs, machine, median, say } from '../measuring';

const ROUNDS = 9;
const GOALS = { paintMs: 1_000, interactiveMs: 1_000, shift: 0.05, scriptBytes: 120_000 };

type Opened = {
  /** First contentful paint. */
  readonly paintMs: number;
  /** From the start until the first product can be clicked. */
  readonly interactiveMs: number;
  /** Cumulative layout shift. */
  readonly shift: number;
  readonly scriptBytes: number;
  readonly outside: number;
};

const observeShifts = `
  globalThis.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

const figures = `({
  paintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
  now: performance.now(),
  shift: globalThis.shift,
})`;

const scriptBytes = `performance.getEntriesByType('resource')
  .filter(({ name }) => name.endsWith('.js'))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

const open = async (visitor: Visitor): Promise<Opened> => {
  const { page, trouble } = visitor;
  await page.addInitScript(observeShifts);
  await page.goto('/');
  const product = page.locator('.card a').first();
  await product.waitFor();
  // Before the pointer is on the link, at which the script of the next page is loaded.
  const bytes = (await page.evaluate(scriptBytes)) as number;
  await product.click({ trial: true });
  const interactiveMs = (await page.evaluate('performance.now()')) as number;
  await page.waitForTimeout(500);
  const measured = (await page.evaluate(figures)) as Pick<Opened, 'paintMs' | 'shift'>;
  return { ...measured, interactiveMs, scriptBytes: bytes, outside: trouble.outside.length };
};

const run = async (): Promise<void> => {
  const [browser, home] = await Promise.all([
    startBrowser(process.env['WAYBILL_TEST_CHROMIUM'] ?? (await chromiumBinary())),
    WaybillHome.make(),
  ]);
  const waybill = await home.start({});
  try {
    const rounds: Opened[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const visitor = await Visitor.enter(browser, waybill.url);
      rounds.push(await open(visitor));
      await visitor.leave();
    }
    const of = (figure: keyof Opened): number => median(rounds.map((round) => round[figure]));
    const worst = (figure: keyof Opened): number => Math.max(...rounds.map((round) => round[figure]));
    say(`${machine()}, ${new Date().toISOString()}, ${ROUNDS} visitors with an empty cache.\n`);
    say('| what | median | worst | goal |\n| --- | --- | --- | --- |');
    for (const [name, figure] of [
      ['first contentful paint', 'paintMs'],
      ['first product can be clicked', 'interactiveMs'],
    ] as const)
      say(`| ${name} | ${inMs(of(figure))} | ${inMs(worst(figure))} | ${inMs(GOALS[figure])} |`);
    say(`| layout shift | ${of('shift').toFixed(3)} | ${worst('shift').toFixed(3)} | ${GOALS.shift} |`);
    say(`| scripts, compressed | ${of('scriptBytes')} bytes | | ${GOALS.scriptBytes} bytes |`);
    say(`| requests to other hosts | ${worst('outside')} | | 0 |`);
  } finally {
    await browser.close();
    await waybill.close();
    await home.remove();
  }
};

void run();
