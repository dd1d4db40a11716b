import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerError,
  MongoSystemError,
  MongoTopologyClosedError,
} from 'mongodb';
import { within, type Clock } from '../../clock';
import { Fault } from '../../faults';

const connectionErrors = [
  MongoClientClosedError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoSystemError,
  MongoTopologyClosedError,
];

/**
 * The server's codes for errors that may pass, or that another member may not have:
 * https://github.com/mongodb/specifications.
 */
const passingCodes = new Set([
  1, 6, 7, 11, 13, 18, 24, 43, 46, 50, 63, 64, 79, 89, 91, 100, 112, 117, 133, 134, 150, 175, 189, 202, 234,
  237, 262, 267, 358, 384, 462, 463, 8000, 9001, 10107, 11600, 11601, 11602, 12587, 13388, 13435, 13436,
  14031,
]);
const passingLabels = [
  'RetryableError',
  'RetryableWriteError',
  'SystemOverloadedError',
  'TransientTransactionError',
];
/** Errors of the driver whose classes it does not export. */
const passingNames: ReadonlySet<string> = new Set(['MongoWaitQueueTimeoutError']);
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;

/** Codes of sockets, which the driver sometimes passes through when a connection breaks. */
const socketCodes: readonly unknown[] = [
  'EPIPE',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
];

const isSocketError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && socketCodes.includes(error.code);

const passes = (error: unknown): boolean => {
  if (connectionErrors.some((kind) => error instanceof kind)) return true;
  if (isSocketError(error)) return true;
  if (!(error instanceof MongoError)) return false;
  if (passingNames.has(error.name)) return true;
  if (passingLabels.some((label) => error.hasErrorLabel(label))) return true;
  if (!(error instanceof MongoServerError)) return false;
  if (typeof error.code === 'number' && passingCodes.has(error.code)) return true;
  // A bulk write wraps its error.
  return error instanceof MongoBulkWriteError && passes(error.errorResponse);
};

const describeError = (error: unknown): string => {
  const words = error instanceof Error ? error.message : String(error);
  if (error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED)
    return `MongoDB refuses the name or password of WAYBILL_READ_MODELS: ${words}`;
  if (error instanceof MongoServerError && error.code === UNAUTHORIZED)
    return `The user of WAYBILL_READ_MODELS needs the role readWrite on the database: ${words}`;
  return `MongoDB (WAYBILL_READ_MODELS) can't be reached: ${words}`;
};

const unavailable = (error: unknown): Fault =>
  new Fault('READ_MODELS_UNAVAILABLE', describeError(error), { cause: error });

/** Makes the first connection. Every failure is treated as temporary: even an unknown host name may become known. */
export const connecting = async (connect: () => Promise<unknown>): Promise<void> => {
  try {
    await connect();
  } catch (error) {
    throw unavailable(error);
  }
};

/**
 * Waits for a call to MongoDB within a time limit.
 *
 * @throws Fault `READ_MODELS_UNAVAILABLE` for temporary errors; any other error unchanged, because it is a bug.
 */
export const reaching = async <Result>(
  call: () => Promise<Result>,
  { clock, withinMs }: { readonly clock: Clock; readonly withinMs: number },
): Promise<Result> => {
  const tooLate = (): Fault =>
    new Fault('READ_MODELS_UNAVAILABLE', `MongoDB did not answer within ${withinMs} ms`);
  try {
    return await within(clock, withinMs, call(), tooLate);
  } catch (error) {
    throw passes(error) ? unavailable(error) : error;
  }
};
