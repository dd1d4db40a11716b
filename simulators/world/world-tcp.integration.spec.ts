import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { frame, FrameReader } from '../../platform/framing';
import { aCommands, aConnect, aConnected, aResponses } from '../../proto/world';
import { apple, carry, truck, warehouse, worldSetup } from '../../tests/support/world/world-setup';

const setup = worldSetup();

describe('an order on its way through the World', () => {
  it('is bought, packed, loaded and delivered over two sockets, at top speed within moments', async () => {
    await setup.start();
    const { shop, carrier } = await setup.parties();
    const started = performance.now();
    shop.send('buy', { whnum: 1, things: [apple] });
    expect((await shop.first('arrived')).things).toEqual([apple]);
    await carry(shop, carrier, 100n);
    expect(performance.now() - started).toBeLessThan(3000);
    const [arrival, end] = carrier.all('completions');
    expect(arrival).toMatchObject({ truckid: 7, x: 10, y: 10, status: 'ARRIVE WAREHOUSE' });
    expect(end).toMatchObject({ truckid: 7, x: -3, y: 4, status: 'IDLE' });
    shop.send('queries', { packageid: 100n });
    expect((await shop.first('packagestatus')).status).toBe('delivered');
    await shop.until(() => shop.unacked.size === 0);
  });

  it('does not meddle with another world that runs beside it', async () => {
    await setup.start();
    const [one, other] = await Promise.all([setup.parties(), setup.parties()]);
    expect(one.worldid).not.toBe(other.worldid);
    for (const { shop } of [one, other]) shop.send('buy', { whnum: 1, things: [apple] });
    await Promise.all([one, other].map(({ shop }) => shop.first('arrived')));
    await Promise.all([one, other].map(({ shop, carrier }) => carry(shop, carrier, 100n)));
    for (const { carrier } of [one, other]) expect(carrier.all('delivered')).toHaveLength(1);
  });

  it('is sent to a client that only reads and writes bytes, without any class of ours', async () => {
    const { amazonAddress } = await setup.start();
    const socket = connect(amazonAddress.port, '127.0.0.1');
    const reader = new FrameReader();
    const frames: Uint8Array[] = [];
    socket.on('data', (chunk: Buffer) => frames.push(...reader.push(chunk)));
    const say = async (bytes: Uint8Array, answers: number) => {
      for (const byte of frame(bytes)) socket.write(Uint8Array.of(byte));
      while (frames.length < answers) await once(socket, 'data');
      return frames.splice(0);
    };
    const [greeting] = await say(aConnect.encode({ initwh: [warehouse], isAmazon: true }), 1);
    expect(aConnected.decode(greeting!).result).toBe('connected!');
    const answers = await say(aCommands.encode({ queries: [{ packageid: 9n, seqnum: 77n }] }), 2);
    const responses = answers.map((bytes) => aResponses.decode(bytes));
    expect(responses).toMatchObject([{ acks: [77n] }, { error: [{ originseqnum: 77n }] }]);
    socket.destroy();
  });
});

