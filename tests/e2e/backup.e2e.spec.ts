import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes } from '../../cli/program/command';
import { backupCommand } from '../../cli/commands/backup';
import { restoreCommand } from '../../cli/commands/restore';
import { verifyCommand } from '../../cli/commands/verify';
import { Shopper } from '../support/graphql/shopper';
import { runCommand } from '../support/process/command-line';
import { topSpeed, WaybillHome } from '../support/process/waybill';
import { WaybillProcess } from '../support/process/waybill-process';

const ADMIN = { WAYBILL_ADMIN_EMAIL: 'admin@shop.example', WAYBILL_ADMIN_PASSWORD: 'correct horse battery' };

describe('a backup of a platform that runs', () => {
  let home: WaybillHome;
  let [backup, restored] = ['', ''];
  beforeAll(async () => {
    home = await WaybillHome.make();
    [backup, restored] = [`${home.directory}-backup`, `${home.directory}-restored`];
  });
  afterAll(async () => {
    for (const directory of [backup, restored]) await rm(directory, { recursive: true, force: true });
    await home.remove();
  });

  it('has every order from before it, and is restored after the platform was killed', async () => {
    const first = WaybillProcess.spawn(home.directory, { ...topSpeed, ...ADMIN });
    const url = await first.ready();
    const shopper = await Shopper.logIn(url!, ADMIN.WAYBILL_ADMIN_EMAIL, ADMIN.WAYBILL_ADMIN_PASSWORD);
    const [product] = await shopper.productsOnHand(1);
    await shopper.addToCart(product!, 1);
    const early = await shopper.place({ x: 5, y: 5 });
    await shopper.waitFor(early, 'FULFILLED', 30_000);
    await shopper.addToCart(product!, 1);
    const underWay = await shopper.place({ x: 7, y: 7 });
    const copied = await runCommand(backupCommand, [backup, '--json'], { WAYBILL_DATA_DIR: home.directory });
    expect(copied).toMatchObject({ code: exitCodes.ok });
    const { position, readModels } = JSON.parse(copied.out) as { position: string; readModels: string };
    expect(readModels <= position).toBe(true);
    await shopper.addToCart(product!, 1);
    const late = await shopper.place({ x: 6, y: 6 });
    await first.kill();

    expect((await runCommand(backupCommand, [backup], { WAYBILL_DATA_DIR: home.directory })).code).toBe(
      exitCodes.conflict,
    );
    const there = { WAYBILL_DATA_DIR: restored };
    expect(await runCommand(restoreCommand, [backup], there)).toMatchObject({ code: exitCodes.ok });
    expect(await runCommand(verifyCommand, [], there)).toMatchObject({ code: exitCodes.ok });

    const platform = await WaybillHome.at(restored).start();
    const again = await Shopper.logIn(platform.url, ADMIN.WAYBILL_ADMIN_EMAIL, ADMIN.WAYBILL_ADMIN_PASSWORD);
    try {
      const query = 'query ($id: ID!) { order(id: $id) { status } }';
      expect(await again.ask(query, { id: early })).toEqual({ status: 'FULFILLED' });
      // An answer of the World may have been on its way during the backup: the World is queried a minute later.
      expect(await again.ask(query, { id: underWay })).not.toBeNull();
      expect(await again.ask(query, { id: late })).toBeNull();
    } finally {
      await platform.close();
    }
    expect((await runCommand(restoreCommand, [backup], there)).code).toBe(exitCodes.conflict);
  });

  it('is refused where a file is damaged or missing, and leaves nothing behind', async () => {
    const other = `${restored}-damaged`;
    const file = join(backup, 'secrets', 'access-tokens');
    const secret = await readFile(file, 'utf8');
    await writeFile(file, 'other');
    const said = await runCommand(restoreCommand, [backup], { WAYBILL_DATA_DIR: other });
    expect(said).toMatchObject({ code: exitCodes.usage });
    expect(said.err).toContain('missing or damaged');
    await expect(readFile(join(other, 'events.db'))).rejects.toMatchObject({ code: 'ENOENT' });
    await writeFile(file, secret);
    await rm(join(backup, 'backup.json'));
    expect((await runCommand(restoreCommand, [backup], { WAYBILL_DATA_DIR: other })).err).toContain(
      'no complete backup',
    );
  });
});
