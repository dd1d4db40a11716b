import type { status } from '@grpc/grpc-js';
import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  Metadata,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
} from '@grpc/grpc-js';
import type { Logger } from '../../platform/telemetry';
import { isFault } from '../../platform/faults';
import { errorOf, ProtocolError, shuttingDown } from './errors';

/** The checks that every call passes. */
export type Gate = {
  /** @throws ProtocolError for an unauthenticated caller. */
  readonly check: (metadata: Metadata) => void;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
  readonly logger: Logger;
};

/** True if gRPC itself ended the call: its input is unreadable, or the caller has gone. */
const isOfGrpc = (error: unknown): error is { readonly code: status; readonly details: string } =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  typeof error.code === 'number' &&
  'details' in error &&
  typeof error.details === 'string';

/**
 * Converts an error for gRPC. An unexpected one is logged, because the caller gets no details; a caller's mistake is
 * not.
 *
 * @param hasGone - true if the caller has disconnected, which makes the reading of its call fail.
 */
export const reportedError = (
  error: unknown,
  logger: Logger,
  hasGone = false,
): ReturnType<typeof errorOf> => {
  if (error instanceof ProtocolError || isFault(error)) return errorOf(error);
  if (isOfGrpc(error)) return new ProtocolError(error.code, error.details);
  if (!hasGone) logger.error({ error }, 'A call failed.');
  return errorOf(error);
};

/** Returns a signal that aborts when the caller has gone or the server closes. */
const signalOf = (call: NodeJS.EventEmitter, { closing }: Gate): AbortSignal => {
  const gone = new AbortController();
  call.once('cancelled', () => gone.abort());
  call.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, closing]);
};

const drained = (call: NodeJS.EventEmitter, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      call.removeListener('drain', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    if (signal.aborted) return resolve();
    call.once('drain', go);
    signal.addEventListener('abort', go);
  });

export const unary =
  <Request>(
    gate: Gate,
    answer: (request: Request, call: ServerUnaryCall<Request, object>) => object | Promise<object>,
  ): handleUnaryCall<Request, object> =>
  (call, reply) => {
    void (async () => {
      try {
        gate.check(call.metadata);
        reply(null, await answer(call.request, call));
      } catch (error) {
        reply(reportedError(error, gate.logger));
      }
    })();
  };

export const clientStream =
  <Request>(
    gate: Gate,
    answer: (call: ServerReadableStream<Request, object>, closing: AbortSignal) => Promise<object>,
  ): handleClientStreamingCall<Request, object> =>
  (call, reply) => {
    void (async () => {
      try {
        gate.check(call.metadata);
        reply(null, await answer(call, gate.closing));
      } catch (error) {
        reply(reportedError(error, gate.logger, call.cancelled));
      }
    })();
  };

type Outgoing = ServerWritableStream<unknown, object> | ServerDuplexStream<unknown, object>;

/** Sends pages as fast as the caller reads. */
const sendAll = async (
  call: Outgoing,
  pages: AsyncIterable<Iterable<object>>,
  signal: AbortSignal,
): Promise<void> => {
  for await (const messages of pages)
    for (const message of messages) {
      if (signal.aborted) return;
      if (!call.write(message)) await drained(call, signal);
    }
};

export const serverStream =
  <Request>(
    gate: Gate,
    answers: (request: Request, signal: AbortSignal) => AsyncIterable<Iterable<object>>,
  ): handleServerStreamingCall<Request, object> =>
  (call) => {
    void (async () => {
      const signal = signalOf(call, gate);
      try {
        gate.check(call.metadata);
        await sendAll(call, answers(call.request, signal), signal);
        if (gate.closing.aborted) throw shuttingDown();
        call.end();
      } catch (error) {
        call.emit('error', reportedError(error, gate.logger));
      }
    })();
  };

export type Duplex<Request> = {
  readonly call: ServerDuplexStream<Request, object>;
  /** Ends the call with an error, once. */
  readonly fail: (error: unknown) => void;
  readonly signal: AbortSignal;
  readonly logger: Logger;
};

export const duplexStream =
  <Request>(gate: Gate, serve: (duplex: Duplex<Request>) => void): handleBidiStreamingCall<Request, object> =>
  (call) => {
    let hasFailed = false;
    const fail = (error: unknown): void => {
      if (hasFailed) return;
      hasFailed = true;
      call.emit('error', reportedError(error, gate.logger));
    };
    const signal = signalOf(call, gate);
    const close = (): void => fail(shuttingDown());
    gate.closing.addEventListener('abort', close);
    call.once('close', () => gate.closing.removeEventListener('abort', close));
    try {
      gate.check(call.metadata);
      serve({ call, fail, signal, logger: gate.logger });
    } catch (error) {
      fail(error);
    }
  };