describe('a client that connects', () => {
  const greet = (greeting: Parameters<typeof aConnect.encode>[0]) =>
    setup.amazon().connect(setup.started().amazonAddress.port, greeting);

  it('gets a new world without a worldid, and the one it names with it', async () => {
    await setup.start();
    const first = await greet({ initwh: [], isAmazon: true });
    const second = await greet({ initwh: [], isAmazon: true });
    expect([first.result, second.result]).toEqual(['connected!', 'connected!']);
    expect(second.worldid).not.toBe(first.worldid);
    const carrier = await setup
      .ups()
      .connect(setup.started().upsAddress.port, { worldid: first.worldid, trucks: [], isAmazon: false });
    expect(carrier).toEqual({ worldid: first.worldid, result: 'connected!' });
  });

  it.each([
    ['an unknown world', { worldid: 404n, initwh: [], isAmazon: true }, 'error: there is no world 404'],
    ['the wrong port', { initwh: [], isAmazon: false }, 'error: isAmazon must be true on this port'],
    [
      'a warehouse at two places',
      { initwh: [warehouse, { ...warehouse, x: 11 }], isAmazon: true },
      'error: warehouse 1 is named at (10, 10) and at (11, 10)',
    ],
  ])('is refused with %s, and no world is created', async (_, greeting, result) => {
    await setup.start();
    expect((await greet(greeting)).result).toBe(result);
    expect(setup.started().stats().worlds).toEqual([]);
  });

  it('is refused on the port of the other side', async () => {
    await setup.start();
    const answer = await setup
      .ups()
      .connect(setup.started().upsAddress.port, { trucks: [truck], isAmazon: true });
    expect(answer.result).toBe('error: isAmazon must be false on this port');
  });

  it('is refused while the same side is connected, and let in once that has gone', async () => {
    await setup.start();
    const { shop, worldid } = await setup.parties();
    const again = { worldid, initwh: [], isAmazon: true };
    expect((await greet(again)).result).toBe(`error: world ${worldid} has its amazon side connected already`);
    shop.cut();
    await shop.until(() => setup.started().stats().worlds[0]?.connected.length === 1);
    expect((await greet(again)).result).toBe('connected!');
  });

  it('may try again over the same connection', async () => {
    const simulator = await setup.start();
    const socket = connect(simulator.amazonAddress.port, '127.0.0.1');
    const reader = new FrameReader();
    const ask = async () => {
      socket.write(frame(aConnect.encode({ worldid: 5n, initwh: [], isAmazon: true })));
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      return aConnected.decode(reader.push(chunk)[0]!).result;
    };
    expect(await ask()).toBe('error: there is no world 5');
    await simulator.ensureWorld(5n);
    expect(await ask()).toBe('connected!');
    socket.destroy();
  });

  it('adds what is missing to a world that exists', async () => {
    await setup.start();
    await setup.started().ensureWorld(3n);
    const shop = setup.amazon();
    const { port } = setup.started().amazonAddress;
    await shop.connect(port, { worldid: 3n, initwh: [warehouse], isAmazon: true });
    shop.cut();
    await shop.until(() => setup.started().stats().worlds[0]?.connected.length === 0);
    const more = [warehouse, { id: 2, x: 0, y: 0 }];
    expect((await shop.connect(port, { worldid: 3n, initwh: more, isAmazon: true })).result).toBe(
      'connected!',
    );
    expect(setup.started().view(3n)?.warehouses).toEqual(more);
  });

  it('is accepted if it names other locations than before, keeps the old ones and reports it', async () => {
    await setup.start();
    const { shop, carrier, worldid } = await setup.parties();
    const { amazonAddress, upsAddress } = setup.started();
    const [again, truckAgain] = [setup.amazon(), setup.ups()];
    for (const client of [shop, carrier]) client.cut();
    await shop.until(() => setup.started().stats().worlds[0]?.connected.length === 0);
    const initwh = [{ ...warehouse, y: 0 }];
    const trucks = [{ ...truck, y: 5 }];
    for (let times = 0; times < 2; times += 1) {
      expect((await again.connect(amazonAddress.port, { worldid, initwh, isAmazon: true })).result).toBe(
        'connected!',
      );
      expect((await truckAgain.connect(upsAddress.port, { worldid, trucks, isAmazon: false })).result).toBe(
        'connected!',
      );
      await again.until(() => again.all('error').length > times);
      await truckAgain.until(() => truckAgain.all('error').length > times);
      for (const client of [again, truckAgain]) client.cut();
      await shop.until(() => setup.started().stats().worlds[0]?.connected.length === 0);
    }
    const told = [again.all('error').at(-1), truckAgain.all('error').at(-1)];
    expect(told).toMatchObject([
      { err: 'warehouse 1 was put at (10, 10) and is not moved', originseqnum: -1n },
      { err: 'truck 7 was put at (0, 0) and is not moved', originseqnum: -1n },
    ]);
    expect(setup.started().view(worldid)?.warehouses).toEqual([warehouse]);
  });
});

describe('a connection', () => {
  it('may break at any time: what is unacked comes again, and nothing happens twice', async () => {
    await setup.start({ timing: { resendMs: 10_000 } });
    const { shop, worldid } = await setup.parties();
    shop.send('buy', { whnum: 1, things: [apple] });
    shop.cut();
    const { port } = setup.started().amazonAddress;
    await shop.until(() => setup.started().stats().worlds[0]?.connected.length === 1);
    await shop.connect(port, { worldid, initwh: [], isAmazon: true });
    await shop.first('arrived');
    await shop.until(() => shop.unacked.size === 0);
    expect(setup.started().view(worldid)?.stock).toEqual([{ whnum: 1, product: 5n, count: 10 }]);
  });

  it('ends with finished after all commands in progress have their outcomes', async () => {
    await setup.start({ defaultSpeed: 2000 });
    const { shop } = await setup.parties();
    shop.say({ buy: [{ whnum: 1, things: [apple], seqnum: 1n }], disconnect: true });
    await shop.until(() => !shop.isOpen);
    expect(shop.isFinished).toBe(true);
    expect(shop.all('arrived')).toHaveLength(1);
  });

  it('ends with finished in any case when its time is up', async () => {
    await setup.start({ defaultSpeed: 1, timing: { drainMs: 50 } });
    const { shop, carrier } = await setup.parties();
    shop.say({ buy: [{ whnum: 1, things: [apple], seqnum: 1n }], disconnect: true });
    await shop.until(() => !shop.isOpen);
    expect([shop.isFinished, carrier.isOpen]).toEqual([true, true]);
  });
});

describe('nonsense on the port', () => {
  const closes = async (socket: Socket): Promise<void> => {
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'close');
  };
  const greeting = frame(aConnect.encode({ initwh: [], isAmazon: true }));

  it.each([
    ['a frame of 4 GiB', Buffer.from('ffffffff0f', 'hex')],
    ['a size without end', Buffer.from('ffffffffffffffffff', 'hex')],
    ['a frame that is no message', frame(Buffer.from('ffffffffffff', 'hex'))],
    ['a greeting without its required field', frame(Buffer.from('0801', 'hex'))],
    ['a request of the web', Buffer.from(`GET / HTTP/1.1\r\nHost: ${'x'.repeat(200)}\r\n\r\n`)],
    ['commands that are none', Buffer.concat([greeting, frame(Buffer.from('0aff', 'hex'))])],
  ])('such as %s ends that connection and harms no other', async (_, bytes) => {
    await setup.start();
    const { shop } = await setup.parties();
    const socket = connect(setup.started().amazonAddress.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(bytes);
    await closes(socket);
    expect(setup.started().stats().counters.malformed).toBe(1);
    shop.send('buy', { whnum: 1, things: [apple] });
    await shop.first('arrived');
  });
});
