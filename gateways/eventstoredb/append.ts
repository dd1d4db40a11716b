import { status } from '@grpc/grpc-js';
import type { ServerReadableStream } from '@grpc/grpc-js';
import { isFault } from '../../platform/faults';
import { NO_STREAM } from '../../platform/event-store';
import type { RawEvent } from '../../platform/event-store';
import type { Logger } from '../../platform/telemetry';
import { reportedError } from './calls';
import type { Duplex } from './calls';
import { appendTooLarge, invalid, ProtocolError, streamDeleted, timedOut } from './errors';
import { expectedFields, expectedPositionOf, expectedRevisionOf } from './expected';
import type { Expected } from './expected';
import type { AppendReq, BatchAppendReq, ProposedMessage, Uuid } from './messages';
import { packAny } from './services';
import type { StreamWriter, WriteOutcome } from './stream-writer';
import { identifierOf, idOf, positionOf, rawEventOf, sizeOf, streamNameOf } from './wire';

/** Data and metadata of one append together. */
export const APPEND_BYTES_MAX = 1024 * 1024;
/** Names and types of one append, which the limit of the protocol does not count, and what each event takes by itself. */
const OVERHEAD_BYTES_MAX = 8 * 1024 * 1024;
const EVENT_OVERHEAD_BYTES = 128;
/** Appends of one caller that are being written, and their payloads; beyond, no more is read from its connection. */
const IN_FLIGHT_MAX = 1_024;
const IN_FLIGHT_BYTES_MAX = 8 * 1024 * 1024;
/** Appends that a caller has begun and not ended, and their payloads. */
const BEGUN_MAX = 1_024;
const BEGUN_BYTES_MAX = 64 * 1024 * 1024;

/** The events of one append as they come in. */
class Proposal {
  private readonly messages: ProposedMessage[] = [];
  private overhead = 0;
  /** Data and metadata. */
  bytes = 0;

  constructor(
    readonly stream: string,
    readonly expected: Expected,
  ) {}

  add(message: ProposedMessage): void {
    this.bytes += sizeOf(message);
    this.overhead += (message.metadata['type']?.length ?? 0) + EVENT_OVERHEAD_BYTES;
    if (this.isTooLarge) this.messages.length = 0;
    else this.messages.push(message);
  }

  private get isTooLarge(): boolean {
    return this.bytes > APPEND_BYTES_MAX || this.overhead > OVERHEAD_BYTES_MAX;
  }

  /** @throws ProtocolError for an append that is too large, or an event that is none. */
  events(): RawEvent[] {
    if (this.isTooLarge) throw appendTooLarge(APPEND_BYTES_MAX);
    return this.messages.map(rawEventOf);
  }
}

const current = (revision: number): object =>
  revision === NO_STREAM ? { noStream: {} } : { currentRevision: revision };

type Written = Extract<WriteOutcome, { kind: 'written' | 'nothing' }>;

const successOf = (outcome: Written): object => ({
  ...current(outcome.revision),
  ...(outcome.kind === 'written' ? { position: positionOf(outcome.position) } : { noPosition: {} }),
});

/** For clients of the first release, which know no other fields. */
const earliestExpected = (expected: Expected): object => {
  if (expected === 'any') return { any_20_6_0: {} };
  if (expected === 'stream-exists') return { streamExists_20_6_0: {} };
  return expected === NO_STREAM ? {} : { expectedRevision_20_6_0: expected };
};

const wrongVersionOf = (expected: Expected, actual: number): object => ({
  ...(actual === NO_STREAM ? { currentNoStream: {} } : { currentRevision: actual }),
  ...(actual === NO_STREAM ? { noStream_20_6_0: {} } : { currentRevision_20_6_0: actual }),
  ...expectedFields(expected, 'expectedRevision', 'expected'),
  ...earliestExpected(expected),
});

/** One append a call: the options first, then an event a message. */
export const append = async (
  call: ServerReadableStream<AppendReq, object>,
  writer: StreamWriter,
): Promise<object> => {
  let proposal: Proposal | undefined;
  for await (const message of call as AsyncIterable<AppendReq>) {
    if (message.options)
      proposal = new Proposal(
        streamNameOf(message.options.streamIdentifier),
        expectedRevisionOf(message.options),
      );
    else if (message.proposedMessage && proposal) proposal.add(message.proposedMessage);
    else throw invalid('An append begins with its options.');
  }
  if (proposal === undefined) throw invalid('An append begins with its options.');
  const { stream, expected } = proposal;
  const outcome = await writer.append(stream, expected, proposal.events());
  switch (outcome.kind) {
    case 'written':
    case 'nothing':
      return { success: successOf(outcome) };
    case 'wrong':
      return { wrongExpectedVersion: wrongVersionOf(expected, outcome.actual) };
    case 'deleted':
      throw streamDeleted(stream);
    case 'unknown':
      throw timedOut(outcome.reason);
  }
};

