import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { frame, FrameReader } from '../../platform/framing';
import { silentLogger } from '../../platform/telemetry';
import { uCommands, uConnected } from '../../proto/world';
import { eventually } from '../../tests/support/time/eventually';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import type { QueuedOrder } from './memory';
import { WorldLink } from './world-link';

const server: Server = createServer();
const sockets = new Set<Socket>();
/** The messages of each connection: the numbers of the pickups, frame by frame. */
let heard: bigint[][][] = [];

/** Accepts every client and acknowledges nothing. */
const serve = (socket: Socket): void => {
  const frames: bigint[][] = [];
  const reader = new FrameReader();
  let isGreeted = false;
  sockets.add(socket);
  heard.push(frames);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    for (const payload of reader.push(chunk)) {
      if (isGreeted) frames.push(uCommands.decode(payload).pickups.map(({ seqnum }) => seqnum));
      else socket.write(frame(uConnected.encode({ worldid: 1n, result: 'connected!' })));
      isGreeted = true;
    }
  });
};

const orders = (count: number): QueuedOrder[] =>
  Array.from({ length: count }, (_, index) => ({
    seqnum: BigInt(index + 1),
    order: { kind: 'pick-up', truck: 1, warehouse: 1 },
  }));

const open = (queued: readonly QueuedOrder[]) => {
  const clock = createVirtualClock();
  let sleeping = 0;
  const link = new WorldLink({
    ...{ host: '127.0.0.1', port: (server.address() as AddressInfo).port, worldId: () => 1n, trucks: [] },
    clock: {
      ...clock,
      sleep: (...sleep) => {
        sleeping += 1;
        return clock.sleep(...sleep).finally(() => (sleeping -= 1));
      },
    },
    ...{ random: seededRandom(1), logger: silentLogger, onNews: () => undefined, wasReceived: () => false },
    ...{ onAck: () => undefined, onWorld: () => undefined, orderOf: () => undefined },
  });
  link.start(queued);
  return { clock, link, sleeping: () => sleeping };
};

beforeAll(async () => {
  server.on('connection', serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  sockets.forEach((socket) => socket.destroy());
  sockets.clear();
  heard = [];
});
afterAll(() => server.close());

describe("the carrier's link to the World", () => {
  it('sends again on the same connection what the World did not hear, and what was not sent at once', async () => {
    const { clock, link } = open(orders(250));
    await eventually(() => heard[0]?.length === 200);
    await clock.advance(100);
    await eventually(() => heard[0]?.length === 250);
    await clock.advance(500);
    await eventually(() => (heard[0]?.length ?? 0) >= 500);
    expect(new Set(heard[0]?.slice(250).flat()).size).toBe(250);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.every((frame) => frame.length === 1)).toBe(true);
    await link.close();
  });

  it('sends everything at once on a new connection', async () => {
    const { clock, link } = open(orders(3));
    await eventually(() => heard[0]?.length === 3);
    sockets.forEach((socket) => socket.destroy());
    await eventually(() => !link.isConnected);
    await clock.advance(100);
    await eventually(() => heard[1]?.length === 3);
    await link.close();
  });

  it('leaves nothing behind of a connection that has ended, and waits for the next', async () => {
    const { link, sleeping } = open(orders(1));
    await eventually(() => heard[0]?.length === 1);
    sockets.forEach((socket) => socket.destroy());
    await eventually(() => !link.isConnected && sleeping() === 1);
    await link.close();
  });
});
