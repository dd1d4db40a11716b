import type { OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { product } from '../../domain/product';
import { Fault } from '../../platform/faults';
import { dial, type Dial } from '../../platform/framed-socket';
import { createLogger } from '../../platform/telemetry';
import { worldCommands } from '../../projections/world-commands';
import { aCommands, SMALL_FRAME_BYTES_MAX } from '../../proto/world';
import {
  createDurable,
  startPlatform,
  until,
  type Durable,
  type Platform,
} from '../../tests/support/commands/live-platform';
import { ScriptedWorld } from '../../tests/support/world/scripted-world';
import {
  startWorldGateway,
  worldReactions,
  type WorldGateway,
  type WorldGatewayDeps,
  type WorldGatewayLimits,
} from './';

let durable: Durable;
let world: ScriptedWorld;
let platform: Platform;
let gateway: WorldGateway;
let productId: ProductId;
let warehouseId: WarehouseId;

const start = async (
  limits: Partial<WorldGatewayLimits> = {},
  altered: (whole: Platform) => Partial<WorldGatewayDeps> = () => ({}),
): Promise<void> => {
  const links = [{ name: 'main', host: '127.0.0.1', port: world.port }];
  platform = startPlatform(durable, {
    reactions: (running) => [worldReactions({ ...running, links })],
    projections: [worldCommands],
  });
  gateway = startWorldGateway({
    ...platform,
    ...altered(platform),
    links,
    limits: {
      ...{ resend: { baseMs: 10, factor: 1, maxMs: 10 }, reconnect: { baseMs: 5, factor: 1, maxMs: 5 } },
      ...limits,
    },
  });
};

/** One warehouse that the World knows, and one product. */
const furnish = async (): Promise<void> => {
  productId = await platform.registerProduct('MUG');
  warehouseId = await platform.registerWarehouse(1, 1);
  await until('the World knows the warehouse', async () => {
    const connected = (await platform.events()).filter(({ type }) => type === 'WorldConnected');
    return connected.some(({ data }) => (data as { warehouses: unknown[] }).warehouses.length === 1);
  });
};
const replenish = () => platform.demand('replenish', { warehouseId, productId, quantity: 4 });
const received = () => platform.count('StockReceived');

const stop = async (): Promise<void> => {
  await gateway.close();
  await platform.stop();
};

beforeEach(async () => {
  durable = createDurable();
  world = await ScriptedWorld.open();
});
afterEach(async () => {
  await stop();
  await world.close();
});

describe('a World that refuses', () => {
  /** An order that the World is asked to pack. */
  const order = async () => {
    await start();
    await furnish();
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 9 });
    await platform.buy(productId, 1);
    return world.first('topack');
  };
  const refuse = async (originseqnum: bigint): Promise<void> => {
    world.say({ error: [{ err: 'not enough stock', originseqnum, seqnum: 77n }] });
    // Acknowledged when all that follows is stored.
    await until('it is acknowledged', () => world.acks.includes(77n));
  };

  it('has goods bought for a shipment that it cannot pack', async () => {
    const { seqnum } = await order();
    await refuse(seqnum);
    await world.first('buy');
  });

  it('has nothing bought for a shipment that was cancelled meanwhile', async () => {
    const { seqnum } = await order();
    const placed = (await platform.events()).find(({ type }) => type === 'OrderPlaced');
    await platform.demand('cancelOrder', placed!.data as { orderId: OrderId });
    await until('it is cancelled', async () => (await platform.count('ShipmentCancelled')) === 1);
    await refuse(seqnum);
    expect(await platform.count('WorldCommandRefused')).toBe(1);
    expect(await platform.count('WorldCommandQueued')).toBe(1);
  });
});

