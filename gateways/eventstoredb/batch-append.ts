import { epochMsOf } from '../../domain/kernel';
import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { isFault } from '../../platform/faults';
import { failureOf, resultOf, timeoutOf } from './append-answers';
import type { Appending } from './append';
import type { Duplex } from './calls';
import { invalid, ProtocolError } from './errors';
import { expectedFields, expectedPositionOf } from './expected';
import type { BatchAppendOptions, BatchAppendReq, Uuid } from './messages';
import { Proposal } from './proposal';
import type { Target } from './proposal';
import { epochMsOfTimestamp, identifierOf, idOf, streamNameOf } from './wire';

/**
 * The limits of one caller's appends that are being written, and of their payloads; beyond them its connection is not
 * read.
 */
const IN_FLIGHT_MAX = 1_024;
const IN_FLIGHT_BYTES_MAX = 8 * 1024 * 1024;
/** The limits of a caller's unfinished appends and their payloads. */
const BEGUN_MAX = 1_024;
const BEGUN_BYTES_MAX = 64 * 1024 * 1024;
/** The longest deadline; the store itself gives up an append long before that. */
const DEADLINE_MS_MAX = 60_000;

export type BatchAppending = Appending & { readonly clock: Clock };

/** True for a failure of the store itself, which ends the call. */
const isFatal = (error: unknown): boolean =>
  isFault(error, 'STORE_CLOSED') || isFault(error, 'STORE_UNAVAILABLE');

const targetOf = (options: BatchAppendOptions): Target => ({
  stream: streamNameOf(options.streamIdentifier),
  expected: expectedPositionOf(options),
  ...(options.deadline ? { deadlineMs: epochMsOfTimestamp(options.deadline) } : {}),
});

/** An append, or its error, which is answered while the others go on. */
type Item = Proposal | ProtocolError;

const bytesOf = (item: Item | undefined): number => (item instanceof Proposal ? item.bytes : 0);

/** The appends of a caller that come in several messages, distinguished by their correlation ids. */
class Begun {
  private readonly items = new Map<string, Item>();
  private bytes = 0;

  constructor(private readonly appendBytesMax: number) {}

  /** @returns the append that this message completes. */
  take({ correlationId, options, proposedMessages, isFinal }: BatchAppendReq): Item | undefined {
    const key = Buffer.from(idOf(correlationId)).toString('latin1');
    const before = this.items.get(key);
    this.items.delete(key);
    this.bytes -= bytesOf(before);
    const item = options ? this.begin(options) : (before ?? invalid('An append begins with its options.'));
    if (item instanceof Proposal) for (const message of proposedMessages) item.add(message);
    if (isFinal) return item;
    this.items.set(key, item);
    this.bytes += bytesOf(item);
    if (this.items.size > BEGUN_MAX || this.bytes > BEGUN_BYTES_MAX)
      throw invalid('Too many appends were begun and not ended.');
    return undefined;
  }

  private begin(options: BatchAppendOptions): Item {
    try {
      return new Proposal(targetOf(options), this.appendBytesMax);
    } catch (error) {
      if (error instanceof ProtocolError) return error;
      throw error;
    }
  }
}

/** Answers one caller, and reads further messages within the limits. */
class Batch {
  private readonly begun: Begun;
  private inFlight = 0;
  private bytesInFlight = 0;
  private isWaitingForDrain = false;
  private hasEnded = false;

  constructor(
    private readonly duplex: Duplex<BatchAppendReq>,
    private readonly parts: BatchAppending,
  ) {
    this.begun = new Begun(parts.appendBytesMax);
  }

  take(message: BatchAppendReq): void {
    const item = this.begun.take(message);
    const { correlationId } = message;
    if (item === undefined || !correlationId) return;
    if (item instanceof Proposal) void this.write(correlationId, item);
    else this.answer(correlationId, failureOf(item, this.duplex.logger));
  }

  end(): void {
    this.hasEnded = true;
    if (this.inFlight === 0) this.duplex.call.end();
  }

  private async write(correlationId: Uuid, proposal: Proposal): Promise<void> {
    const { fail, logger } = this.duplex;
    const { bytes, target } = proposal;
    this.inFlight += 1;
    this.bytesInFlight += bytes;
    this.pace();
    try {
      const deadline = this.deadlineOf(target);
      let isAnswered = false;
      const answer = (result: object): void => {
        if (!isAnswered) this.answer(correlationId, result, target);
        isAnswered = true;
      };
      const timer =
        deadline === undefined
          ? undefined
          : this.parts.clock.after(deadline, () => answer(timeoutOf('Its deadline has passed.')));
      try {
        if (deadline === 0) answer(timeoutOf('Its deadline had passed.'));
        else {
          const { stream, expected } = target;
          answer(resultOf(await this.parts.writes.append(stream, expected, proposal.events()), target));
        }
      } catch (error) {
        if (isFatal(error)) fail(error);
        else answer(failureOf(error, logger));
      } finally {
        timer?.cancel();
      }
    } finally {
      this.inFlight -= 1;
      this.bytesInFlight -= bytes;
      this.pace();
      if (this.hasEnded && this.inFlight === 0) this.duplex.call.end();
    }
  }

  /** Returns the remaining wait of the caller; 0 if it no longer waits. */
  private deadlineOf({ deadlineMs }: Target): Millis | undefined {
    if (deadlineMs === undefined) return undefined;
    const left = deadlineMs - epochMsOf(this.parts.clock.now());
    return Math.max(0, Math.min(left, DEADLINE_MS_MAX)) as Millis;
  }

  private answer(correlationId: Uuid, result: object, target?: Target): void {
    const { call } = this.duplex;
    const about =
      target === undefined
        ? {}
        : {
            streamIdentifier: identifierOf(target.stream),
            ...expectedFields(target.expected, 'streamPosition'),
          };
    if (call.write({ correlationId, ...about, ...result }) || this.isWaitingForDrain) return;
    this.isWaitingForDrain = true;
    this.pace();
    call.once('drain', () => {
      this.isWaitingForDrain = false;
      this.pace();
    });
  }

  /** Pauses or resumes reading. */
  private pace(): void {
    const { call } = this.duplex;
    const isFull = this.inFlight >= IN_FLIGHT_MAX || this.bytesInFlight >= IN_FLIGHT_BYTES_MAX;
    if (isFull || this.isWaitingForDrain) call.pause();
    else if (call.isPaused()) call.resume();
  }
}

/** Handles many appends over one call, each with its correlation id and answered when it is done. */
export const batchAppend = (duplex: Duplex<BatchAppendReq>, parts: BatchAppending): void => {
  const batch = new Batch(duplex, parts);
  duplex.call.on('data', (message: BatchAppendReq) => {
    try {
      batch.take(message);
    } catch (error) {
      duplex.fail(error);
    }
  });
  duplex.call.on('end', () => batch.end());
};
