import { status } from '@grpc/grpc-js';
import { isFault } from '../../platform/faults';
import { NO_STREAM } from '../../platform/event-store';
import type { Logger } from '../../platform/telemetry';
import { reportedError } from './calls';
import { ProtocolError } from './errors';
import { expectedFields } from './expected';
import type { Expected } from './expected';
import type { Target } from './proposal';
import { packAny } from './services';
import type { WriteOutcome } from './stream-writer';
import { identifierOf, positionOf } from './wire';

const current = (revision: number): object =>
  revision === NO_STREAM ? { noStream: {} } : { currentRevision: revision };

type Written = Extract<WriteOutcome, { kind: 'written' | 'nothing' }>;

/** Returns the answer of both kinds of append to a successful write. */
export const successOf = ({ revision, position }: Written): object => ({
  ...current(revision),
  position: positionOf(position),
});

/** Returns the fields for clients of the first release, which read no others. */
const earliestExpected = (expected: Expected): object => {
  if (expected === 'any') return { any_20_6_0: {} };
  if (expected === 'stream-exists') return { streamExists_20_6_0: {} };
  if (expected === NO_STREAM) return {};
  return expectedFields(expected, 'expectedRevision_20_6_0');
};

/** Returns the answer of a single append to a wrong expected version. */
export const wrongVersionOf = (expected: Expected, actual: number): object => ({
  ...(actual === NO_STREAM ? { currentNoStream: {} } : { currentRevision: actual }),
  ...(actual === NO_STREAM ? { noStream_20_6_0: {} } : { currentRevision_20_6_0: actual }),
  ...expectedFields(expected, 'expectedRevision', 'expected'),
  ...earliestExpected(expected),
});

const failed = (code: status, message: string, details: object): object => ({
  error: { code, message, details },
});

/** Returns the answer of a batch for an append of unknown outcome, or one that its caller no longer waits for. */
export const timeoutOf = (reason: string): object =>
  failed(status.DEADLINE_EXCEEDED, reason, packAny.timeout({}));

/** Returns the answer of a batch for one of its appends. */
export const resultOf = (outcome: WriteOutcome, { stream, expected }: Target): object => {
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
      return timeoutOf(outcome.reason);
  }
};

/** Returns the answer of a batch for one of its appends that failed. */
export const failureOf = (error: unknown, logger: Logger): object => {
  const { code, details, metadata } = reportedError(error, logger);
  const [bytesMax] = metadata.get('maximum-append-size');
  if (error instanceof ProtocolError && bytesMax !== undefined)
    return failed(code, details, packAny.maximumAppendSizeExceeded({ maxAppendSize: Number(bytesMax) }));
  if (code === status.INVALID_ARGUMENT)
    return failed(code, details, packAny.badRequest({ message: details }));
  if (code === status.PERMISSION_DENIED) return failed(code, details, packAny.accessDenied({}));
  return failed(code, details, isFault(error) ? packAny.nothing : packAny.unknown({}));
};
