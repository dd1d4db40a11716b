import type { RawEventStore, RawRecord } from '../../platform/event-store';
import { eventMessage } from './event-message';
import { resolve } from './links';
import type { FollowRequest, ReadRequest } from './read-request';
import type { StreamReader } from './stream-reader';
import { identifierOf, positionOf } from './wire';
import type { IdForm } from './wire';

export type Reading = { readonly store: RawEventStore; readonly reader: StreamReader };

type Shape = Pick<FollowRequest, 'resolveLinks' | 'idForm'>;

/** What goes out at once: made as it is taken, so that a slow caller has little of it in memory. */
export type Messages = Iterable<object>;

function* plain(records: readonly RawRecord[], idForm: IdForm): Generator<object> {
  for (const event of records) yield eventMessage({ event }, idForm);
}

/** The answers that carry these events, in their order. */
export async function* eventMessages(
  store: RawEventStore,
  records: readonly RawRecord[],
  { resolveLinks, idForm }: Shape,
): AsyncGenerator<Messages> {
  if (!resolveLinks) yield plain(records, idForm);
  else for (const record of records) yield [eventMessage(await resolve(store, record), idForm)];
}

async function* recordsOf(
  { store, reader }: Reading,
  request: ReadRequest,
): AsyncGenerator<readonly RawRecord[]> {
  const { from, direction, limit } = request;
  const isForwards = direction === 'forwards';
  // Nothing is after the end, or before the start.
  if (from === (isForwards ? 'end' : 'start')) return;
  if ('stream' in request) {
    const range = { direction, limit, ...(typeof from === 'number' ? { from } : {}) };
    yield* reader.read(request.stream, range);
    return;
  }
  const { filter } = request;
  // Forwards the event at a position is included, backwards it is not: so the original has it.
  const after = typeof from === 'number' ? { after: isForwards ? from - 1 : from } : {};
  const bound = filter === undefined ? { limit } : {};
  let left = limit;
  for await (const records of store.readAll({ direction, ...after, ...bound })) {
    const wanted = filter === undefined ? records : records.filter(filter.matches).slice(0, left);
    left -= wanted.length;
    yield wanted;
    if (left === 0) return;
  }
}

/** The answers to a read, until there is nothing more. */
export async function* read(reading: Reading, request: ReadRequest): AsyncGenerator<Messages> {
  if ('stream' in request && !(await reading.reader.exists(request.stream))) {
    yield [{ streamNotFound: { streamIdentifier: identifierOf(request.stream) } }];
    return;
  }
  for await (const records of recordsOf(reading, request))
    yield* eventMessages(reading.store, records, request);
}

export const checkpointOf = (position: number): object => ({ checkpoint: positionOf(position) });
