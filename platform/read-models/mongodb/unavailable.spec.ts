import { createRequire } from 'node:module';
import { MongoServerError, type MongoError } from 'mongodb';
import { realClock } from '../../clock';
import { reaching } from './unavailable';

// The driver does not export it, and throws it all the same.
const { WaitQueueTimeoutError } = createRequire(__filename)('mongodb/lib/cmap/errors') as {
  WaitQueueTimeoutError: new (message: string, address: string) => MongoError;
};

const told = (error: Error): Promise<unknown> =>
  reaching(() => Promise.reject(error), { clock: realClock, withinMs: 1_000 }).catch(
    (reason: unknown) => reason,
  );

const serverError = (code: number): MongoServerError => new MongoServerError({ message: 'no', code });

const labelled = (label: string): MongoError => {
  const error = serverError(20);
  error.addErrorLabel(label);
  return error;
};

describe('an error of the driver or of a server', () => {
  it.each([
    [
      "a socket's own error",
      Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' }),
    ],
    [
      'no connection of the pool is free in time',
      new WaitQueueTimeoutError('Timed out while checking out a connection from connection pool', 'a:1'),
    ],
    ...['RetryableError', 'SystemOverloadedError', 'RetryableWriteError', 'TransientTransactionError'].map(
      (label): [string, Error] => [label, labelled(label)],
    ),
    ...[1, 13, 91, 117, 237, 462, 463, 8_000, 11_601, 12_587].map((code): [string, Error] => [
      `code ${code}`,
      serverError(code),
    ]),
  ])('means that the read models are unavailable: %s', async (_, error) => {
    expect(await told(error)).toMatchObject({
      code: 'READ_MODELS_UNAVAILABLE',
      retryable: true,
      cause: error,
    });
  });

  it.each([
    ['code 9, a command that cannot be parsed', serverError(9)],
    ['a label of no such meaning', labelled('NoSuchLabel')],
    ['a bug', new TypeError('x is not a function')],
  ])('is reported as it is: %s', async (_, error) => {
    expect(await told(error)).toBe(error);
  });
});
