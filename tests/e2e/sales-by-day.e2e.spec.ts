import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importCommand } from '../../cli/commands/import';
import { salesByDay, type SalesDay } from '../../projections/sales-by-day';
import { runCommand } from '../support/process/command-line';
import { anyPort, topSpeed, WaybillHome, type RunningWaybill } from '../support/process/waybill';

const lines = [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID',
  '11,10003,VASE,2,12/1/2010 9:00,2.50,7',
  '12,10003,VASE,1,12/1/2010 23:59,2.50,8',
  '13,10003,VASE,4,12/2/2010 0:00,2.50,7',
];

describe('the sales of an imported list', () => {
  let home: WaybillHome;
  let running: RunningWaybill;
  beforeAll(async () => {
    home = await WaybillHome.make();
    running = await home.start({ ...topSpeed, WAYBILL_SEED: 'off' });
  }, 60_000);
  afterAll(async () => {
    await running.close();
    await home.remove();
  });

  it('count for the days of the list', async () => {
    const file = join(home.directory, 'sold.csv');
    await writeFile(file, lines.join('\n'));
    const environment = {
      ...anyPort,
      ...topSpeed,
      WAYBILL_DATA_DIR: home.directory,
      WAYBILL_LOG_LEVEL: 'error',
    };
    for (const kind of ['products', 'orders'])
      expect(await runCommand(importCommand, [kind, file, '--json'], environment)).toMatchObject({ code: 0 });
    const { store, readModels } = running.engines;
    await running.projections?.waitForAll((await store.head())!, 60_000);
    const days = await readModels.getMany<SalesDay>(salesByDay.collection, ['2010-12-01', '2010-12-02']);
    const sold = Object.fromEntries(
      days.map(({ document: { day, orders, units, amounts } }) => [
        day,
        { orders, units, sold: amounts[0]?.sold },
      ]),
    );
    expect(sold).toEqual({
      '2010-12-01': { orders: 2, units: 3, sold: 750 },
      '2010-12-02': { orders: 1, units: 4, sold: 1_000 },
    });
  }, 60_000);
});
