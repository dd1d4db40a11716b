import {
  categoryOf,
  schemaOf,
  upcast,
  type EventHistory,
  type Position,
  type RecordedEvent,
  type StreamName,
} from '../../platform/event-store';
import { ProjectionTrial, type AnyProjection } from '../../platform/projections';
import { aggregateOf, eventUpcasters } from '../composition/aggregates';
import { roundsFor } from '../program/rounds';

/** The part of the code that fails on an event: an upcaster, the fold of the decider, or a read model. */
export type FailedPart = 'upcaster' | 'decider' | `read model ${string}`;

export type Failure = {
  readonly part: FailedPart;
  readonly position: Position;
  readonly stream: StreamName;
  readonly revision: number;
  readonly reason: string;
};

/** One type of event in one stored version. */
export type TypeCheck = {
  readonly type: string;
  readonly version: number;
  /** The version that this code writes. */
  readonly newest: number;
  /** Whether it is in streams of the platform's own categories; others are only counted. */
  readonly isOurs: boolean;
  readonly events: number;
  /** The number of events on which each part of the code fails. */
  readonly failed: Readonly<Partial<Record<FailedPart, number>>>;
  readonly first: Failure | undefined;
};

export type HistoryCheck = {
  readonly events: number;
  readonly streams: number;
  readonly failures: number;
  readonly types: readonly TypeCheck[];
};

type Counting = {
  type: string;
  version: number;
  isOurs: boolean;
  events: number;
  failed: Partial<Record<FailedPart, number>>;
  first: Failure | undefined;
};

type Watched = {
  readonly signal: AbortSignal;
  readonly onProgress: (round: number, rounds: number, events: number) => void;
};

const PROGRESS_EVERY = 2_000;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

class Report {
  private readonly types = new Map<string, Counting>();

  count(event: RecordedEvent): void {
    this.of(event).events += 1;
  }

  failed(event: RecordedEvent, part: FailedPart, reason: string): void {
    const counting = this.of(event);
    counting.failed[part] = (counting.failed[part] ?? 0) + 1;
    const { position, stream, revision } = event;
    counting.first ??= { part, position, stream, revision: Number(revision), reason };
  }

  rows(): readonly TypeCheck[] {
    return [...this.types.values()]
      .map((counting) => ({ ...counting, newest: schemaOf(eventUpcasters, counting.type) }))
      .sort((a, b) => a.type.localeCompare(b.type) || a.version - b.version);
  }

  private of({ type, metadata, stream }: RecordedEvent): Counting {
    const version = metadata.schema;
    const key = `${type} ${version}`;
    const isOurs = aggregateOf(categoryOf(stream)) !== undefined;
    const known = this.types.get(key) ?? { type, version, isOurs, events: 0, failed: {}, first: undefined };
    this.types.set(key, known);
    return known;
  }
}

/** @returns the event in its newest shape; undefined where it has none, which is reported. */
const upcasted = (event: RecordedEvent): RecordedEvent | string => {
  const newest = schemaOf(eventUpcasters, event.type);
  if (event.metadata.schema > newest)
    return `version ${event.metadata.schema} is newer than this program, which knows ${newest}`;
  try {
    return upcast(eventUpcasters, event);
  } catch (error) {
    return reasonOf(error);
  }
};

/** Counts the events by type and version, and runs the upcasters. */
const countEvents = async (
  history: EventHistory,
  report: Report,
  { signal, onProgress }: Watched,
): Promise<Pick<HistoryCheck, 'events' | 'streams'>> => {
  let [events, streams] = [0, 0];
  for await (const event of history.readAll()) {
    signal.throwIfAborted();
    events += 1;
    if (event.revision === 0n) streams += 1;
    report.count(event);
    const newest = upcasted(event);
    if (typeof newest === 'string') report.failed(event, 'upcaster', newest);
    if (events % PROGRESS_EVERY === 0) onProgress(0, 0, events);
  }
  return { events, streams };
};

/** Folds the states of the streams of one bucket, and the documents of one bucket. */
class Fold {
  private readonly states = new Map<StreamName, unknown>();
  private readonly trials: readonly ProjectionTrial[];

  constructor(
    projections: readonly AnyProjection[],
    private readonly report: Report,
    private readonly isMine: (name: string) => boolean,
  ) {
    this.trials = projections.map((projection) => new ProjectionTrial(projection, isMine));
  }

  see(stored: RecordedEvent): void {
    const event = upcasted(stored);
    if (typeof event === 'string') return;
    if (this.isMine(event.stream)) this.decide(stored, event);
    for (const trial of this.trials) {
      const reason = trial.see(event);
      if (reason !== undefined) this.report.failed(stored, `read model ${trial.name}`, reason);
    }
  }

  private decide(stored: RecordedEvent, event: RecordedEvent): void {
    const aggregate = aggregateOf(categoryOf(event.stream));
    if (aggregate === undefined) return;
    const state = this.states.has(event.stream) ? this.states.get(event.stream) : aggregate.initial;
    try {
      this.states.set(event.stream, aggregate.evolve(state as never, event as never));
    } catch (error) {
      this.report.failed(stored, 'decider', reasonOf(error));
    }
  }
}

/**
 * Runs a whole history through the upcasters, the folds of the deciders and the read models of this program. Writes nothing.
 *
 * @param history - as it is stored, without upcasting.
 * @throws the signal's reason.
 */
export const checkHistory = async (
  history: EventHistory,
  projections: readonly AnyProjection[],
  watched: Watched,
): Promise<HistoryCheck> => {
  const report = new Report();
  const { events, streams } = await countEvents(history, report, watched);
  const rounds = roundsFor(streams);
  for (const [round, isMine] of rounds.entries()) {
    const fold = new Fold(projections, report, isMine);
    let read = 0;
    for await (const event of history.readAll()) {
      watched.signal.throwIfAborted();
      fold.see(event);
      read += 1;
      if (read % PROGRESS_EVERY === 0) watched.onProgress(round + 1, rounds.length, read);
    }
  }
  const types = report.rows();
  let failures = 0;
  for (const { failed } of types) for (const count of Object.values(failed)) failures += count ?? 0;
  return { events, streams, failures, types };
};
