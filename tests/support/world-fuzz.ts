import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { realClock, type Random } from '../../platform/clock';
import { frame, FrameReader } from '../../platform/framing';
import { silentLogger } from '../../platform/telemetry';
import {
  aCommands,
  aConnect,
  aConnected,
  aResponses,
  uCommands,
  uConnect,
  uResponses,
} from '../../proto/world';
import { amazonProtocol, upsProtocol, type SideProtocol } from '../../simulators/world/core';
import type { Link } from '../../simulators/world/link';
import { Session } from '../../simulators/world/session';
import { Simulator } from '../../simulators/world/simulator';
import { seededRandom } from './seeded-random';

export type FuzzReport = {
  readonly frames: number;
  readonly seconds: number;
  /** Errors that left a session: each would have ended the process. */
  readonly crashes: readonly string[];
  /** The longest that one frame kept everybody waiting. */
  readonly slowestMs: number;
  readonly connections: number;
  readonly commandsUnderstood: number;
  /** A tenth of the way, half-way and at the end: memory in use after a collection, and the rows that the worlds hold. */
  readonly heap: readonly { readonly mib: number; readonly rows: number }[];
};

const FRAMES_A_TURN = 4;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapOf = (simulator: Simulator): FuzzReport['heap'][number] => {
  collectGarbage();
  let rows = 0;
  for (const { world } of simulator.states()) rows += [...world.rows()].length;
  return { mib: process.memoryUsage().heapUsed / 1024 ** 2, rows };
};

/** Messages that might be meant, with numbers from both ends of what is possible. */
class Chatter {
  constructor(private readonly random: Random) {}

  below(limit: number): number {
    return Math.floor(this.random.next() * limit);
  }

  oneOf<Choice>(...choices: readonly Choice[]): Choice {
    return choices[this.below(choices.length)] as Choice;
  }

  greeting(side: string): Uint8Array {
    const worldid = this.below(10) > 0 ? 1n : this.oneOf(2n, -1n, 2n ** 62n);
    const places = Array.from({ length: Math.max(0, this.below(6) - 3) }, () => ({
      id: this.small(),
      x: this.small(),
      y: this.small(),
    }));
    const isAmazon = this.below(20) > 0 === (side === 'amazon');
    return side === 'amazon'
      ? aConnect.encode({ worldid, initwh: places, isAmazon })
      : uConnect.encode({ worldid, trucks: places, isAmazon });
  }

  commands(side: string, acks: readonly bigint[]): Uint8Array {
    // Few enough that what a World rightly remembers is soon all there: whatever memory grows by after that is a leak.
    const seqnum = () => BigInt(this.below(5000));
    const shipid = () => BigInt(this.below(2000));
    const some = <Element>(make: () => Element) => Array.from({ length: this.below(3) }, make);
    const thing = () => ({
      id: BigInt(this.below(20)),
      description: 'x'.repeat(this.below(9)),
      count: this.small(),
    });
    const common = {
      acks: [...acks, BigInt(this.below(1_000_000))],
      ...(this.below(10) === 0 && { simspeed: this.oneOf(0, 1, 100, 100_000, 2 ** 32 - 1) }),
      ...(this.below(500) === 0 && { disconnect: true }),
    };
    if (side === 'amazon') {
      return aCommands.encode({
        buy: some(() => ({ whnum: this.small(), things: some(thing), seqnum: seqnum() })),
        topack: some(() => ({
          whnum: this.small(),
          things: some(thing),
          shipid: shipid(),
          seqnum: seqnum(),
        })),
        load: some(() => ({
          whnum: this.small(),
          truckid: this.small(),
          shipid: shipid(),
          seqnum: seqnum(),
        })),
        queries: some(() => ({ packageid: shipid(), seqnum: seqnum() })),
        ...common,
      });
    }
    const location = () => ({ packageid: shipid(), x: this.small(), y: this.small() });
    return uCommands.encode({
      pickups: some(() => ({ truckid: this.small(), whid: this.small(), seqnum: seqnum() })),
      deliveries: some(() => ({ truckid: this.small(), packages: some(location), seqnum: seqnum() })),
      queries: some(() => ({ truckid: this.small(), seqnum: seqnum() })),
      ...common,
    });
  }

  /** Some of its bytes changed, cut out, doubled or put in. */
  mutated(bytes: Uint8Array): Uint8Array {
    const mutant = Buffer.from(bytes);
    for (let times = this.below(6); times > 0 && mutant.length > 0; times -= 1) {
      mutant[this.below(mutant.length)] = this.oneOf(0, 0x7f, 0x80, 0xff, this.below(256));
    }
    const [from, to] = [this.below(mutant.length + 1), this.below(mutant.length + 1)];
    return this.oneOf(
      () => mutant,
      () => mutant.subarray(0, from),
      () => Buffer.concat([mutant, mutant.subarray(from, to)]),
      () => Buffer.concat([mutant.subarray(0, from), this.garbage(8), mutant.subarray(from)]),
    )();
  }

