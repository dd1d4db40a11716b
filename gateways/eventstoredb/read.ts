import type { RawEventStore, RawRecord } from '../../platform/event-store';
import { eventMessage } from './event-message';
import { resolve } from './links';
import type { FollowRequest, ReadRequest } from './read-request';
import type { StreamReader } from './stream-reader';
import { identifierOf, positionOf } from './wire';
import type { IdForm } from './wire';

export type Reading = { readonly store: RawEventStore; readonly reader: StreamReader };

/**
 * The number of events of a stream that the original reads first. If it finds none there, it reports the first existing
 * one.
 */
const FIRST_PAGE = 32;

type Shape = Pick<FollowRequest, 'resolveLinks' | 'idForm'>;

/** The messages of one step, made on demand, so that a slow caller keeps few in memory. */
export type Messages = Iterable<object>;

function* plain(records: readonly RawRecord[], idForm: IdForm): Generator<object> {
  for (const event of records) yield eventMessage({ event }, idForm);
}

/** Yields the answers with these events, in order. */
export async function* eventMessages(
  reader: StreamReader,
  records: readonly RawRecord[],
  { resolveLinks, idForm }: Shape,
): AsyncGenerator<Messages> {
  if (!resolveLinks) yield plain(records, idForm);
  else for (const record of records) yield [eventMessage(await resolve(reader, record), idForm)];
}

async function* recordsOf(
  { store, reader }: Reading,
  request: ReadRequest,
): AsyncGenerator<readonly RawRecord[]> {
  const { from, direction, limit } = request;
  const isForwards = direction === 'forwards';
  if ('stream' in request) {
    // The first event is at the start, and is included when reading backwards too.
    const start = from === 'start' ? 0 : from;
    yield* reader.read(request.stream, {
      direction,
      limit,
      ...(typeof start === 'number' ? { from: start } : {}),
    });
    return;
  }
  // No event is after the end, or before the start.
  if (from === (isForwards ? 'end' : 'start')) return;
  const { filter } = request;
  // Forwards the event at a position is included, backwards it is not, as in the original.
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

/** Yields the answers to a read, until there are no more. */
export async function* read(reading: Reading, request: ReadRequest): AsyncGenerator<Messages> {
  if ('stream' in request && !(await reading.reader.exists(request.stream))) {
    yield [{ streamNotFound: { streamIdentifier: identifierOf(request.stream) } }];
    return;
  }
  if ('stream' in request && request.tellsBounds) yield* readWithBounds(reading, request);
  else
    for await (const records of recordsOf(reading, request))
      yield* eventMessages(reading.reader, records, request);
}

type StreamRead = ReadRequest & { readonly stream: string };

/** Returns the first event of the stream for a forward read that found none in its first step. */
const firstPositionOf = (
  { store }: Reading,
  { stream, from, direction, limit }: StreamRead,
  first: RawRecord | undefined,
): number | undefined => {
  if (direction === 'backwards') return undefined;
  const start = typeof from === 'number' ? from : 0;
  const next = first?.revision ?? store.standing(stream).revision + 1;
  const isBehind = first === undefined || next >= start + Math.min(limit, FIRST_PAGE);
  return isBehind && next !== start ? next : undefined;
};

async function* readWithBounds(reading: Reading, request: StreamRead): AsyncGenerator<Messages> {
  let isFirst = true;
  const begin = (record?: RawRecord): Messages => {
    const firstStreamPosition = isFirst ? firstPositionOf(reading, request, record) : undefined;
    isFirst = false;
    return firstStreamPosition === undefined ? [] : [{ firstStreamPosition }];
  };
  for await (const records of recordsOf(reading, request)) {
    yield begin(records[0]);
    yield* eventMessages(reading.reader, records, request);
  }
  yield begin();
  yield [{ lastStreamPosition: reading.store.standing(request.stream).revision }];
}

export const checkpointOf = (position: number): object => ({ checkpoint: positionOf(position) });
