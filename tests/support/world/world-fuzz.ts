import { setImmediate as nextTurn } from 'node:timers/promises';
import { realClock } from '../../../platform/clock';
import { FrameReader } from '../../../platform/framing';
import { silentLogger } from '../../../platform/telemetry';
import { aConnected, aResponses, uResponses } from '../../../proto/world';
import { amazonProtocol, upsProtocol, type SideProtocol } from '../../../simulators/world/core';
import type { Link } from '../../../simulators/world/link';
import { Session } from '../../../simulators/world/session';
import { Simulator } from '../../../simulators/world/simulator';
import { Chatter } from './chatter';
import { heapMib } from '../time/heap';
import { seededRandom } from '../time/seeded-random';

export type FuzzReport = {
  readonly frames: number;
  readonly seconds: number;
  /** Errors that left a session: each would have ended the process. */
  readonly crashes: readonly string[];
  /** The longest time for which one frame delayed the others. */
  readonly slowestMs: number;
  readonly connections: number;
  readonly commandsUnderstood: number;
  /** A tenth of the way, half-way and at the end: memory in use after a collection, and the rows that the worlds hold. */
  readonly heap: readonly { readonly mib: number; readonly rows: number }[];
};

const FRAMES_A_TURN = 4;

const heapOf = (simulator: Simulator): FuzzReport['heap'][number] => {
  let rows = 0;
  for (const { world } of simulator.states()) rows += [...world.rows()].length;
  return { mib: heapMib(), rows };
};

const FRAMES_A_CONNECTION = 100;

/**
 * The client of one side. It reconnects when its connection was closed and, because invalid bytes may make the World
 * wait, at intervals.
 */
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
