import type { Instant, Millis } from '../../domain/kernel';
import type { InvariantReport, Invariants } from '../../gateways/graphql';
import type { Clock } from '../../platform/clock';
import type { EventStore, Position, RecordedEvent } from '../../platform/event-store';
import { openingHistory, type PersonalEvents } from '../../platform/personal-data';
import type { AnyProjection } from '../../platform/projections';
import type { ReadModels } from '../../platform/read-models';
import type { Logger } from '../../platform/telemetry';
import type { Breach } from './breach';
import { historyAudit, type HistoryReport } from './history';
import { historyInvariants, invariants, leftOut, type InvariantId } from './invariants';
import { verifyReadModels, type ReadModelReport } from './read-models';

export type WatchDeps = {
  readonly store: EventStore;
  /** The same store; returns events as they were stored. */
  readonly rawStore: EventStore;
  readonly personal: PersonalEvents;
  readonly readModels: ReadModels;
  readonly projections: readonly AnyProjection[];
  readonly clock: Clock;
  readonly logger: Logger;
};

export type WatchLimits = {
  /** The longest check. */
  readonly checkMs: number;
  /** The most events that are looked at: what was seen of them stays in memory for the next check. */
  readonly eventsMax: number;
};

const defaultLimits: WatchLimits = { checkMs: 60_000, eventsMax: 200_000 };
const BREACHES_SHOWN = 20;
/** After so much work, other work has the thread for a multiple of that time. */
const SLICE_MS = 5;
const REST = 3;
/** The events after which the effects of commands are ended, so that the report takes little time. */
const END_EVERY = 16;

const SEE_VERIFY = 'waybill verify has no such limit.';

type Model = {
  readonly report: ReadModelReport;
  readonly breaches: readonly Breach[];
  readonly checkedAt: Instant;
};

type History = HistoryReport & { readonly checkedAt: Instant; readonly position: Position | null };

/** Ends a reading when the time of its check is over, or the process stops. */
class TimeIsOver extends Error {}

