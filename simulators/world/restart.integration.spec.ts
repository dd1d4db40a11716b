import { startProgram, type Program } from '../../tests/support/start-program';
import { apple, carry, truck, warehouse, worldSetup } from '../../tests/support/world/world-setup';

const setup = worldSetup();
const programs: Program[] = [];
afterEach(async () => {
  for (const program of programs.splice(0)) await program.kill();
});

/** A World as a process of its own, on the ports it had before. */
const startProcess = async (speed: number, flakiness: number, ports: readonly number[] = [0, 0]) => {
  const program = startProgram(
    'world/world-process',
    ...[setup.directory(), speed, flakiness, ...ports].map((argument) => String(argument)),
  );
  programs.push(program);
  const line = await program.lines.next();
  return { program, ports: String(line.value).split(' ').map(Number) };
};

describe('a World that is started again', () => {
  it('knows its worlds, their stock, trucks and shipments, and goes on counting', async () => {
    const first = await setup.start();
    const { shop, carrier, worldid } = await setup.parties();
    shop.send('buy', { whnum: 1, things: [apple] });
    await shop.first('arrived');
    await carry(shop, carrier, 100n);
    const before = first.view(worldid);
    await first.close();

    const second = await setup.start();
    expect(second.view(worldid)).toEqual(before);
    await shop.connect(second.amazonAddress.port, { worldid, initwh: [warehouse], isAmazon: true });
    await carrier.connect(second.upsAddress.port, { worldid, trucks: [truck], isAmazon: false });
    await carry(shop, carrier, 101n);
    const { worldid: another } = await setup
      .amazon()
      .connect(second.amazonAddress.port, { initwh: [], isAmazon: true });
    expect(another).not.toBe(worldid);
  });

  it('finishes what was under way, from where it was', async () => {
    const first = await setup.start({ defaultSpeed: 200 });
    const { shop, carrier, worldid } = await setup.parties();
    shop.send('buy', { whnum: 1, things: [apple] });
    carrier.send('pickups', { truckid: 7, whid: 1 });
    const position = () => {
      const [{ x, y } = truck] = setup.started().view(worldid)?.trucks ?? [];
      return x + y;
    };
    await shop.until(() => position() >= 5);
    await first.close();

    const second = await setup.start();
    expect(position()).toBeGreaterThanOrEqual(5);
    await shop.connect(second.amazonAddress.port, { worldid, initwh: [], isAmazon: true });
    await carrier.connect(second.upsAddress.port, { worldid, trucks: [], isAmazon: false });
    await Promise.all([shop.first('arrived'), carrier.first('completions')]);
  });

  it('acts on nothing twice that was sent to it before', async () => {
    const first = await setup.start();
    const { shop, worldid } = await setup.parties();
    const buys = { buy: [{ whnum: 1, things: [apple], seqnum: 1n }] };
    shop.say(buys);
    await shop.first('arrived');
    await first.close();

    const second = await setup.start();
    await shop.connect(second.amazonAddress.port, { worldid, initwh: [], isAmazon: true });
    shop.say(buys);
    await shop.until(() => second.stats().counters.repeated === 1);
    expect(second.view(worldid)?.stock).toEqual([{ whnum: 1, product: 5n, count: 10 }]);
  });
});

describe('a World that is killed again and again in the middle of an order', () => {
  it('loses nothing that it acked and does nothing twice', async () => {
    const [shop, carrier] = [setup.amazon(), setup.ups()];
    let running = await startProcess(1000, 20);
    const [amazonPort = 0, upsPort = 0] = running.ports;
    const { worldid } = await shop.connect(amazonPort, { initwh: [warehouse], isAmazon: true });
    await carrier.connect(upsPort, { worldid, trucks: [truck], isAmazon: false });

    const orders = (async () => {
      shop.send('buy', { whnum: 1, things: [apple] });
      await shop.first('arrived');
      for (let shipid = 100n; shipid < 105n; shipid += 1n) await carry(shop, carrier, shipid);
      return 'all delivered';
    })();
    const killings = (async () => {
      for (let kill = 0; kill < 4; kill += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100 + 90 * kill));
        await running.program.kill();
        running = await startProcess(1000, 20, running.ports);
        await shop.connect(amazonPort, { worldid, initwh: [warehouse], isAmazon: true });
        await carrier.connect(upsPort, { worldid, trucks: [truck], isAmazon: false });
      }
    })();
    await killings;
    expect(await orders).toBe('all delivered');

    const delivered = carrier.all('delivered').map(({ packageid }) => packageid);
    expect(delivered).toEqual([100n, 101n, 102n, 103n, 104n]);
    expect(shop.all('ready')).toHaveLength(5);
    expect(shop.all('loaded')).toHaveLength(5);
    expect([...shop.all('error'), ...carrier.all('error')]).toEqual([]);
    await running.program.kill();
    const { stock } = (await setup.start()).view(worldid) ?? {};
    expect(stock).toEqual([{ whnum: 1, product: 5n, count: 5 }]);
  }, 60_000);
});
