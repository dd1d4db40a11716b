import type { Clock, Random } from '../../platform/clock';
import { NO_STREAM, uuidBytes } from '../../platform/event-store';
import type { RawEvent, RawEventStore, SubmitResult } from '../../platform/event-store';
import { uuidV7 } from '../../platform/ids';
import { exactRevision } from './expected';
import type { Expected } from './expected';
import type { RecentEvents } from './recent-events';
import { isMetastream, isSoftDeleted, METADATA_TYPE, metastreamOf, subjectOf } from './stream-metadata';
import type { StreamMetadata } from './stream-metadata';

/**
 * The outcome of a write. `written`: `repeated` if it had been written before. `nothing`: an append of no events.
 * `wrong`: the stream's last revision, or NO_STREAM. `deleted`: for good, or softly if the stream is expected to exist.
 */
export type WriteOutcome =
  | {
      readonly kind: 'written';
      readonly revision: number;
      readonly position: number;
      readonly repeated: boolean;
    }
  | { readonly kind: 'nothing'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong'; readonly actual: number }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'unknown'; readonly reason: string };

export type StreamWriterParts = {
  readonly store: RawEventStore;
  readonly metadata: StreamMetadata;
  readonly recent: RecentEvents;
  readonly clock: Clock;
  readonly random: Random;
};

/** Another write came between the read of the stream and this write. */
type Overtaken = { readonly kind: 'overtaken'; readonly actual: number };

const orOvertaken = (outcome: WriteOutcome): WriteOutcome | Overtaken =>
  outcome.kind === 'wrong' ? { kind: 'overtaken', actual: outcome.actual } : outcome;

type Standing = { readonly kind: 'standing'; readonly revision: number };

/** The writes that callers may make. */
export type StreamWrites = {
  append(stream: string, expected: Expected, events: readonly RawEvent[]): Promise<WriteOutcome>;
  /** Hides the events of the stream; a later write revives it with continuing revisions. */
  delete(stream: string, expected: Expected): Promise<WriteOutcome>;
  /** Erases the stream for good. */
  tombstone(stream: string, expected: Expected): Promise<WriteOutcome>;
};

const ATTEMPTS_MAX = 20;

/** Adds the protocol's expected versions to a store that supports only exact ones. */
export class StreamWriter implements StreamWrites {
  /** The last call of each stream that must not overlap with another. */
  private readonly lastCalls = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: StreamWriterParts) {}

  async append(stream: string, expected: Expected, events: readonly RawEvent[]): Promise<WriteOutcome> {
    if (events.length === 0) return this.checkOnly(stream, expected);
    return isMetastream(stream)
      ? this.appendMetadata(stream, expected, events)
      : this.appendEvents(stream, expected, events);
  }

  delete(stream: string, expected: Expected): Promise<WriteOutcome> {
    return this.inLane(stream, async () => {
      const standing = await this.standing(stream, expected);
      if (standing.kind !== 'standing') return standing;
      const neverWas = standing.revision === NO_STREAM && !this.parts.metadata.exists(stream);
      return neverWas ? { kind: 'wrong', actual: NO_STREAM } : this.truncate(stream, 'deleted');
    });
  }

  tombstone(stream: string, expected: Expected): Promise<WriteOutcome> {
    return this.inLane(stream, () =>
      this.settled(async () => {
        const standing = await this.standing(stream, expected);
        if (standing.kind !== 'standing') return standing;
        const result = await this.parts.store.tombstone(stream, standing.revision);
        return orOvertaken(this.outcomeOf(stream, result));
      }),
    );
  }

  private async appendEvents(
    stream: string,
    expected: Expected,
    events: readonly RawEvent[],
  ): Promise<WriteOutcome> {
    const revision = exactRevision(expected);
    const outcome =
      revision === undefined
        ? await this.inLane(stream, () => this.appendAnywhere(stream, expected, events))
        : await this.appendAt(stream, revision, events);
    if (outcome.kind === 'written' && !outcome.repeated) this.parts.recent.remember(stream, events, outcome);
    return outcome;
  }

  /** Writes metadata; for a soft-deleted stream this revives it, empty. */
  private appendMetadata(
    metastream: string,
    expected: Expected,
    events: readonly RawEvent[],
  ): Promise<WriteOutcome> {
    const { store, metadata } = this.parts;
    const subject = subjectOf(metastream);
    return this.inLane(subject, async () => {
      if (store.standing(subject).isTombstone) return { kind: 'deleted' };
      const wasDeleted = await this.isSoftDeleted(subject);
      const outcome = await this.appendEvents(metastream, expected, events);
      if (outcome.kind !== 'written') return outcome;
      metadata.forget(metastream);
      if (!wasDeleted || outcome.repeated || (await this.isSoftDeleted(subject))) return outcome;
      const truncated = await this.truncate(subject, store.standing(subject).revision + 1);
      return truncated.kind === 'written' ? outcome : truncated;
    });
  }

  private async appendAt(
    stream: string,
    expected: number,
    events: readonly RawEvent[],
  ): Promise<WriteOutcome> {
    const outcome = this.outcomeOf(stream, await this.parts.store.append(stream, expected, events));
    const mayBeDeleted = outcome.kind === 'written' || (outcome.kind === 'wrong' && expected === NO_STREAM);
    if (!mayBeDeleted || !(await this.isSoftDeleted(stream))) return outcome;
    return this.inLane(stream, () => this.revive(stream, outcome, events));
  }

  private appendAnywhere(
    stream: string,
    expected: Expected,
    events: readonly RawEvent[],
  ): Promise<WriteOutcome> {
    return this.settled(async () => {
      const standing = await this.standing(stream, expected);
      if (standing.kind !== 'standing') return standing;
      const before = this.parts.recent.find(stream, events);
      if (before === 'some') return { kind: 'wrong', actual: standing.revision };
      if (before !== 'none') return { kind: 'written', ...before, repeated: true };
      const result = await this.parts.store.append(stream, standing.revision, events);
      const outcome = this.outcomeOf(stream, result);
      return outcome.kind === 'written' && (await this.isSoftDeleted(stream))
        ? this.revive(stream, outcome, events)
        : orOvertaken(outcome);
    });
  }

  /** Revives a soft-deleted stream after its old end. */
  private async revive(
    stream: string,
    outcome: WriteOutcome,
    events: readonly RawEvent[],
  ): Promise<WriteOutcome> {
    let written = outcome;
    if (outcome.kind === 'written' && outcome.repeated) {
      // The stream was deleted after that append, which must not undo it; or the process ended before the append had
      // revived it.
      const deletion = await this.parts.metadata.last(stream);
      if ((deletion?.position ?? 0) > outcome.position) return outcome;
    }
    if (outcome.kind === 'wrong') {
      if (!(await this.isSoftDeleted(stream))) return outcome;
      written = this.outcomeOf(stream, await this.parts.store.append(stream, outcome.actual, events));
    }
    if (written.kind !== 'written') return written;
    const truncated = await this.truncate(stream, written.revision - events.length + 1);
    return truncated.kind === 'written' ? written : truncated;
  }

  private truncate(stream: string, before: number | 'deleted'): Promise<WriteOutcome> {
    const { store, metadata, clock, random } = this.parts;
    const metastream = metastreamOf(stream);
    return this.settled(async () => {
      const { revision, json } = await metadata.withTruncation(stream, before);
      const id = uuidBytes(uuidV7(clock, random));
      const event = { id, type: METADATA_TYPE, data: json, metadata: '' };
      const outcome = this.outcomeOf(metastream, await store.append(metastream, revision, [event]));
      metadata.forget(metastream);
      return orOvertaken(outcome);
    });
  }

  private async checkOnly(stream: string, expected: Expected): Promise<WriteOutcome> {
    const standing = await this.standing(stream, expected);
    if (standing.kind !== 'standing') return standing;
    return { kind: 'nothing', revision: standing.revision, position: this.parts.store.head() };
  }

  /** Returns the state of the stream, if it is as expected. */
  private async standing(stream: string, expected: Expected): Promise<WriteOutcome | Standing> {
    const { store, metadata } = this.parts;
    const { revision, isTombstone } = store.standing(stream);
    if (isTombstone) return { kind: 'deleted' };
    const isDeleted = await this.isSoftDeleted(stream);
    if (expected === 'stream-exists') {
      if (isDeleted) return { kind: 'deleted' };
      const isThere = revision !== NO_STREAM || metadata.exists(stream);
      return isThere ? { kind: 'standing', revision } : { kind: 'wrong', actual: NO_STREAM };
    }
    const exact = exactRevision(expected);
    const isAsExpected = exact === undefined || exact === revision || (exact === NO_STREAM && isDeleted);
    return isAsExpected ? { kind: 'standing', revision } : { kind: 'wrong', actual: revision };
  }

  private async isSoftDeleted(stream: string): Promise<boolean> {
    return isSoftDeleted(await this.parts.metadata.retention(stream));
  }

  private outcomeOf(stream: string, result: SubmitResult): WriteOutcome {
    switch (result.kind) {
      case 'appended':
        return {
          kind: 'written',
          revision: result.revision,
          position: result.position,
          repeated: result.repeated,
        };
      case 'conflict':
        return this.parts.store.standing(stream).isTombstone
          ? { kind: 'deleted' }
          : { kind: 'wrong', actual: result.actual };
      case 'unknown':
        return result;
    }
  }

  /** Repeats a write while other writers overtake it. */
  private async settled(write: () => Promise<WriteOutcome | Overtaken>): Promise<WriteOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await write();
      if (outcome.kind !== 'overtaken') return outcome;
      if (attempt === ATTEMPTS_MAX) return { kind: 'wrong', actual: outcome.actual };
    }
  }

  private inLane<Result>(stream: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.lastCalls.get(stream) ?? Promise.resolve();
    const result = before.then(work, work);
    const last = result
      .catch(() => undefined)
      .finally(() => {
        if (this.lastCalls.get(stream) === last) this.lastCalls.delete(stream);
      });
    this.lastCalls.set(stream, last);
    return result;
  }
}