/** Checks the invariants of a running platform, on the side and in pieces. */
class Watch {
  private readonly audit = historyAudit({ settled: false });
  private readonly models = new Map<string, Model>();
  private history: History | undefined;
  private historyNote: string | undefined;
  private position: Position | undefined;
  /** The command of the event there. A check that failed may have ended in the middle of its decision. */
  private command: string | undefined;
  private seen = 0;
  /** The read models for whose comparison there was no time, in the order of the attempts. */
  private readonly unfinished = new Set<string>();
  private running: { readonly endMs: number } | undefined;
  private comparing: string | undefined;
  private failure: string | undefined;
  private work: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly deps: WatchDeps,
    private readonly limits: WatchLimits,
  ) {}

  progress(): string | null {
    if (this.running === undefined) return null;
    return this.comparing === undefined
      ? `${this.seen} events were looked at.`
      : `The read model ${this.comparing} is compared.`;
  }

  failed(): string | null {
    return this.failure ?? null;
  }

  begin(): void {
    if (this.running !== undefined || this.isStopped) return;
    this.running = { endMs: this.deps.clock.monotonicMs() + this.limits.checkMs };
    this.failure = undefined;
    this.work = this.check()
      .catch((error: unknown) => {
        if (error instanceof TimeIsOver) return;
        this.failure = 'The check failed; the log states the reason.';
        this.deps.logger.error({ error }, 'The invariants could not be checked');
      })
      .finally(() => {
        this.running = undefined;
        this.comparing = undefined;
      });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.work;
  }

  reports(): readonly InvariantReport[] {
    return (Object.keys(invariants) as InvariantId[]).map((id) => {
      const isHistory = (historyInvariants as readonly InvariantId[]).includes(id);
      const found = isHistory ? this.ofHistory(id) : id === 'V6' ? this.ofReadModels() : this.nothing();
      const notes = [leftOut[id], found.note].filter((note) => note !== undefined && note !== null);
      return { id, statement: invariants[id], ...found, note: notes.join(' ') || null };
    });
  }

  private nothing(): Omit<InvariantReport, 'id' | 'statement'> {
    return {
      ...{ checkedAt: null, position: null, lookedAt: 0, unit: 'streams', note: null },
      ...{ breachCount: 0, breaches: [] },
    };
  }

  private ofHistory(id: InvariantId): Omit<InvariantReport, 'id' | 'statement'> {
    const { history } = this;
    if (history === undefined) return this.nothing();
    const breaches = history.breaches.filter(({ invariant }) => invariant === id);
    return {
      checkedAt: history.checkedAt,
      position: history.position,
      lookedAt: history.lookedAt[id as keyof HistoryReport['lookedAt']],
      unit: 'streams',
      note: this.historyNote ?? null,
      breachCount: breaches.length,
      breaches: breaches.slice(0, BREACHES_SHOWN).map(({ subject, detail }) => ({
        ...{ subject, detail },
        isStream: true,
      })),
    };
  }

  private ofReadModels(): Omit<InvariantReport, 'id' | 'statement'> {
    const all = [...this.models.values()];
    const compared = all.filter(({ report }) => !report.foreign);
    // What is said of all read models is said of the one that was compared longest ago.
    const [oldest] = compared.sort((one, other) => (one.checkedAt < other.checkedAt ? -1 : 1));
    const breaches = all.flatMap((model) => model.breaches);
    return {
      checkedAt: oldest?.checkedAt ?? null,
      position: oldest?.report.position ?? null,
      lookedAt: compared.reduce((sum, { report }) => sum + report.documents, 0),
      unit: 'documents',
      note: this.noteOfReadModels(compared.length),
      breachCount: compared.reduce((sum, { report }) => sum + report.differing, 0),
      breaches: breaches.slice(0, BREACHES_SHOWN).map(({ subject, detail }) => ({
        ...{ subject, detail },
        isStream: false,
      })),
    };
  }

  private noteOfReadModels(compared: number): string | null {
    const { models, unfinished, seen, limits } = this;
    const count = this.deps.projections.length;
    if (compared === count && unfinished.size === 0) return null;
    const left = count - models.size;
    const notes = [`${compared} of ${count} read models were compared.`];
    if (models.size > compared)
      notes.push(`${models.size - compared} have no copy that this version has built.`);
    if (seen >= limits.eventsMax)
      return [...notes, `The history is too long to build the others: ${SEE_VERIFY}`].join(' ');
    if (unfinished.size > 0)
      notes.push(`There was no time to the end for ${[...unfinished].join(', ')}: ${SEE_VERIFY}`);
    if (left > 0) notes.push('Check again to go on.');
    return notes.join(' ');
  }

  private async check(): Promise<void> {
    await this.readHistory();
    if (this.historyNote === undefined) await this.compareReadModels();
  }

  private isOver(): boolean {
    const { running, isStopped } = this;
    return isStopped || running === undefined || this.deps.clock.monotonicMs() > running.endMs;
  }

  /** Returns the events of a store with rests between them. */
  private async *paced(
    events: AsyncIterable<RecordedEvent>,
    onRest: () => void = () => undefined,
  ): AsyncIterable<RecordedEvent> {
    const { clock } = this.deps;
    let startedMs = clock.monotonicMs();
    for await (const event of events) {
      if (this.isStopped) throw new TimeIsOver();
      const workedMs = clock.monotonicMs() - startedMs;
      if (workedMs >= SLICE_MS) {
        onRest();
        await clock.sleep(Math.ceil(REST * workedMs) as Millis);
        startedMs = clock.monotonicMs();
      }
      yield event;
    }
  }

  /** Goes on where the last check ended. It ends between two commands, because half a decision would look like a breach. */
  private async readHistory(): Promise<void> {
    const { rawStore, personal, clock } = this.deps;
    const after = this.position === undefined ? {} : { after: this.position };
    let note: string | undefined;
    for await (const event of this.paced(openingHistory(rawStore, personal).readAll(after))) {
      const next = `${event.stream} ${event.metadata.$causationId}`;
      if (next !== this.command) {
        if (this.seen >= this.limits.eventsMax)
          note = `The first ${this.seen} events were looked at, and none after them: ${SEE_VERIFY}`;
        else if (this.isOver()) note = 'There was no time for the events after this. Check again to go on.';
        if (note !== undefined) break;
        if (this.seen % END_EVERY === 0) this.audit.end();
      }
      this.audit.see(event, personal.isErased(event));
      this.seen += 1;
      this.position = event.position;
      this.command = next;
    }
    this.historyNote = note;
    this.history = { ...this.audit.report(), checkedAt: clock.now(), position: this.position ?? null };
  }

  /** Compares one read model after another, those first that were not compared for the longest time. */
  private async compareReadModels(): Promise<void> {
    const { readModels, clock, projections, store } = this.deps;
    const lastOf = ({ collection }: AnyProjection): string =>
      this.models.get(collection.name)?.checkedAt ?? '';
    const attempts = [...this.unfinished];
    const attemptOf = ({ collection }: AnyProjection): number => attempts.indexOf(collection.name);
    const demandTime = (): void => {
      if (this.isOver()) throw new TimeIsOver();
    };
    const paced: Pick<EventStore, 'readAll'> = {
      readAll: (...read) => this.paced(store.readAll(...read), demandTime),
    };
    // One that needs more time than a check has must not keep the others from their turn.
    const order = [...projections].sort(
      (one, other) => attemptOf(one) - attemptOf(other) || lastOf(one).localeCompare(lastOf(other)),
    );
    for (const projection of order) {
      if (this.isOver()) return;
      const { name } = projection.collection;
      this.comparing = name;
      try {
        const found = await verifyReadModels(
          { store: paced, readModels, clock },
          [projection],
          () => undefined,
        );
        const [report] = found.readModels;
        this.unfinished.delete(name);
        if (report) this.models.set(name, { report, breaches: found.breaches, checkedAt: clock.now() });
      } catch (error) {
        if (!(error instanceof TimeIsOver)) throw error;
        this.unfinished.delete(name);
        this.unfinished.add(name);
        return;
      }
    }
  }
}

/**
 * Watches the invariants of a running platform: each check goes on where the last one ended, works for at most a quarter of the
 * thread's time, and ends when its time is over.
 */
export const watchInvariants = (
  deps: WatchDeps,
  limits: WatchLimits = defaultLimits,
): Invariants & { readonly stop: () => Promise<void> } => {
  const watch = new Watch(deps, limits);
  return {
    check: () => watch.begin(),
    stop: () => watch.stop(),
    report: () => ({
      progress: watch.progress(),
      failure: watch.failed(),
      invariants: watch.reports(),
    }),
  };
};
