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

/** Registers a product and a warehouse that is announced to the World. */
const registerGoods = async (): Promise<void> => {
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

describe('a World that refuses commands', () => {
  /** Places an order and returns the World's pack command. */
  const order = async () => {
    await start();
    await registerGoods();
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 9 });
    await platform.buy(productId, 1);
    return world.first('topack');
  };
  const refuse = async (originseqnum: bigint, err = 'not enough stock'): Promise<void> => {
    world.say({ error: [{ err, originseqnum, seqnum: 77n }] });
    // The error is acknowledged when all effects are stored.
    await until('it is acknowledged', () => world.acks.includes(77n));
  };

  it('leads to a purchase for a shipment that it cannot pack', async () => {
    const { seqnum } = await order();
    await refuse(seqnum);
    await world.first('buy');
  });

  it.each([
    ['is cut within a character', `x${'\u{1F600}'.repeat(300)}`, /^x(?:\u{1F600}){199}$/u],
    ['holds a NUL', 'broken\0machine', /^broken\\u0000machine$/],
    ['has several lines, and turns letters round', 'a\nb\u202ec', /^a\\u000ab\\u202ec$/],
  ])('leads to a failed shipment by a reason that %s', async (_, err, reason) => {
    const { seqnum } = await order();
    await refuse(seqnum, err);
    const failed = (await platform.events()).filter(({ type }) => type === 'ShipmentFailed');
    expect(failed.map(({ data }) => data)).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(reason) as string }),
    ]);
  });

  it('leads to no purchase for a shipment that was cancelled meanwhile', async () => {
    const { seqnum } = await order();
    const placed = (await platform.events()).find(({ type }) => type === 'OrderPlaced');
    await platform.demand('cancelOrder', placed!.data as { orderId: OrderId });
    await until('it is cancelled', async () => (await platform.count('ShipmentCancelled')) === 1);
    await refuse(seqnum);
    expect(await platform.count('WorldCommandRefused')).toBe(1);
    expect(await platform.count('WorldCommandQueued')).toBe(1);
  });
});

