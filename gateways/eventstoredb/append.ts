import type { ServerReadableStream } from '@grpc/grpc-js';
import { successOf, wrongVersionOf } from './append-answers';
import { invalid, shuttingDown, streamDeleted, timedOut } from './errors';
import { expectedRevisionOf } from './expected';
import type { AppendReq } from './messages';
import { Proposal } from './proposal';
import type { StreamWrites } from './stream-writer';
import { streamNameOf } from './wire';

export type Appending = {
  readonly writes: StreamWrites;
  /** The limit of the data of one append together. */
  readonly appendBytesMax: number;
};

const proposalOf = async (
  messages: AsyncIterable<AppendReq>,
  { appendBytesMax }: Appending,
): Promise<Proposal> => {
  let proposal: Proposal | undefined;
  for await (const { options, proposedMessage } of messages) {
    if (options) {
      const stream = streamNameOf(options.streamIdentifier);
      proposal = new Proposal({ stream, expected: expectedRevisionOf(options) }, appendBytesMax);
    } else if (proposedMessage && proposal) proposal.add(proposedMessage);
    else throw invalid('An append begins with its options.');
  }
  if (proposal === undefined) throw invalid('An append begins with its options.');
  return proposal;
};

/**
 * Handles one append a call: the options first, then an event a message. A stopping server does not wait for further
 * events.
 */
export const append = async (
  call: ServerReadableStream<AppendReq, object>,
  appending: Appending,
  closing: AbortSignal,
): Promise<object> => {
  const stop = (): void => void call.destroy(shuttingDown());
  closing.addEventListener('abort', stop);
  const { target, ...proposal } = await proposalOf(call as AsyncIterable<AppendReq>, appending)
    .then((read) => ({ target: read.target, events: read.events() }))
    .finally(() => closing.removeEventListener('abort', stop));
  const { stream, expected } = target;
  const outcome = await appending.writes.append(stream, expected, proposal.events);
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
