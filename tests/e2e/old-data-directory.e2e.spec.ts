import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { verifyCommand } from '../../cli/commands/verify';
import type { VerifyReport } from '../../cli/verify';
import { runCommand } from '../support/process/command-line';
import { Shopper, type SeenOrder } from '../support/graphql/shopper';
import { WaybillHome, type RunningWaybill } from '../support/process/waybill';

const PASSWORD = 'correct horse battery';

// Each was written by the version of its month: two customers, four orders (completed, refunded, unpaid, delivered and refunded
// in part), a cart and a review. Files are added, never replaced.
describe.each(['2026-11'])('a data directory of %s', (month) => {
  let home: WaybillHome;
  let waybill: RunningWaybill;
  beforeAll(async () => {
    home = await WaybillHome.make();
    const archive = path.join(__dirname, '..', 'data-directories', `${month}.tar.gz`);
    await promisify(execFile)('tar', ['-xzf', archive, '-C', home.directory, '--strip-components=1']);
    waybill = await home.start();
  });
  afterAll(async () => {
    await waybill.close();
    await home.remove();
  });

  const statusesOf = async (email: string): Promise<readonly SeenOrder['status'][]> => {
    const shopper = await Shopper.logIn(waybill.url, email, PASSWORD);
    return (await shopper.orders()).map(({ status }) => status).sort();
  };

  it('opens with everything in it, serves on, and verifies', async () => {
    expect(await statusesOf('ada@example.com')).toEqual(['COMPLETED', 'FULFILLED']);
    expect(await statusesOf('bob@example.com')).toEqual(['PLACED', 'REFUNDED']);

    const ada = await Shopper.logIn(waybill.url, 'ada@example.com', PASSWORD);
    const [product] = await ada.productsOnHand(1);
    await ada.addToCart(product!, 1);
    await ada.waitFor(await ada.place({ x: 5, y: 5 }), 'FULFILLED', 30_000);

    await waybill.close();
    const environment = { WAYBILL_DATA_DIR: home.directory };
    const { out } = await runCommand(verifyCommand, ['--json'], environment);
    const { breaches } = JSON.parse(out) as VerifyReport;
    expect(breaches).toEqual([]);
  });
});
