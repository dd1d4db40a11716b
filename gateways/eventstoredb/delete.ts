import { streamDeleted, timedOut, wrongExpectedVersion } from './errors';
import { expectedRevisionOf, versionOf } from './expected';
import type { Expected } from './expected';
import type { DeleteReq } from './messages';
import { invalid } from './errors';
import type { StreamWrites, WriteOutcome } from './stream-writer';
import { positionOf, streamNameOf } from './wire';

type Request = { readonly stream: string; readonly expected: Expected };

const requestOf = ({ options }: DeleteReq): Request => {
  if (!options) throw invalid('The options are missing.');
  return { stream: streamNameOf(options.streamIdentifier), expected: expectedRevisionOf(options) };
};

const responseOf = (operation: string, { stream, expected }: Request, outcome: WriteOutcome): object => {
  switch (outcome.kind) {
    case 'written':
      return { position: positionOf(outcome.position) };
    case 'nothing':
      return { noPosition: {} };
    case 'wrong':
      throw wrongExpectedVersion(operation, stream, versionOf(expected), outcome.actual);
    case 'deleted':
      throw streamDeleted(stream);
    case 'unknown':
      throw timedOut(outcome.reason);
  }
};

/** Hides a stream; it may be written again. */
export const deleteStream = async (message: DeleteReq, writes: StreamWrites): Promise<object> => {
  const request = requestOf(message);
  const outcome = await writes.delete(request.stream, request.expected);
  return responseOf('Delete', request, outcome);
};

/** Erases a stream for good. */
export const tombstoneStream = async (message: DeleteReq, writes: StreamWrites): Promise<object> => {
  const request = requestOf(message);
  const outcome = await writes.tombstone(request.stream, request.expected);
  return responseOf('Tombstone', request, outcome);
};