const failed = (code: status, message: string, details: object): object => ({
  error: { code, message, details },
});

const resultOf = (outcome: WriteOutcome, { stream, expected }: Proposal): object => {
  switch (outcome.kind) {
    case 'written':
    case 'nothing':
      return { success: successOf(outcome) };
    case 'wrong': {
      const { actual } = outcome;
      const details = packAny.wrongExpectedVersion({
        ...(actual === NO_STREAM ? { currentNoStream: {} } : { currentStreamRevision: actual }),
        ...expectedFields(expected, 'expectedStreamPosition', 'expected'),
      });
      return failed(status.ALREADY_EXISTS, 'WrongExpectedVersion', details);
    }
    case 'deleted': {
      const details = packAny.streamDeleted({ streamIdentifier: identifierOf(stream) });
      return failed(status.NOT_FOUND, 'StreamDeleted', details);
    }
    case 'unknown':
      return failed(status.DEADLINE_EXCEEDED, outcome.reason, packAny.timeout({}));
  }
};

const failureOf = (error: unknown, logger: Logger): object => {
  const { code, details } = reportedError(error, logger);
  if (error instanceof ProtocolError && error.metadata.get('maximum-append-size').length > 0)
    return failed(code, details, packAny.maximumAppendSizeExceeded({ maxAppendSize: APPEND_BYTES_MAX }));
  if (code === status.INVALID_ARGUMENT)
    return failed(code, details, packAny.badRequest({ message: details }));
  return failed(code, details, isFault(error) ? packAny.nothing : packAny.unknown({}));
};

/** A failure of the store itself, which no single append is to blame for, ends the call. */
const isFatal = (error: unknown): boolean =>
  isFault(error, 'STORE_CLOSED') || isFault(error, 'STORE_UNAVAILABLE');

/** The appends of a caller that come in several messages, told apart by their correlation ids. */
class Begun {
  private readonly proposals = new Map<string, Proposal>();
  private bytes = 0;

  /** @returns the append that this message completes. */
  take({ correlationId, options, proposedMessages, isFinal }: BatchAppendReq): Proposal | undefined {
    const key = Buffer.from(idOf(correlationId)).toString('latin1');
    const before = this.proposals.get(key);
    const proposal = options
      ? new Proposal(streamNameOf(options.streamIdentifier), expectedPositionOf(options))
      : before;
    if (proposal === undefined) throw invalid('An append begins with its options.');
    this.proposals.delete(key);
    this.bytes -= before?.bytes ?? 0;
    for (const message of proposedMessages) proposal.add(message);
    if (isFinal) return proposal;
    this.proposals.set(key, proposal);
    this.bytes += proposal.bytes;
    if (this.proposals.size > BEGUN_MAX || this.bytes > BEGUN_BYTES_MAX)
      throw invalid('Too many appends were begun and not ended.');
    return undefined;
  }
}

/** Many appends over one call, each told apart by its correlation id and answered as it is done. */
export const batchAppend = ({ call, fail, logger }: Duplex<BatchAppendReq>, writer: StreamWriter): void => {
  const begun = new Begun();
  let inFlight = 0;
  let bytesInFlight = 0;
  let isWaitingForDrain = false;
  let hasEnded = false;

  /** Takes what comes, or lets it wait with the caller. */
  const pace = (): void => {
    const isFull = inFlight >= IN_FLIGHT_MAX || bytesInFlight >= IN_FLIGHT_BYTES_MAX;
    if (isFull || isWaitingForDrain) call.pause();
    else if (call.isPaused()) call.resume();
  };

  const answer = (correlationId: Uuid, proposal: Proposal, result: object): void => {
    const { stream, expected } = proposal;
    const response = {
      correlationId,
      streamIdentifier: identifierOf(stream),
      ...expectedFields(expected, 'streamPosition'),
      ...result,
    };
    if (call.write(response) || isWaitingForDrain) return;
    isWaitingForDrain = true;
    pace();
    call.once('drain', () => {
      isWaitingForDrain = false;
      pace();
    });
  };

  const write = async (correlationId: Uuid, proposal: Proposal): Promise<void> => {
    inFlight += 1;
    bytesInFlight += proposal.bytes;
    pace();
    try {
      const outcome = await writer.append(proposal.stream, proposal.expected, proposal.events());
      answer(correlationId, proposal, resultOf(outcome, proposal));
    } catch (error) {
      if (isFatal(error)) fail(error);
      else answer(correlationId, proposal, failureOf(error, logger));
    } finally {
      inFlight -= 1;
      bytesInFlight -= proposal.bytes;
      pace();
      if (hasEnded && inFlight === 0) call.end();
    }
  };

  call.on('data', (message: BatchAppendReq) => {
    try {
      const proposal = begun.take(message);
      if (proposal && message.correlationId) void write(message.correlationId, proposal);
    } catch (error) {
      fail(error);
    }
  });
  call.on('end', () => {
    hasEnded = true;
    if (inFlight === 0) call.end();
  });
};
