import type { AppendResult as StoreAppend, EventData } from '@eventstore/db-client';
import { settledBy, type Clock, type Random } from '../../clock';
import { backoffDelay, isFault, type Fault } from '../../faults';
import type { AppendResult, ExpectedRevision, NewEvent, RecordedEvent, StreamName } from '../event-store';
import {
  failing,
  isConnectionLoss,
  isStillUnderWay,
  isStreamLoss,
  messageOf,
  neverLeft,
  refusalOf,
  typeOf,
  unavailable,
  type Right,
} from './client-error';
import { eventDataOf, tooLarge } from './convert';
import { InFlight } from './in-flight';
import type { Connection, ClientConnection } from './client-connection';
import { positionOf } from './position';

export type AppendsOptions = {
  readonly connection: ClientConnection;
  readonly clock: Clock;
  readonly random: Random;
  readonly shown: string;
  readonly timeoutMs: number;
  readonly inFlightMax: number;
  readonly read: (stream: StreamName, from: bigint, limit: number) => AsyncIterable<RecordedEvent>;
  readonly lastPosition: () => Promise<RecordedEvent['position'] | undefined>;
};

type Sending = {
  readonly call: (connection: Connection) => Promise<AppendResult>;
  /** Interprets an error of the client; undefined: the outcome of the call is unknown. */
  readonly refused: (error: unknown) => Promise<AppendResult | undefined>;
  /** The right that the user needs. */
  readonly right: Right;
  /** True if the error is one of the connection. */
  readonly isLoss: (error: unknown) => boolean;
};

const revisionOf = (expected: ExpectedRevision): bigint | 'no_stream' =>
  expected === 'no-stream' ? 'no_stream' : expected;

const actualOf = (error: unknown): bigint | 'no-stream' => {
  const { actualVersion } = error as { readonly actualVersion?: unknown };
  return typeof actualVersion === 'bigint' && actualVersion >= 0n ? actualVersion : 'no-stream';
};

const TIMED_OUT = Symbol('timed out');
const UNDER_WAY = Symbol('under way');
/** The delay between two attempts of one write. The server has let its own time-out pass before each. */
const again = { baseMs: 20, factor: 2, maxMs: 500 };
/** After this time a server that had no space is tried again, so that readiness does not keep all callers away. */
const FULL_FOR_MS = 10_000;

/** Writes through the client. Each write has a deadline, and its outcome is determined wherever possible. */
export class Appends {
  private readonly inFlight: InFlight;
  private full: { readonly fault: Fault; readonly untilMs: number } | undefined;

  constructor(private readonly options: AppendsOptions) {
    this.inFlight = new InFlight(options.inFlightMax, options.clock);
  }

  /** The fault of a server that recently had no space for an append and has accepted none since. */
  get refusal(): Fault | undefined {
    const { full } = this;
    return full && this.options.clock.monotonicMs() < full.untilMs ? full.fault : undefined;
  }

  settled(): Promise<void> {
    return this.inFlight.settled();
  }

  async append(
    stream: StreamName,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    const data = events.map(eventDataOf);
    return this.send({
      call: (connection) => this.call(connection, stream, expected, data),
      right: { name: '$w', stream },
      isLoss: isStreamLoss,
      refused: async (error) => {
        switch (typeOf(error)) {
          case 'wrong-expected-version':
            return this.afterConflict(stream, expected, events, actualOf(error));
          case 'stream-deleted':
            return { kind: 'conflict', actual: 'no-stream' };
          case 'maximum-append-size-exceeded':
            throw tooLarge(`The events for ${stream} are together more than the store takes`, error);
          default:
            return undefined;
        }
      },
    });
  }

  async tombstone(stream: StreamName, expected: ExpectedRevision): Promise<AppendResult> {
    const revision = expected === 'no-stream' ? -1n : expected;
    const erased = async (position?: RecordedEvent['position']): Promise<AppendResult> => {
      const at = position ?? (await this.options.lastPosition());
      return at === undefined
        ? { kind: 'unknown', reason: 'the store did not say where' }
        : { kind: 'appended', revision, position: at };
    };
    return this.send({
      call: async ({ client }) => {
        const { position } = await client.tombstoneStream(stream, { expectedRevision: revisionOf(expected) });
        return erased(position && positionOf(position));
      },
      right: { name: '$d', stream },
      isLoss: isConnectionLoss,
      refused: async (error) => {
        switch (typeOf(error)) {
          case 'wrong-expected-version':
            return { kind: 'conflict', actual: actualOf(error) };
          case 'stream-deleted':
            // The stream was erased before, perhaps by this call, whose answer was lost.
            return erased();
          default:
            return undefined;
        }
      },
    });
  }

