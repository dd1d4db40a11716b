import type { RawEventStore, RawRecord } from '../../platform/event-store';
import { resolve } from './links';
import type { Resolved } from './links';
import type { FollowRequest, ReadRequest } from './read-request';
import type { StreamReader } from './stream-reader';
import { identifierOf, positionOf, recordedEventOf } from './wire';
import type { IdForm } from './wire';

export type Reading = { readonly store: RawEventStore; readonly reader: StreamReader };

type Shape = Pick<FollowRequest, 'resolveLinks' | 'idForm'>;

/** The fields of an event as it is sent, plain or through a link. */
export const readEventOf = ({ event, link }: Resolved, idForm: IdForm): object => {
  const original = link ?? event;
  return {
    ...(event === undefined ? {} : { event: recordedEventOf(event, idForm) }),
    ...(link === undefined ? {} : { link: recordedEventOf(link, idForm) }),
    ...(original === undefined ? { noPosition: {} } : { commitPosition: original.position }),
  };
};

export const eventResponse = async (
  store: RawEventStore,
  record: RawRecord,
  { resolveLinks, idForm }: Shape,
): Promise<object> => ({
  event: readEventOf(resolveLinks ? await resolve(store, record) : { event: record }, idForm),
});

async function* recordsOf({ store, reader }: Reading, request: ReadRequest): AsyncGenerator<RawRecord> {
  const { from, direction, limit } = request;
  const isForwards = direction === 'forwards';
  // Nothing is after the end, or before the start.
  if (from === (isForwards ? 'end' : 'start')) return;
  if ('stream' in request) {
    const range = { direction, limit, ...(typeof from === 'number' ? { from } : {}) };
    yield* reader.read(request.stream, range);
    return;
  }
  // Forwards the event at a position is included, backwards it is not: so the original has it.
  const after = typeof from === 'number' ? { after: isForwards ? from - 1 : from } : {};
  let left = limit;
  for await (const records of store.readAll({ direction, ...after })) {
    for (const record of records) {
      if (request.filter && !request.filter.matches(record)) continue;
      yield record;
      if (--left === 0) return;
    }
  }
}

/** The answers to a read, until there is nothing more. */
export async function* read(reading: Reading, request: ReadRequest): AsyncGenerator<object> {
  if ('stream' in request && !(await reading.reader.exists(request.stream))) {
    yield { streamNotFound: { streamIdentifier: identifierOf(request.stream) } };
    return;
  }
  for await (const record of recordsOf(reading, request))
    yield request.resolveLinks
      ? await eventResponse(reading.store, record, request)
      : { event: readEventOf({ event: record }, request.idForm) };
}

export const checkpointOf = (position: number): object => ({ checkpoint: positionOf(position) });