describe('a World that does not behave', () => {
  it('is asked again until it lets us in', async () => {
    world.welcome = (_, connection) =>
      connection < 4 ? ['error: world is full', 'connected', 'error:'][connection - 1]! : 'connected!';
    await start();
    await until('it is connected', () => gateway.status()[0]?.worldId === '1');
    expect(world.greetings).toHaveLength(4);
  });

  it('is left when it says nothing to our introduction', async () => {
    world.welcome = (_, connection) => (connection === 1 ? undefined : 'connected!');
    await start({ connectTimeoutMs: 50 });
    await until('it is connected', () => gateway.status()[0]?.worldId === '1');
  });

  it.each([
    ['a frame of 4 GiB', Buffer.from('ffffffff0f', 'hex')],
    ['a frame of no message', Buffer.from('05ffffffffff', 'hex')],
    ['a web page', Buffer.from(`HTTP/1.1 400 Bad Request\r\n\r\n${'<p>'.repeat(50)}`)],
  ])(
    'is connected anew when it sends %s, and what it did not acknowledge is sent again',
    async (_, bytes) => {
      await start();
      await furnish();
      await replenish();
      const { seqnum } = await world.first('buy');
      const before = world.greetings.length;
      world.sendBytes(bytes);
      await until('it is greeted again', () => world.greetings.length > before);
      expect(world.greetings.at(-1)).toEqual({ worldid: 1n, initwh: [], isAmazon: true });
      const heard = world.all('buy').length;
      await until('the purchase comes again', () => world.all('buy').length > heard);
      expect(new Set(world.all('buy').map((each) => each.seqnum))).toEqual(new Set([seqnum]));
    },
  );

  it('is told every ack again that it asks for, and books nothing twice', async () => {
    await start();
    await furnish();
    await replenish();
    const { things, seqnum } = await world.first('buy');
    const arrived = [{ whnum: warehouseId, things, seqnum: 500n }];
    world.say({ acks: [seqnum], arrived });
    await until('it is acknowledged', () => world.acks.includes(500n));
    world.say({ arrived });
    await until('the copy is acknowledged', () => world.acks.filter((ack) => ack === 500n).length >= 2);
    // Another process remembers nothing of it but what is stored.
    await stop();
    await start();
    await until('it is connected', () => gateway.status()[0]?.worldId !== undefined);
    const before = world.acks.length;
    world.say({ arrived });
    await until('it is acknowledged again', () => world.acks.length > before);
    expect(await received()).toBe(1);
    expect(gateway.status()).toMatchObject([{ unacked: 0, open: 0 }]);
  });

  it('may bring goods that nobody ordered: they are booked once, where we know the product', async () => {
    await start();
    await furnish();
    const state = await platform.aggregates.of(product).load(productId);
    const number = state.status === 'NONE' ? 0 : state.number;
    const things = [
      { id: BigInt(number), description: 'mug', count: 2 },
      { id: 2n ** 62n, description: 'nobody knows', count: 9 },
    ];
    const arrived = [{ whnum: warehouseId, things, seqnum: 700n }];
    for (let copy = 0; copy < 3; copy += 1) world.say({ arrived });
    await until('it is acknowledged', () => world.acks.includes(700n));
    expect(await received()).toBe(1);
  });

  it('may bring goods to a warehouse that is not ours: that they are booked is logged of no others', async () => {
    const lines: string[] = [];
    await start({}, () => ({ logger: createLogger('warn', { write: (line) => void lines.push(line) }) }));
    await furnish();
    const state = await platform.aggregates.of(product).load(productId);
    const things = [{ id: BigInt(state.status === 'NONE' ? 0 : state.number), description: 'mug', count: 2 }];
    const arrived = [99, warehouseId].map((whnum, index) => ({
      whnum,
      things,
      seqnum: 700n + BigInt(index),
    }));
    world.say({ arrived });
    await until('both are acknowledged', () => [700n, 701n].every((ack) => world.acks.includes(ack)));
    const booked = lines.filter((line) => line.includes('they are added to the stock'));
    expect(booked).toHaveLength(1);
    expect(booked[0]).toContain(`"warehouseId":${warehouseId}`);
    expect(lines.filter((line) => line.includes('not wanted'))).toHaveLength(1);
  });

  it('is sent one element a frame, whose size one byte can tell', async () => {
    await start();
    await furnish();
    for (let purchase = 0; purchase < 3; purchase += 1) await replenish();
    await until('all are heard', () => new Set(world.all('buy').map(({ seqnum }) => seqnum)).size === 3);
    world.say({
      packagestatus: Array.from({ length: 200 }, (_, index) => ({
        ...{ packageid: 99n, status: 'lost', seqnum: 10_000n + BigInt(index) },
      })),
    });
    await until('all are acknowledged', () => new Set(world.acks).size === 200);
    for (const commands of world.heard) {
      expect(commands.buy.length + Math.sign(commands.acks.length)).toBe(1);
      expect(aCommands.encode(commands).length).toBeLessThanOrEqual(SMALL_FRAME_BYTES_MAX);
    }
  });

  it('may answer what was never asked', async () => {
    await start();
    await furnish();
    world.say({
      ...{ ready: [{ shipid: 99n, seqnum: 1n }], loaded: [{ shipid: 99n, seqnum: 2n }] },
      ...{ error: [{ err: 'what?', originseqnum: 9_999n, seqnum: 3n }], acks: [2n ** 62n] },
      packagestatus: [{ packageid: 99n, status: 'lost', seqnum: 4n }],
    });
    await until('all are acknowledged', () => [1n, 2n, 3n, 4n].every((ack) => world.acks.includes(ack)));
    expect(gateway.status()).toMatchObject([{ worldId: '1' }]);
  });

  it('is asked where a shipment is that it never said was packed', async () => {
    await start({ overdueMs: 30, watchEveryMs: 10 });
    await furnish();
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 1 });
    await platform.buy(productId, 1);
    const { seqnum, shipid } = await world.first('topack');
    world.say({ acks: [seqnum] });
    const query = await world.first('queries');
    expect(query.packageid).toBe(shipid);
    world.say({
      packagestatus: [{ packageid: shipid, status: 'PACKED', seqnum: 31n }],
      acks: [query.seqnum],
    });
    await until('it is packed', async () => (await platform.count('ShipmentPacked')) === 1);
    await until('it is acknowledged', () => world.acks.includes(31n));
    // The answer that was lost may come after all.
    world.say({ ready: [{ shipid, seqnum: 32n }] });
    await until('it is acknowledged, too', () => world.acks.includes(32n));
    expect(await platform.count('ShipmentPacked')).toBe(1);
  });

  it('fails a shipment that it will not pack, which staff may have tried again', async () => {
    await start();
    await furnish();
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 1 });
    await platform.buy(productId, 1);
    const { seqnum } = await world.first('topack');
    world.say({ error: [{ err: 'the moon is in the way', originseqnum: seqnum, seqnum: 41n }] });
    await until('it fails', async () => (await platform.count('ShipmentFailed')) === 1);
    const failed = (await platform.events()).find(({ type }) => type === 'ShipmentFailed')!;
    await platform.demand('retryShipment', { shipmentId: (failed.data as { shipmentId: never }).shipmentId });
    await until('it is asked anew', () => new Set(world.all('topack').map((pack) => pack.seqnum)).size === 2);
  });

  it.each([
    ['no reason', ''],
    ['half a mebibyte of reasons', 'why '.repeat(2 ** 17)],
  ])('fails a shipment with %s', async (_, err) => {
    await start();
    await furnish();
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 1 });
    await platform.buy(productId, 1);
    const { seqnum } = await world.first('topack');
    world.say({ error: [{ err, originseqnum: seqnum, seqnum: 41n }] });
    await until('it is acknowledged', () => world.acks.includes(41n));
    expect(await platform.count('ShipmentFailed')).toBe(1);
  });

  it('may lose its memory and give its numbers to other messages', async () => {
    await start();
    await furnish();
    for (const [before, quantity] of [4, 5].entries()) {
      await platform.demand('replenish', { warehouseId, productId, quantity });
      const wanted = () => world.all('buy').find(({ things }) => things[0]?.count === quantity);
      await until('it is bought', () => wanted() !== undefined);
      world.say({ arrived: [{ ...wanted()!, seqnum: 1n }] });
      await until('it arrives', async () => (await received()) === before + 1);
    }
    expect(gateway.status()).toMatchObject([{ open: 0 }]);
  });

  it('that speaks and does not listen is owed no more acks than are remembered', async () => {
    let listen: () => void = () => undefined;
    const listening = new Promise<void>((resolve) => (listen = resolve));
    const deaf = { now: false, unheard: 0 };
    const deafDial: Dial = async (options) => {
      const connection = await dial(options);
      const send = async (payload: Uint8Array): Promise<void> => {
        if (deaf.now) {
          deaf.unheard += 1;
          await listening;
        }
        await connection.send(payload);
      };
      return { ...connection, send };
    };
    await start({ rememberedMax: 50 }, () => ({ dial: deafDial }));
    await furnish();
    deaf.now = true;
    const ready = (seqnum: number) => ({ shipid: 99n, seqnum: BigInt(seqnum) });
    world.say({ ready: [ready(0)] });
    await until('an ack waits to be heard', () => deaf.unheard > 0);
    const state = await platform.aggregates.of(product).load(productId);
    const number = state.status === 'NONE' ? 0 : state.number;
    const things = [{ id: BigInt(number), description: 'mug', count: 2 }];
    world.say({ ready: Array.from({ length: 500 }, (_, index) => ready(index + 1)) });
    world.say({ arrived: [{ whnum: warehouseId, things, seqnum: 501n }] });
    await until('the last is booked', async () => (await received()) === 1);
    listen();
    await until('the last is acknowledged', () => world.acks.includes(501n));
    expect(world.acks.length).toBeLessThan(100);
  });

  it('is not told that its word was taken in while it was not, and may say it again after a restart', async () => {
    let refused = 0;
    await start({}, ({ commands }) => ({
      commands: {
        ...commands,
        send: (name, ...rest) => {
          if (name !== 'recordPacked') return commands.send(name, ...rest);
          refused += 1;
          throw new Fault('NOT_PERMITTED', 'not now');
        },
      },
    }));
    await furnish();
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 1 });
    await platform.buy(productId, 1);
    const { shipid } = await world.first('topack');
    const ready = [{ shipid, seqnum: 51n }];
    world.say({ ready });
    await until('it is refused', () => refused > 0);
    world.say({ ready: [{ shipid: 99n, seqnum: 52n }] });
    await until('another word is acknowledged', () => world.acks.includes(52n));
    expect(world.acks).not.toContain(51n);
    await stop();
    await start();
    await until('it is connected', () => gateway.status()[0]?.worldId !== undefined);
    world.say({ ready });
    await until('it is acknowledged', () => world.acks.includes(51n));
    expect(await platform.count('ShipmentPacked')).toBe(1);
  });

  it('keeps its connection, and gets a new one, while the read models are away', async () => {
    let looks = 0;
    await start({ watchEveryMs: 5 }, () => ({
      warehouses: async () => {
        looks += 1;
        throw new Fault('READ_MODELS_UNAVAILABLE', 'away');
      },
    }));
    await until('warehouses were looked for', () => looks > 3);
    expect(world.greetings).toHaveLength(1);
    world.hangUp();
    await until('it is greeted again', () => world.greetings.length === 2);
    await until('it is connected', () => gateway.status()[0]?.worldId === '1');
  });

  it('that goes silent while something waits is connected anew', async () => {
    await start({ silenceMs: 30, watchEveryMs: 10 });
    await furnish();
    const before = world.greetings.length;
    await replenish();
    await until('it is greeted again', () => world.greetings.length > before);
  });

  it('that is not the one we were in is left', async () => {
    await start();
    await until('it is connected', () => gateway.status()[0]?.worldId === '1');
    await platform.demand('registerWarehouse', { name: 'W', place: { x: 1, y: 1 } });
    await until('it is greeted with our world', () => world.greetings.some(({ worldid }) => worldid === 1n));
    world.hangUp();
    await until('it is greeted again', () => world.greetings.length > 2);
    expect(world.greetings.slice(1).every(({ worldid }) => worldid === 1n)).toBe(true);
  });
});
