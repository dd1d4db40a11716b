import type { AppendResult as StoreAppend, EventData } from '@eventstore/db-client';
import type { Millis } from '../../../domain/kernel';
import type { Clock } from '../../clock';
import { isFault, type Fault } from '../../faults';
import type { AppendResult, ExpectedRevision, NewEvent, RecordedEvent, StreamName } from '../event-store';
import {
  isConnectionLoss,
  isStreamLoss,
  messageOf,
  neverLeft,
  refusalOf,
  typeOf,
  unavailable,
} from './client-error';
import { eventDataOf, tooLarge } from './convert';
import { InFlight } from './in-flight';
import type { Connection, ClientConnection } from './client-connection';
import { positionOf } from './position';

export type AppendsOptions = {
  readonly line: ClientConnection;
  readonly clock: Clock;
  readonly shown: string;
  readonly timeoutMs: number;
  readonly inFlightMax: number;
  readonly read: (stream: StreamName, from: bigint, limit: number) => AsyncIterable<RecordedEvent>;
  readonly lastPosition: () => Promise<RecordedEvent['position'] | undefined>;
};

type Sending = {
  readonly call: (connection: Connection) => Promise<AppendResult>;
  /** What an error of the client means; undefined: that nobody knows what became of the call. */
  readonly refused: (error: unknown) => Promise<AppendResult | undefined>;
  /** Whether an error is one of the connection. */
  readonly isLoss: (error: unknown) => boolean;
};

const revisionOf = (expected: ExpectedRevision): bigint | 'no_stream' =>
  expected === 'no-stream' ? 'no_stream' : expected;

const actualOf = (error: unknown): bigint | 'no-stream' => {
  const { actualVersion } = error as { readonly actualVersion?: unknown };
  return typeof actualVersion === 'bigint' && actualVersion >= 0n ? actualVersion : 'no-stream';
};

const TIMED_OUT = Symbol('timed out');
/** A server that had no room is asked again by whoever comes after that, so that readiness does not keep everybody away. */
const FULL_FOR_MS = 10_000;

/** Writes through the client, each write bounded in time and told for certain wherever it can be. */
export class Appends {
  private readonly inFlight: InFlight;
  private full: { readonly fault: Fault; readonly untilMs: number } | undefined;

  constructor(private readonly options: AppendsOptions) {
    this.inFlight = new InFlight(options.inFlightMax, options.clock);
  }

  /** That the server had no room for an append lately, and has taken none since. */
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
      isLoss: isConnectionLoss,
      refused: async (error) => {
        switch (typeOf(error)) {
          case 'wrong-expected-version':
            return { kind: 'conflict', actual: actualOf(error) };
          case 'stream-deleted':
            // Erased before, perhaps by this very call whose answer was lost.
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

  /** The same events at their place mean that this append was done before, whatever came of its first answer. */
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
      const result = await this.inFlight.run(timeoutMs, () => this.attempt(sending));
      if (result.kind === 'appended') this.full = undefined;
      return result;
    } catch (error) {
      if (isFault(error, 'STORE_FULL'))
        this.full = { fault: error, untilMs: clock.monotonicMs() + FULL_FOR_MS };
      throw error;
    }
  }

  private async attempt({ call, refused, isLoss }: Sending): Promise<AppendResult> {
    const { line, shown, timeoutMs } = this.options;
    const connection = await line.connected();
    try {
      const result = await this.withinTime(line.track(call(connection)));
      if (result !== TIMED_OUT) return result;
      const reason = `no answer within ${timeoutMs} ms`;
      line.lost(connection, new Error(reason));
      return { kind: 'unknown', reason };
    } catch (error) {
      const result = await refused(error);
      if (result !== undefined) return result;
      const refusal = isFault(error) ? error : refusalOf(shown, error);
      if (refusal !== undefined) throw refusal;
      if (typeOf(error) === 'access-denied') throw unavailable(shown, error);
      if (isLoss(error)) line.lost(connection, error);
      if (neverLeft(error)) throw unavailable(shown, error);
      return { kind: 'unknown', reason: messageOf(error) };
    }
  }

  private async withinTime<Result>(call: Promise<Result>): Promise<Result | typeof TIMED_OUT> {
    const { clock, timeoutMs } = this.options;
    return new Promise((resolve, reject) => {
      const timer = clock.after(timeoutMs as Millis, () => resolve(TIMED_OUT));
      call.then(resolve, reject).finally(() => timer.cancel());
    });
  }
}
