import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { isFault } from '../../platform/faults';
import type { FaultCode } from '../../platform/faults';

/** An error as clients of all languages read it: a status, and trailers with the cause and the stream. */
export class ProtocolError extends Error {
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string>> = {},
  ) {
    super(details);
    this.name = 'ProtocolError';
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, value);
  }
}

/** Encodes a trailer, which is Latin text; a name in another script is percent-encoded. */
const latin = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text));

export const invalid = (message: string): ProtocolError =>
  new ProtocolError(status.INVALID_ARGUMENT, message);

/** The original's error for a live subscription whose consumer leaves too many events unread. */
export const consumerTooSlow = (): ProtocolError =>
  new ProtocolError(
    status.ABORTED,
    'Consumer too slow to handle event while live. Client resubscription required.',
  );

export const streamDeleted = (stream: string): ProtocolError =>
  new ProtocolError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': latin(stream),
  });

export const isStreamDeleted = (error: unknown): boolean =>
  error instanceof ProtocolError && error.metadata.get('exception').includes('stream-deleted');

/** @param expected - a revision, or -1 no stream, -2 any, -4 stream exists. */
export const wrongExpectedVersion = (
  operation: string,
  stream: string,
  expected: number,
  actual: number,
): ProtocolError =>
  new ProtocolError(
    status.FAILED_PRECONDITION,
    `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': latin(stream),
      'expected-version': String(expected),
      'actual-version': String(actual),
    },
  );

export const appendTooLarge = (bytesMax: number): ProtocolError =>
  new ProtocolError(status.INVALID_ARGUMENT, `Maximum append size of ${bytesMax} bytes exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(bytesMax),
  });

export const metadataMissing = (property: string): ProtocolError =>
  new ProtocolError(status.INVALID_ARGUMENT, `Required metadata property is missing: ${property}`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

/** @param reason - the caller's next step. */
export const accessDenied = (reason: string): ProtocolError =>
  new ProtocolError(status.PERMISSION_DENIED, reason, { exception: 'access-denied' });

export const timedOut = (reason: string): ProtocolError =>
  new ProtocolError(status.DEADLINE_EXCEEDED, `It may have been written or not: ${reason}`);

export const notAuthenticated = (): ProtocolError =>
  new ProtocolError(status.UNAUTHENTICATED, 'Wrong or missing user name and password.', {
    exception: 'access-denied',
  });

export const shuttingDown = (): ProtocolError =>
  new ProtocolError(status.UNAVAILABLE, 'The server is shutting down.');

const statusOfFault: Readonly<Partial<Record<FaultCode, status>>> = {
  STORE_CLOSED: status.UNAVAILABLE,
  STORE_UNAVAILABLE: status.UNAVAILABLE,
  STORE_FULL: status.RESOURCE_EXHAUSTED,
  OVERLOADED: status.RESOURCE_EXHAUSTED,
};

/**
 * Converts any error for gRPC. An unexpected error discloses no details. A fault's text begins with its code, because
 * clients pass on only the text of an append in a batch.
 */
export const errorOf = (error: unknown): Pick<ServiceError, 'code' | 'details' | 'metadata'> => {
  if (error instanceof ProtocolError) return error;
  if (!isFault(error)) return new ProtocolError(status.INTERNAL, 'Something went wrong in the server.');
  return new ProtocolError(statusOfFault[error.code] ?? status.UNKNOWN, `${error.code}: ${error.message}`);
};