  private async call(
    { client }: Connection,
    stream: StreamName,
    expected: ExpectedRevision,
    events: EventData[],
  ): Promise<AppendResult> {
    const { nextExpectedRevision, position }: StoreAppend = await client.appendToStream(stream, events, {
      expectedRevision: revisionOf(expected),
    });
    if (position !== undefined)
      return { kind: 'appended', revision: nextExpectedRevision, position: positionOf(position) };
    for await (const last of this.options.read(stream, nextExpectedRevision, 1))
      return { kind: 'appended', revision: last.revision, position: last.position };
    return { kind: 'unknown', reason: 'the store did not say where' };
  }

  /**
   * Checks a conflict: if the same events are stored at their place, this append was done before, with any first
   * answer was.
   */
  private async afterConflict(
    stream: StreamName,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
    actual: bigint | 'no-stream',
  ): Promise<AppendResult> {
    const conflict = { kind: 'conflict', actual } as const;
    const from = expected === 'no-stream' ? 0n : expected + 1n;
    if (actual === 'no-stream' || actual < from + BigInt(events.length) - 1n) return conflict;
    let index = 0;
    let last: RecordedEvent | undefined;
    for await (const event of this.options.read(stream, from, events.length)) {
      if (event.id !== events[index]?.id) return conflict;
      index += 1;
      last = event;
    }
    return last === undefined || index < events.length
      ? conflict
      : { kind: 'appended', revision: last.revision, position: last.position };
  }

  private async send(sending: Sending): Promise<AppendResult> {
    const { clock, timeoutMs } = this.options;
    try {
      const result = await this.inFlight.run(timeoutMs, () => this.untilKnown(sending));
      if (result.kind === 'appended') this.full = undefined;
      return result;
    } catch (error) {
      if (isFault(error, 'STORE_FULL'))
        this.full = { fault: error, untilMs: clock.monotonicMs() + FULL_FOR_MS };
      throw error;
    }
  }

  /**
   * Sends a write, and repeats exactly the same write while the server answers with a time-out: EventStoreDB answers so
   * while the same events are still being written for another caller, and writes them once. It ends when a result is
   * known or the deadline has passed.
   */
  private async untilKnown(sending: Sending): Promise<AppendResult> {
    const { clock, random, timeoutMs } = this.options;
    const giveUpAt = clock.monotonicMs() + timeoutMs;
    let unknown: AppendResult | undefined;
    for (let tries = 0; ; tries += 1) {
      try {
        const waitMs = tries === 0 ? timeoutMs : giveUpAt - clock.monotonicMs();
        const result = await this.attempt(sending, waitMs);
        if (result !== UNDER_WAY) return result.kind === 'unknown' ? (unknown ?? result) : result;
        unknown = { kind: 'unknown', reason: 'the server was still writing the same events' };
      } catch (error) {
        // The error of the first attempt is a result. One of a later attempt says nothing about the first.
        if (unknown === undefined) throw error;
        return unknown;
      }
      const delay = backoffDelay(tries, again, random);
      if (clock.monotonicMs() + delay >= giveUpAt) return unknown;
      await clock.sleep(delay);
    }
  }

  private async attempt(sending: Sending, waitMs: number): Promise<AppendResult | typeof UNDER_WAY> {
    const { call, refused, isLoss, right } = sending;
    const { connection: line, shown, timeoutMs } = this.options;
    const connection = await line.connected();
    try {
      const result = await this.withinTime(
        waitMs,
        line.track(call(connection)).catch((error: unknown) => failing(right, error)),
      );
      if (result !== TIMED_OUT) return result;
      const reason = `no answer within ${timeoutMs} ms`;
      // A shorter wait proves nothing: the same connection answered an earlier attempt.
      if (waitMs >= timeoutMs) line.lost(connection, new Error(reason));
      return { kind: 'unknown', reason };
    } catch (error) {
      const result = await refused(error);
      if (result !== undefined) return result;
      const refusal = isFault(error) ? error : refusalOf(shown, error);
      if (refusal !== undefined) throw refusal;
      if (typeOf(error) === 'access-denied') throw unavailable(shown, error);
      if (isLoss(error)) line.lost(connection, error);
      else if (isStillUnderWay(error)) return UNDER_WAY;
      if (neverLeft(error)) throw unavailable(shown, error);
      return { kind: 'unknown', reason: messageOf(error) };
    }
  }

  private withinTime<Result>(waitMs: number, call: Promise<Result>): Promise<Result | typeof TIMED_OUT> {
    const deadline = {
      clock: this.options.clock,
      afterMs: waitMs,
      onTimeout: (): typeof TIMED_OUT => TIMED_OUT,
    };
    return settledBy<Result | typeof TIMED_OUT>(call, deadline);
  }
}
