import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/process/free-port';
import { Shopper } from '../support/graphql/shopper';
import { WaybillProcess } from '../support/process/waybill-process';
import { amazonClient } from '../support/world/world-client';

describe('a World, a carrier and a shop as processes of their own', () => {
  let directory: string;
  const running: WaybillProcess[] = [];
  const spawn = (args: readonly string[], environment = {}): WaybillProcess => {
    const process = WaybillProcess.spawn(directory, environment, args);
    running.push(process);
    return process;
  };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-apart-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((process) => process.kill()));
    await rm(directory, { recursive: true });
  });

  const listed = async (): Promise<unknown> =>
    JSON.parse(await readFile(join(directory, 'addresses.json'), 'utf8'));

  it('share one data directory, and an order goes through all three', async () => {
    const httpPort = String(await freePort());
    const world = spawn(['world', '--ensure', '7', '--speed', '100000', '--json']);
    const worldAt = await world.addresses();
    const shopUrl = `http://127.0.0.1:${httpPort}`;
    const places = ['--world', String(worldAt.worldUps), '--world-id', '7', '--shop', shopUrl];
    const carrier = spawn(['carrier', ...places, '--json']);
    const carrierAt = await carrier.addresses();
    const shop = spawn(['start', '--json'], {
      WAYBILL_HTTP_PORT: httpPort,
      WAYBILL_WORLD: `tcp://${worldAt.worldAmazon}?worldid=7`,
      WAYBILL_CARRIER: `http://${carrierAt.carrier}`,
    });
    const shopAt = await shop.addresses();
    expect(shopAt).toEqual({ http: shopUrl, grpc: expect.any(String) as string });
    expect(await listed()).toEqual({ ...worldAt, ...carrierAt, ...shopAt });

    const shopper = await Shopper.signUp(shopUrl, 'ada@example.com');
    const [lamp] = await shopper.productsOnHand(1);
    await shopper.addToCart(lamp!, 1);
    const { id } = await shopper.placeOrder({ x: 3, y: 9 });
    await shopper.waitFor(id, 'FULFILLED', 30_000);

    expect((await world.kill('SIGTERM')).code).toBe(0);
    expect(await listed()).toEqual({ ...carrierAt, ...shopAt });
    const codes = await Promise.all([carrier, shop].map(async (process) => process.kill('SIGTERM')));
    expect(codes.map(({ code }) => code)).toEqual([0, 0]);
    await expect(listed()).rejects.toMatchObject({ code: 'ENOENT' });
  }, 120_000);

  it('a separate World accepts any client, and locks its files', async () => {
    const world = spawn(['world', '--json']);
    const { worldAmazon, worldUps } = await world.addresses();
    const client = amazonClient();
    const greeting = { initwh: [{ id: 1, x: 2, y: 3 }], isAmazon: true };
    expect(await client.connect(Number(worldAmazon?.split(':')[1]), greeting)).toMatchObject({
      result: 'connected!',
    });
    const second = spawn(['start']);
    expect(await second.ended).toEqual({ code: 4, signal: null });
    expect(second.talk).toContain(
      `${join(directory, 'world')} is in use by another process (pid ${world.pid})`,
    );
    client.close();
    expect((await world.kill('SIGTERM')).code).toBe(0);
    const greeted = `The World listens for shops on ${worldAmazon} and for carriers on ${worldUps}.`;
    expect(world.talk).toBe(`${greeted}\n`);
  }, 60_000);
});
