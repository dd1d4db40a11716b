import type { RawEventStore, RawRecord } from '../../platform/event-store';
import { checkpointOf, eventResponse } from './read';
import type { Reading } from './read';
import type { FollowRequest } from './read-request';

/** Events in their order, and between them what there is to say. `searched`: an event that a filter took out. */
export type Followed =
  | { readonly kind: 'event'; readonly record: RawRecord }
  | { readonly kind: 'searched'; readonly position: number }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'fell-behind' };

type Live = {
  readonly after: number;
  readonly isWanted: (record: RawRecord) => boolean;
  readonly signal: AbortSignal;
  /** There is nothing left to catch up with. */
  readonly isCaughtUp: boolean;
};

async function* followAll(store: RawEventStore, live: Live): AsyncGenerator<Followed> {
  let { isCaughtUp } = live;
  for await (const { records, caughtUp } of store.subscribe({ after: live.after, signal: live.signal })) {
    if (isCaughtUp && !caughtUp) yield { kind: 'fell-behind' };
    for (const { raw } of records)
      yield live.isWanted(raw)
        ? { kind: 'event', record: raw }
        : { kind: 'searched', position: raw.position };
    if (caughtUp && !isCaughtUp) yield { kind: 'caught-up' };
    isCaughtUp = caughtUp;
  }
}

async function* followStream(
  { store, reader }: Reading,
  { stream, from }: { readonly stream: string; readonly from: FollowRequest['from'] },
  signal: AbortSignal,
): AsyncGenerator<Followed> {
  // Where the store ends before the stream is read: whatever is written after that comes live.
  const after = store.head();
  let last = from === 'start' ? -1 : from === 'end' ? store.standing(stream).revision : from;
  await reader.exists(stream);
  const past = reader.read(stream, { from: last + 1, direction: 'forwards', limit: Number.MAX_SAFE_INTEGER });
  for await (const record of past) {
    if (signal.aborted) return;
    last = record.revision;
    yield { kind: 'event', record };
  }
  yield { kind: 'caught-up' };
  const isWanted = (record: RawRecord): boolean => record.stream === stream && record.revision > last;
  yield* followAll(store, { after, isWanted, signal, isCaughtUp: true });
}

/** What a subscription is told, from after its start until the signal aborts. */
export const follow = (
  reading: Reading,
  request: Pick<FollowRequest, 'from'> & ({ readonly stream: string } | Pick<FollowAll, 'filter'>),
  signal: AbortSignal,
): AsyncGenerator<Followed> => {
  if ('stream' in request) return followStream(reading, request, signal);
  const { from, filter } = request;
  const after = from === 'start' ? 0 : from === 'end' ? reading.store.head() : from;
  const isWanted = filter === undefined ? (): boolean => true : filter.matches;
  return followAll(reading.store, { after, isWanted, signal, isCaughtUp: false });
};

type FollowAll = Exclude<FollowRequest, { readonly stream: string }>;

/** The answers to a subscription. A filter that lets little through still tells how far it has looked. */
export async function* subscribe(
  reading: Reading,
  request: FollowRequest,
  { subscriptionId, signal }: { readonly subscriptionId: string; readonly signal: AbortSignal },
): AsyncGenerator<object> {
  yield { confirmation: { subscriptionId } };
  const every = 'filter' in request ? request.filter.checkpointEvery : undefined;
  let searched = 0;
  let lastSearched: number | undefined;
  for await (const step of follow(reading, request, signal)) {
    switch (step.kind) {
      case 'event':
        yield await eventResponse(reading.store, step.record, request);
        lastSearched = step.record.position;
        searched += 1;
        break;
      case 'searched':
        lastSearched = step.position;
        searched += 1;
        break;
      case 'caught-up':
        if (every !== undefined && lastSearched !== undefined) searched = every;
        break;
      case 'fell-behind':
        yield { fellBehind: {} };
        break;
    }
    if (every !== undefined && lastSearched !== undefined && searched >= every) {
      yield checkpointOf(lastSearched);
      searched = 0;
      lastSearched = undefined;
    }
    if (step.kind === 'caught-up') yield { caughtUp: {} };
  }
}