  garbage(length: number): Uint8Array {
    return this.random.bytes(this.below(length));
  }

  /** What goes over the wire instead of a message that is meant: itself, or something that is wrong in some way. */
  wire(meant: Uint8Array): Uint8Array {
    const kind = this.below(20);
    if (kind < 10) return frame(meant);
    if (kind < 17) return frame(this.mutated(meant));
    if (kind < 18) return frame(this.garbage(200));
    if (kind < 19) return this.garbage(40);
    return Buffer.concat([this.random.bytes(5), meant]);
  }

  private small(): number {
    return this.oneOf(1, 1, 1, 2, 7, 0, -1, this.below(40), 2 ** 31 - 1, -(2 ** 31));
  }
}

const FRAMES_A_CONNECTION = 100;

/** The client of one side, which connects anew when its connection was closed and, since garbage may leave the World waiting, now and then. */
class Client {
  connections = 0;
  private session: Session | undefined;
  private frames = 0;
  private isGreeted = false;
  private acks: bigint[] = [];

  constructor(
    private readonly protocol: SideProtocol,
    private readonly simulator: Simulator,
    private readonly chatter: Chatter,
  ) {}

  /** @returns how many milliseconds the World took for it. */
  say(): number {
    const session = (this.session ??= this.open());
    const { side } = this.protocol;
    const acks = this.chatter.below(10) > 0 ? this.acks.splice(0) : [];
    const meant = this.isGreeted ? this.chatter.commands(side, acks) : this.chatter.greeting(side);
    const bytes = this.chatter.wire(meant);
    const cut = this.chatter.below(bytes.length + 1);
    const started = performance.now();
    session.receive(bytes.subarray(0, cut));
    if (this.isConnectedBy(session)) session.receive(bytes.subarray(cut));
    this.frames += 1;
    if (this.frames >= FRAMES_A_CONNECTION) this.hangUp();
    return performance.now() - started;
  }

  private isConnectedBy(session: Session): boolean {
    return this.session === session;
  }

  private hangUp(): void {
    this.session?.closed();
    this.session = undefined;
  }

  private open(): Session {
    this.connections += 1;
    this.frames = 0;
    this.isGreeted = false;
    const close = (): void => void (this.session = undefined);
    const reader = new FrameReader();
    const link: Link = {
      backlogBytes: 0,
      send: (bytes) => reader.push(bytes).forEach((payload) => this.hear(payload)),
      pause: () => undefined,
      resume: () => undefined,
      end: close,
      destroy: close,
    };
    return new Session(this.protocol, this.simulator, link);
  }

  private hear(payload: Uint8Array): void {
    if (!this.isGreeted) {
      this.isGreeted = aConnected.decode(payload).result === 'connected!';
      return;
    }
    const codec = this.protocol.side === 'amazon' ? aResponses : uResponses;
    for (const elements of Object.values(codec.decode(payload))) {
      if (!Array.isArray(elements)) continue;
      for (const element of elements as (bigint | { seqnum: bigint })[]) {
        if (typeof element !== 'bigint') this.acks.push(element.seqnum);
      }
    }
  }
}

/** Throws so many frames, half of them wrong in some way, at both ports of a World, and says how it took them. */
export const fuzzWorld = async (frames: number, seed: number): Promise<FuzzReport> => {
  const random = seededRandom(seed);
  const simulator = new Simulator({
    clock: realClock,
    random,
    logger: silentLogger,
    faults: {},
    defaultSpeed: 100_000,
    timing: { resendMs: 500, idleMs: 600_000, drainMs: 10 },
  });
  await simulator.ensureWorld(1n);
  const chatter = new Chatter(random);
  const clients = [amazonProtocol, upsProtocol].map((protocol) => new Client(protocol, simulator, chatter));
  const crashes: string[] = [];
  const heap: FuzzReport['heap'][number][] = [];
  let slowestMs = 0;
  const started = performance.now();
  for (let count = 0; count < frames; count += 1) {
    try {
      slowestMs = Math.max(slowestMs, clients[count % 2]?.say() ?? 0);
    } catch (error) {
      crashes.push(String(error));
    }
    if (count % FRAMES_A_TURN === 0) await nextTurn();
    if ([frames / 10, frames / 2, frames - 1].map(Math.floor).includes(count)) heap.push(heapOf(simulator));
  }
  const seconds = (performance.now() - started) / 1000;
  const commandsUnderstood = simulator.counters.received;
  const connections = clients.reduce((sum, client) => sum + client.connections, 0);
  await simulator.close();
  return { frames, seconds, crashes, slowestMs, connections, commandsUnderstood, heap };
};
