import type { Millis } from '../../domain/kernel';
import type { Clock, Random, Timer } from '../../platform/clock';
import { backoffDelay } from '../../platform/faults';
import type { Logger } from '../../platform/telemetry';
import { advance, WorldState, WORLDS_MAX, type Greeting, type Side } from './core';
import { newCounters, type Counters } from './counters';
import { noFaults, withinReason, type WireFaults } from './faults';
import type { Batch, Entry, Journal } from './journal';
import type { Timing } from './link';
import type { Seat, Session, SessionHost } from './session';

export type SimulatorOptions = {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly faults: Partial<WireFaults>;
  /** The speed of new worlds. */
  readonly defaultSpeed: number;
  readonly timing: Timing;
};

/** A running world with the timer of its next change and its sessions. */
type Running = {
  readonly world: WorldState;
  readonly sessions: Map<Side, Session>;
  readonly waiting: (() => void)[];
  alarm: Timer | undefined;
  alarmAt: number;
};

/** The number in an error that belongs to no command: clients number their own from 0 or 1. */
const NO_COMMAND = -1n;

const ALARM_MS_MAX = 60_000;
const HEARTBEAT_MS = 1000;
const ROWS_A_PART = 1000;
const REWRITE_RETRY_MS = 60_000;
const STORE_BACKOFF = { baseMs: 50, factor: 2, maxMs: 5000 };

/** All worlds, their one journal and their one clock. It has no sockets: it is given `Session`s. */
export class Simulator implements SessionHost {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly timing: Timing;
  readonly counters: Counters = newCounters();
  faults: WireFaults;

  private readonly worlds = new Map<bigint, Running>();
  private readonly changes = new Set<Running>();
  private readonly defaultSpeed: number;
  private readonly startedAt: number;
  private timeBefore = 0;
  private journal: Journal | undefined;
  private isStoring = false;
  private isTimeDue = false;
  private storing: Promise<void> | undefined;
  private rewriteNotBefore = 0;
  private isClosing = false;
  private heartbeat: Timer | undefined;

  constructor(options: SimulatorOptions) {
    this.clock = options.clock;
    this.random = options.random;
    this.logger = options.logger;
    this.timing = options.timing;
    this.defaultSpeed = options.defaultSpeed;
    this.faults = withinReason({ ...noFaults, ...options.faults });
    this.startedAt = options.clock.monotonicMs();
  }

  /**
   * Restores every world from the journal: unfinished actions continue as if no time had passed. Without a journal
   * worlds exist in memory only.
   *
   * @param open - passes every stored batch to `take`, in order, before it resolves.
   */
  async open(open: (take: (batch: Batch) => void) => Promise<Journal>): Promise<void> {
    this.journal = await open((batch) => {
      this.timeBefore = Math.max(this.timeBefore, batch.now);
      for (const [id, ...row] of batch.entries) this.running(id).world.restore(...row);
    });
    for (const running of this.worlds.values()) {
      running.world.drain();
      running.world.resume();
      this.setAlarm(running);
    }
    this.keepTime();
  }

  /**
   * The World's own time in milliseconds: it stops while the simulator is down and ignores changes of the machine's
   * clock.
   */
  readonly now = (): number => this.timeBefore + this.clock.monotonicMs() - this.startedAt;

  readonly attach = (session: Session, greeting: Greeting): Seat | string => {
    const { side } = session.protocol;
    if (greeting.isAmazon !== (side === 'amazon'))
      return `isAmazon must be ${side === 'amazon'} on this port`;
    const running = this.worldFor(greeting.worldid);
    if (typeof running === 'string') return running;
    const { world, sessions } = running;
    if (sessions.has(side)) return `world ${world.id} has its ${side} side connected already`;
    const settled = greeting.settle(world);
    if (!settled.ok) return settled.refusal;
    if (settled.remark !== undefined) this.remark(world, side, settled.remark);
    const connection = world.settings.connections + 1;
    world.change({ connections: connection });
    sessions.set(side, session);
    this.worlds.set(world.id, running);
    this.counters.connections += 1;
    this.logger.info({ world: String(world.id), side }, 'A client is connected');
    return { world, connection };
  };

  readonly detach = (session: Session, world: WorldState): void => {
    this.worlds.get(world.id)?.sessions.delete(session.protocol.side);
  };

  readonly changed = (world: WorldState): void => {
    const running = this.worlds.get(world.id);
    if (!running || this.isClosing) return;
    this.changes.add(running);
    this.setAlarm(running);
    this.wake();
  };

  /** Makes a world of that number unless it exists; resolves when it is stored. */
  async ensureWorld(id: bigint): Promise<void> {
    const running = this.running(id);
    await new Promise<void>((resolve) => {
      running.waiting.push(resolve);
      this.changed(running.world);
    });
  }

  setFaults(faults: Partial<WireFaults>): void {
    this.faults = withinReason({ ...this.faults, ...faults });
  }

  world(id: bigint): WorldState | undefined {
    return this.worlds.get(id)?.world;
  }

  *states(): IterableIterator<{ world: WorldState; connected: readonly Side[] }> {
    for (const { world, sessions } of this.worlds.values()) yield { world, connected: [...sessions.keys()] };
  }

