import { Metadata, type ServerDuplexStream } from '@grpc/grpc-js';
import { Fault, isFault } from '../../platform/faults';
import type { CommandClient, UseCaseName } from '../../commands';
import { readContext } from '../../commands/client/read-context';
import { readPrincipal } from './call-context';
import {
  bytesOfOutcome,
  decodeInput,
  encodeSuccess,
  type CommandFrame,
  type OutcomeFrame,
  type Refusal,
} from './messages';
import { faultError } from './rich-error';
import type { CommandServerOptions } from './options';
import { outbound } from './outbound';
import { requireToken } from './token';

/**
 * The limit of a stream's commands whose answers it has not read; above it the stream is not read further, so that the
 * caller gets back-pressure.
 */
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
  // The defaults of the wire stand for absent values.
  const context = readContext({
    commandId: frame.commandId,
    keyed: frame.keyed || undefined,
    correlationId: frame.correlationId,
    principal: readPrincipal(frame.principal),
    traceparent: frame.traceparent || undefined,
    timeoutMs: frame.timeoutMs || undefined,
  });
  const outcome = await commands.send(name, decodeInput(name, frame.input), context);
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

/** Reads, executes and answers until the caller ends the stream or `drain` has answered the received commands. */
const serve = (
  stream: Stream,
  { commands, logger }: CommandServerOptions,
): { readonly drain: () => void } => {
  let inFlight = 0;
  let draining = false;
  // A caller that does not read its answers is not read either.
  const onTaken = (count: number): void => {
    inFlight -= count;
    if (draining) endWhenIdle();
    else if (inFlight < IN_FLIGHT_MAX && stream.isPaused()) stream.resume();
  };
  const answers = outbound<OutcomeFrame>(stream, {
    pack: (outcomes) => ({ outcomes }),
    bytesOf: bytesOfOutcome,
    onTaken,
  });
  const endWhenIdle = (): void => {
    if (inFlight === 0) answers.end();
  };
  stream.on('data', ({ commands: frames }: Batch) => {
    inFlight += frames.length;
    if (inFlight >= IN_FLIGHT_MAX) stream.pause();
    for (const frame of frames) {
      carryOut(frame, commands).then(answers.send, (error: unknown) => {
        if (!isFault(error)) logger.error({ error, useCase: frame.name }, 'A command failed.');
        answers.send({ number: frame.number, failed: refusalOf(error) });
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

/**
 * Serves the long-lived streams; `close` answers the received commands and ends the streams, so that callers move to
 * another server.
 */
export const serveStream = (options: CommandServerOptions) => {
  const open = new Map<Stream, { readonly drain: () => void }>();
  let closing = false;
  return {
    open: (stream: Stream): void => {
      try {
        requireToken(stream.metadata, options.token);
        if (closing) throw new Fault('COMMANDS_UNAVAILABLE', 'This command server is closing.');
      } catch (error) {
        // If it were destroyed, it would end without its status, and the caller would wait for ever.
        stream.emit('error', faultError(error));
        return;
      }
      // Informs the caller at once that the stream is open.
      stream.sendMetadata(new Metadata());
      open.set(stream, serve(stream, options));
      stream.on('close', () => open.delete(stream));
    },
    close: (): void => {
      closing = true;
      open.forEach(({ drain }) => drain());
    },
  };
};
