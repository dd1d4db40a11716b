import { Fault, isFault } from '../../faults';

const UNAVAILABLE = 14;
const CANCELLED = 1;
const PERMISSION_DENIED = 7;

const fieldOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error
    ? (error as Readonly<Record<string, unknown>>)[name]
    : undefined;

/**
 * Returns the client's own name of an error, e.g. `wrong-expected-version`; undefined for an error from below the
 * client.
 */
export const typeOf = (error: unknown): string | undefined => {
  const type = fieldOf(error, 'type');
  return typeof type === 'string' ? type : undefined;
};

export const messageOf = (error: unknown): string => {
  const message = fieldOf(error, 'message');
  return typeof message === 'string' && message !== '' ? message : (typeOf(error) ?? 'no reason was given');
};

/**
 * The right that a call needs in an access control list: read (`$r`), write (`$w`) or delete (`$d`), and the stream.
 */
export type Right = { readonly name: '$r' | '$w' | '$d'; readonly stream: string };

/** Thrown if the server knows the user but does not permit this call. */
class Forbidden extends Error {
  readonly type = 'access-denied';

  constructor(
    readonly right: Right,
    cause: unknown,
  ) {
    super(
      `the user of WAYBILL_EVENT_STORE, or a caller without one, lacks the right ${right.name} of ${right.stream}`,
      { cause },
    );
  }
}

/** Throws an error of the client again; a missing right is named in the message. */
export const failing = (right: Right, error: unknown): never => {
  // A batch append answers without a status. A wrong password has one of its own.
  const code = fieldOf(error, 'code');
  const isForbidden = code === PERMISSION_DENIED || (typeOf(error) === 'access-denied' && code === undefined);
  throw isForbidden ? new Forbidden(right, error) : error;
};

/** True if the call was not sent: a raw error of gRPC; the client's own errors have a type. */
export const neverLeft = (error: unknown): boolean =>
  typeOf(error) === undefined && fieldOf(error, 'code') === UNAVAILABLE;

const REFUSAL = /\b(?<code>STORE_FULL|OVERLOADED)\b/;

/**
 * Returns the fault of Waybill's own server that wrote nothing, because of space or time. It is only in the message,
 * because the client drops everything else of an append that shared a call.
 */
export const refusalOf = (shown: string, error: unknown): Fault | undefined => {
  const code = REFUSAL.exec(messageOf(error))?.groups?.['code'] as 'STORE_FULL' | 'OVERLOADED' | undefined;
  switch (code) {
    case 'STORE_FULL':
      return new Fault(code, `${shown} takes no appends: its disk is full.`, { cause: error });
    case 'OVERLOADED':
      return new Fault(code, `${shown} has more to write than it can.`, { cause: error });
    case undefined:
      return undefined;
  }
};

const connectionTypes = new Set(['unavailable', 'cancelled', 'not-leader']);

/**
 * True if the error is about the connection and not about one call. An error without the client's type counts, because
 * nothing more is known about it.
 */
export const isConnectionLoss = (error: unknown): boolean => {
  if (isFault(error)) return false;
  const type = typeOf(error);
  if (type !== undefined) return connectionTypes.has(type);
  const code = fieldOf(error, 'code');
  return typeof code !== 'number' || code === UNAVAILABLE || code === CANCELLED;
};

/**
 * True for an error of the stream that all appends share: it has a status and fails all appends in flight. An error of
 * a single append has a type and no status.
 */
export const isStreamLoss = (error: unknown): boolean =>
  !isFault(error) && (typeOf(error) === undefined || fieldOf(error, 'code') !== undefined);

/** Returns the operator's next step, if the error shows it. */
const adviceOf = (error: unknown, hasAnswered: boolean): string => {
  if (typeOf(error) === 'access-denied') return ' Check the user name and password in WAYBILL_EVENT_STORE.';
  // A server that has answered was configured correctly.
  if (hasAnswered) return '';
  const message = messageOf(error);
  if (/wrong version number|EPROTO|packet length too long/i.test(message))
    return ' The server does not speak TLS: add tls=false to WAYBILL_EVENT_STORE.';
  if (/self.signed|unable to verify|unable to get.*issuer/i.test(message))
    return ' Its certificate is not trusted: set tlsCAFile in WAYBILL_EVENT_STORE.';
  if (/Hostname\/IP does not match/i.test(message))
    return ' Its certificate is for another host: use the name that is in it.';
  if (/ECONNRESET|socket hang up|Connection dropped|Protocol error/i.test(message))
    return ' If the server speaks TLS, leave tls=false out of WAYBILL_EVENT_STORE.';
  return '';
};

const remedyOf = ({ name, stream }: Right): string =>
  `An administrator grants it by $acl.${name} in the metadata of ${stream}: docs/how-to/run-as-separate-services.md.`;

/** @param hasAnswered - true if the server ever answered to this process. */
export const unavailable = (shown: string, cause: unknown, hasAnswered = true): Fault => {
  if (isFault(cause, 'STORE_UNAVAILABLE')) return cause;
  const message =
    cause instanceof Forbidden
      ? `${shown} refuses: ${cause.message}. ${remedyOf(cause.right)}`
      : `${shown} does not answer: ${messageOf(cause)}.${adviceOf(cause, hasAnswered)}`;
  return new Fault('STORE_UNAVAILABLE', message, { cause });
};

/**
 * True if the server dropped a live subscription whose consumer left too many events unread. The consumer may subscribe
 * again at once.
 */
export const isLetGo = (error: unknown): boolean =>
  typeOf(error) === 'timeout' && /consumer too slow/i.test(messageOf(error));

/** True if the server stopped waiting for this call, which may still have its effect. */
export const isStillUnderWay = (error: unknown): boolean => typeOf(error) === 'deadline-exceeded';