  /** Stores the remaining changes. The sessions must have been closed. */
  async close(): Promise<void> {
    this.isClosing = true;
    this.heartbeat?.cancel();
    for (const { alarm } of this.worlds.values()) alarm?.cancel();
    await this.storing;
    await this.persist(this.drain(this.worlds.values()));
    await this.journal?.close();
  }

  /** Sends a remark to a connected client, unless the client has not acknowledged the same remark yet. */
  private remark(world: WorldState, side: Side, err: string): void {
    this.logger.warn(
      { world: String(world.id), side, remark: err },
      'A client names other places than before',
    );
    for (const { kind, body } of world.outbox[side].values())
      if (kind === 'error' && body.err === err) return;
    world.tellError(side, { err, originseqnum: NO_COMMAND });
  }

  private worldFor(id: bigint | undefined): Running | string {
    if (id !== undefined) return this.worlds.get(id) ?? `there is no world ${id}`;
    if (this.worlds.size >= WORLDS_MAX) return `there are ${WORLDS_MAX} worlds already`;
    let free = BigInt(this.worlds.size + 1);
    while (this.worlds.has(free)) free += 1n;
    return this.newRunning(free);
  }

  private running(id: bigint): Running {
    const running = this.worlds.get(id) ?? this.newRunning(id);
    this.worlds.set(id, running);
    return running;
  }

  private newRunning(id: bigint): Running {
    const world = new WorldState(id, this.defaultSpeed);
    return { world, sessions: new Map(), waiting: [], alarm: undefined, alarmAt: Infinity };
  }

  /**
   * Stores the time at intervals while actions are unfinished, so that a long drive does not start again after a crash.
   */
  private keepTime(): void {
    this.heartbeat = this.clock.after(HEARTBEAT_MS as Millis, () => {
      for (const { world } of this.worlds.values())
        if (world.agenda.nextAt !== undefined) this.isTimeDue = true;
      if (this.isTimeDue) this.wake();
      this.keepTime();
    });
  }

  private setAlarm(running: Running): void {
    const at = running.world.agenda.nextAt ?? Infinity;
    if (at === Infinity || (running.alarm && running.alarmAt <= at)) return;
    running.alarm?.cancel();
    running.alarmAt = at;
    const delay = Math.min(ALARM_MS_MAX, Math.max(0, Math.ceil(at - this.now())));
    running.alarm = this.clock.after(delay as Millis, () => {
      running.alarm = undefined;
      running.alarmAt = Infinity;
      advance(running.world, this.now());
      this.changed(running.world);
    });
  }

  private wake(): void {
    if (this.isStoring) return;
    this.isStoring = true;
    this.storing = this.store();
  }

  /**
   * Stores changes by group commit: while one batch is being written, the next one gathers. Messages are sent after
   * their commit.
   */
  private async store(): Promise<void> {
    while (this.changes.size > 0 || this.isTimeDue) {
      const changed = [...this.changes];
      const isTimeDue = this.isTimeDue;
      this.changes.clear();
      this.isTimeDue = false;
      const afterwards = changed.flatMap((running) => this.collect(running));
      const batch = this.drain(changed);
      const isStored = (!isTimeDue && batch.entries.length === 0) || (await this.persist(batch));
      if (!isStored) break;
      for (const say of afterwards) say();
      await this.rewriteIfFat();
    }
    this.isStoring = false;
  }

  private collect({ world, sessions, waiting }: Running): (() => void)[] {
    const says = Array.from(sessions.values(), (session) => session.collect());
    // No client of that side is connected: a new connection gets everything unacknowledged.
    for (const side of ['amazon', 'ups'] as const) if (!sessions.has(side)) world.takeFresh(side);
    return [...says, ...waiting.splice(0)];
  }

  private drain(worlds: Iterable<Running>): Batch {
    const entries: Entry[] = [];
    for (const { world } of worlds) for (const row of world.drain()) entries.push([world.id, ...row]);
    return { now: this.now(), entries };
  }

  /** Tries until the batch is stored; false only if the simulator closes first. */
  private async persist(batch: Batch): Promise<boolean> {
    for (let attempt = 0; this.journal; attempt += 1) {
      try {
        await this.journal.commit(batch);
        return true;
      } catch (error) {
        this.logger.error({ error, attempt }, 'The worlds cannot be stored; nothing is acked meanwhile');
        if (this.isClosing) return false;
        await this.clock.sleep(backoffDelay(attempt, STORE_BACKOFF, this.random));
      }
    }
    return true;
  }

  private async rewriteIfFat(): Promise<void> {
    if (!this.journal?.wantsRewrite || this.now() < this.rewriteNotBefore) return;
    let last: Batch = { now: this.now(), entries: [] };
    try {
      await this.journal.rewrite(this.parts(), () => (last = this.drain(this.worlds.values())));
    } catch (error) {
      this.logger.error({ error }, 'The journal cannot be rewritten; it keeps growing');
      this.rewriteNotBefore = this.now() + REWRITE_RETRY_MS;
      await this.persist(last);
    }
  }

  private *parts(): IterableIterator<Batch> {
    for (const { world } of this.worlds.values()) {
      let entries: Entry[] = [];
      for (const row of world.rows()) {
        entries.push([world.id, ...row]);
        if (entries.length < ROWS_A_PART) continue;
        yield { now: this.now(), entries };
        entries = [];
      }
      yield { now: this.now(), entries };
    }
  }
}