describe('a World that breaks the protocol', () => {
  it('is connected again until it accepts', async () => {
    world.welcome = (_, connection) =>
      connection < 4 ? ['error: world is full', 'connected', 'error:'][connection - 1]! : 'connected!';
    await start();
    await until('it is connected', () => gateway.status()[0]?.worldId === '1');
    expect(world.greetings).toHaveLength(4);
  });

  it('is disconnected if it does not answer the connect message', async () => {
    world.welcome = (_, connection) => (connection === 1 ? undefined : 'connected!');
    await start({ connectTimeoutMs: 50 });
    await until('it is connected', () => gateway.status()[0]?.worldId === '1');
  });

  it.each([
    ['a frame of 4 GiB', Buffer.from('ffffffff0f', 'hex')],
    ['a frame of no message', Buffer.from('05ffffffffff', 'hex')],
    ['a web page', Buffer.from(`HTTP/1.1 400 Bad Request\r\n\r\n${'<p>'.repeat(50)}`)],
  ])('is connected again after %s, and unacknowledged commands are sent again', async (_, bytes) => {
    await start();
    await registerGoods();
    await replenish();
    const { seqnum } = await world.first('buy');
    const before = world.greetings.length;
    world.sendBytes(bytes);
    await until('it is connected again', () => world.greetings.length > before);
    expect(world.greetings.at(-1)).toEqual({ worldid: 1n, initwh: [], isAmazon: true });
    const received = world.all('buy').length;
    await until('the purchase is sent again', () => world.all('buy').length > received);
    expect(new Set(world.all('buy').map((each) => each.seqnum))).toEqual(new Set([seqnum]));
  });

  it('gets a lost acknowledgement again, and the goods are received once', async () => {
    await start();
    await registerGoods();
    await replenish();
    const { things, seqnum } = await world.first('buy');
    const arrived = [{ whnum: warehouseId, things, seqnum: 500n }];
    world.say({ acks: [seqnum], arrived });
    await until('it is acknowledged', () => world.acks.includes(500n));
    world.say({ arrived });
    await until('the copy is acknowledged', () => world.acks.filter((ack) => ack === 500n).length >= 2);
    // Another process has only the stored state.
    await stop();
    await start();
    await until('it is connected', () => gateway.status()[0]?.worldId !== undefined);
    const before = world.acks.length;
    world.say({ arrived });
    await until('it is acknowledged again', () => world.acks.length > before);
    expect(await received()).toBe(1);
    expect(gateway.status()).toMatchObject([{ unacked: 0, open: 0 }]);
  });

  it('may send goods without a request: they are received once, if the product is known', async () => {
    await start();
    await registerGoods();
    const state = await platform.aggregates.of(product).load(productId);
    const number = state.status === 'NONE' ? 0 : state.number;
    const things = [
      { id: BigInt(number), description: 'mug', count: 2 },
      { id: 2n ** 62n, description: 'unknown', count: 9 },
    ];
    const arrived = [{ whnum: warehouseId, things, seqnum: 700n }];
    for (let copy = 0; copy < 3; copy += 1) world.say({ arrived });
    await until('it is acknowledged', () => world.acks.includes(700n));
    expect(await received()).toBe(1);
  });

  it('may send goods to an unknown warehouse: no receipt is logged for them', async () => {
    const lines: string[] = [];
    await start({}, () => ({ logger: createLogger('warn', { write: (line) => void lines.push(line) }) }));
    await registerGoods();
    const state = await platform.aggregates.of(product).load(productId);
    const things = [{ id: BigInt(state.status === 'NONE' ? 0 : state.number), description: 'mug', count: 2 }];
    const arrived = [99, warehouseId].map((whnum, index) => ({
      whnum,
      things,
      seqnum: 700n + BigInt(index),
    }));
    world.say({ arrived });
    await until('both are acknowledged', () => [700n, 701n].every((ack) => world.acks.includes(ack)));
    const receipts = lines.filter((line) => line.includes('they are added to the stock'));
    expect(receipts).toHaveLength(1);
    expect(receipts[0]).toContain(`"warehouseId":${warehouseId}`);
    expect(lines.filter((line) => line.includes('A report of the World was rejected'))).toHaveLength(1);
  });

  it('is sent frames of one element, whose length fits into one byte', async () => {
    await start();
    await registerGoods();
    for (let purchase = 0; purchase < 3; purchase += 1) await replenish();
    await until('all are sent', () => new Set(world.all('buy').map(({ seqnum }) => seqnum)).size === 3);
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

  it('may answer a command that was never sent', async () => {
    await start();
    await registerGoods();
    world.say({
      ...{ ready: [{ shipid: 99n, seqnum: 1n }], loaded: [{ shipid: 99n, seqnum: 2n }] },
      ...{ error: [{ err: 'what?', originseqnum: 9_999n, seqnum: 3n }], acks: [2n ** 62n] },
      packagestatus: [{ packageid: 99n, status: 'lost', seqnum: 4n }],
    });
    await until('all are acknowledged', () => [1n, 2n, 3n, 4n].every((ack) => world.acks.includes(ack)));
    expect(gateway.status()).toMatchObject([{ worldId: '1' }]);
  });

  it('is queried about a shipment whose packing is overdue', async () => {
    await start({ overdueMs: 30, watchEveryMs: 10 });
    await registerGoods();
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
    // The answer that was lost may still arrive.
    world.say({ ready: [{ shipid, seqnum: 32n }] });
    await until('it is acknowledged, too', () => world.acks.includes(32n));
    expect(await platform.count('ShipmentPacked')).toBe(1);
  });

  it('fails a shipment that it refuses to pack, and staff can retry it', async () => {
    await start();
    await registerGoods();
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 1 });
    await platform.buy(productId, 1);
    const { seqnum } = await world.first('topack');
    world.say({ error: [{ err: 'the moon is in the way', originseqnum: seqnum, seqnum: 41n }] });
    await until('it fails', async () => (await platform.count('ShipmentFailed')) === 1);
    const failed = (await platform.events()).find(({ type }) => type === 'ShipmentFailed')!;
    await platform.demand('retryShipment', { shipmentId: (failed.data as { shipmentId: never }).shipmentId });
    await until('it is sent again', () => new Set(world.all('topack').map((pack) => pack.seqnum)).size === 2);
  });

  it.each([
    ['no reason', ''],
    ['half a mebibyte of reasons', 'why '.repeat(2 ** 17)],
  ])('fails a shipment with %s', async (_, err) => {
    await start();
    await registerGoods();
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 1 });
    await platform.buy(productId, 1);
    const { seqnum } = await world.first('topack');
    world.say({ error: [{ err, originseqnum: seqnum, seqnum: 41n }] });
    await until('it is acknowledged', () => world.acks.includes(41n));
    expect(await platform.count('ShipmentFailed')).toBe(1);
  });

  it('may lose its data and use its numbers for other messages', async () => {
    await start();
    await registerGoods();
    for (const [before, quantity] of [4, 5].entries()) {
      await platform.demand('replenish', { warehouseId, productId, quantity });
      const wanted = () => world.all('buy').find(({ things }) => things[0]?.count === quantity);
      await until('it is bought', () => wanted() !== undefined);
      world.say({ arrived: [{ ...wanted()!, seqnum: 1n }] });
      await until('it arrives', async () => (await received()) === before + 1);
    }
    expect(gateway.status()).toMatchObject([{ open: 0 }]);
  });

  it('that does not read costs a bounded number of remembered acknowledgements', async () => {
    let unblock: () => void = () => undefined;
    const unblocked = new Promise<void>((resolve) => (unblock = resolve));
    const socket = { isBlocked: false, blockedSends: 0 };
    const blockingDial: Dial = async (options) => {
      const connection = await dial(options);
      const send = async (payload: Uint8Array): Promise<void> => {
        if (socket.isBlocked) {
          socket.blockedSends += 1;
          await unblocked;
        }
        await connection.send(payload);
      };
      return { ...connection, send };
    };
    await start({ rememberedMax: 50 }, () => ({ dial: blockingDial }));
    await registerGoods();
    socket.isBlocked = true;
    const ready = (seqnum: number) => ({ shipid: 99n, seqnum: BigInt(seqnum) });
    world.say({ ready: [ready(0)] });
    await until('an acknowledgement is blocked', () => socket.blockedSends > 0);
    const state = await platform.aggregates.of(product).load(productId);
    const number = state.status === 'NONE' ? 0 : state.number;
    const things = [{ id: BigInt(number), description: 'mug', count: 2 }];
    world.say({ ready: Array.from({ length: 500 }, (_, index) => ready(index + 1)) });
    world.say({ arrived: [{ whnum: warehouseId, things, seqnum: 501n }] });
    await until('the last goods are received', async () => (await received()) === 1);
    unblock();
    await until('the last is acknowledged', () => world.acks.includes(501n));
    expect(world.acks.length).toBeLessThan(100);
  });

  it('gets no acknowledgement of a message that is not stored, and may send it again after a restart', async () => {
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
    await registerGoods();
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 1 });
    await platform.buy(productId, 1);
    const { shipid } = await world.first('topack');
    const ready = [{ shipid, seqnum: 51n }];
    world.say({ ready });
    await until('it is refused', () => refused > 0);
    world.say({ ready: [{ shipid: 99n, seqnum: 52n }] });
    await until('another message is acknowledged', () => world.acks.includes(52n));
    expect(world.acks).not.toContain(51n);
    await stop();
    await start();
    await until('it is connected', () => gateway.status()[0]?.worldId !== undefined);
    world.say({ ready });
    await until('it is acknowledged', () => world.acks.includes(51n));
    expect(await platform.count('ShipmentPacked')).toBe(1);
  });

  it('stays connected, and is connected again, while the read models are unavailable', async () => {
    let reads = 0;
    await start({ watchEveryMs: 5 }, () => ({
      warehouses: async () => {
        reads += 1;
        throw new Fault('READ_MODELS_UNAVAILABLE', 'unavailable');
      },
    }));
    await until('the warehouses were read repeatedly', () => reads > 3);
    expect(world.greetings).toHaveLength(1);
    world.hangUp();
    await until('it is connected again', () => world.greetings.length === 2);
    await until('it is connected', () => gateway.status()[0]?.worldId === '1');
  });

  it('that is silent while an acknowledgement is awaited is connected again', async () => {
    await start({ silenceMs: 30, watchEveryMs: 10 });
    await registerGoods();
    const before = world.greetings.length;
    await replenish();
    await until('it is connected again', () => world.greetings.length > before);
  });

  it('that is another one than before is disconnected', async () => {
    await start();
    await until('it is connected', () => gateway.status()[0]?.worldId === '1');
    await platform.demand('registerWarehouse', { name: 'W', place: { x: 1, y: 1 } });
    await until('it is connected to our world', () => world.greetings.some(({ worldid }) => worldid === 1n));
    world.hangUp();
    await until('it is connected again', () => world.greetings.length > 2);
    expect(world.greetings.slice(1).every(({ worldid }) => worldid === 1n)).toBe(true);
  });
});
