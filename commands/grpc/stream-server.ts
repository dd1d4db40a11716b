import { Metadata, type ServerDuplexStream } from '@grpc/grpc-js';
import { isFault } from '../../platform/faults';
import type { CommandClient, UseCaseName } from '../port';
import { readId, readPrincipal } from './call-context';
import { decodeInput, encodeSuccess, type CommandFrame, type OutcomeFrame, type Refusal } from './messages';
import { faultError } from './rich-error';
import type { CommandServerOptions } from './options';
import { requireToken } from './token';

/** Unanswered commands of one stream, at most; above it the stream is not read further, and the caller feels it. */
const IN_FLIGHT_MAX = 4_096;

type Batch = { readonly commands: readonly CommandFrame[] };
type Answers = { readonly outcomes: readonly OutcomeFrame[] };
type Stream = ServerDuplexStream<Batch, Answers>;

const refusalOf = (error: unknown): Refusal =>
  isFault(error)
    ? { code: error.code, message: error.message, figures: '{}' }
    : { code: 'INTERNAL', message: 'Something is wrong on our side.', figures: '{}' };

const carryOut = async (frame: CommandFrame, commands: CommandClient): Promise<OutcomeFrame> => {
  const { number } = frame;
  const name = frame.name as UseCaseName;
  const outcome = await commands.send(name, decodeInput(name, frame.input), {
    commandId: readId(frame.commandId, 'commandId'),
    correlationId: readId(frame.correlationId, 'correlationId'),
    principal: readPrincipal(frame.principal),
    ...(frame.traceparent === '' ? {} : { traceparent: frame.traceparent }),
    ...(frame.timeoutMs === 0 ? {} : { timeoutMs: frame.timeoutMs }),
  });
  switch (outcome.kind) {
    case 'accepted':
      return { number, accepted: encodeSuccess(name, outcome.value, outcome.position) };
    case 'rejected': {
      const { code, ...figures } = outcome.rejection;
      return { number, rejected: { code, message: '', figures: JSON.stringify(figures) } };
    }
    case 'unknown':
      return { number, unknown: true };
  }
};

/** Answers that are ready in the same turn of the event loop leave in one message. */
const batcher = (stream: Stream) => {
  let ready: OutcomeFrame[] = [];
  const flush = (): void => {
    const outcomes = ready;
    ready = [];
    if (!stream.destroyed) stream.write({ outcomes });
  };
  return (outcome: OutcomeFrame): void => {
    if (ready.push(outcome) === 1) setImmediate(flush);
  };
};

/** Reads, carries out and answers until the caller ends the stream or `drain` has answered what was read. */
const serve = (
  stream: Stream,
  { commands, logger }: CommandServerOptions,
): { readonly drain: () => void } => {
  const answer = batcher(stream);
  let inFlight = 0;
  let draining = false;
  const settle = (outcome: OutcomeFrame): void => {
    inFlight -= 1;
    answer(outcome);
    if (draining) endWhenIdle();
    else if (inFlight < IN_FLIGHT_MAX && stream.isPaused()) stream.resume();
  };
  // After the batch in hand has been flushed, hence the second turn.
  const endWhenIdle = (): void => {
    if (inFlight === 0) setImmediate(() => setImmediate(() => stream.end()));
  };
  stream.on('data', ({ commands: frames }: Batch) => {
    inFlight += frames.length;
    if (inFlight >= IN_FLIGHT_MAX) stream.pause();
    for (const frame of frames) {
      carryOut(frame, commands).then(settle, (error: unknown) => {
        if (!isFault(error)) logger.error({ error, useCase: frame.name }, 'A command failed.');
        settle({ number: frame.number, failed: refusalOf(error) });
      });
    }
  });
  stream.on('error', () => stream.destroy());
  stream.on('end', () => stream.end());
  return {
    drain: () => {
      draining = true;
      stream.pause();
      endWhenIdle();
    },
  };
};

/** Serves the long-lived streams; `close` answers what was read and ends them, so that callers move to another server. */
export const serveStream = (options: CommandServerOptions) => {
  const open = new Map<Stream, { readonly drain: () => void }>();
  return {
    open: (stream: Stream): void => {
      try {
        requireToken(stream.metadata, options.token);
      } catch (error) {
        stream.destroy(faultError(error));
        return;
      }
      // Tells the caller at once that the stream stands.
      stream.sendMetadata(new Metadata());
      open.set(stream, serve(stream, options));
      stream.on('close', () => open.delete(stream));
    },
    close: (): void => {
      open.forEach(({ drain }) => drain());
    },
  };
};
