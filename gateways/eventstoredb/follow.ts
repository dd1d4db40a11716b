import { epochMsOf } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { NO_STREAM, TOMBSTONE_TYPE } from '../../platform/event-store';
import type { RawEventStore, RawRecord } from '../../platform/event-store';
import { consumerTooSlow, streamDeleted } from './errors';
import { eventMessage } from './event-message';
import { resolve } from './links';
import type { Resolved } from './links';
import { checkpointOf } from './read';
import type { Messages, Reading } from './read';
import type { FollowRequest } from './read-request';
import { positionOf } from './wire';

const BEFORE_ALL = 0;

/** Returns the revision of the stream, or the position, after which a subscription begins. */
const startOf = ({ store }: Reading, request: FollowRequest): number => {
  const { from } = request;
  if (typeof from === 'number') return from;
  if ('stream' in request) return from === 'start' ? NO_STREAM : store.standing(request.stream).revision;
  return from === 'start' ? BEFORE_ALL : store.head();
};

/** Events in order, with messages between them. `searched`: an event that a filter excluded. */
export type Followed =
  | { readonly kind: 'event'; readonly record: RawRecord }
  | { readonly kind: 'searched'; readonly position: number }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'fell-behind' };

type Live = {
  readonly after: number;
  readonly isWanted: (record: RawRecord) => boolean;
  readonly signal: AbortSignal;
  /** True if no further event exists at the moment. */
  readonly isCaughtUp: boolean;
  /** True before the first event of a stream that does not exist yet, which has not caught up. */
  readonly awaitsFirst?: boolean;
  /** See `EventStoreServerOptions`. */
  readonly liveBufferMax?: number | undefined;
};

async function* followAll(store: RawEventStore, live: Live): AsyncGenerator<readonly Followed[]> {
  const { liveBufferMax = Number.MAX_SAFE_INTEGER } = live;
  let { isCaughtUp, awaitsFirst = false } = live;
  for await (const { records, caughtUp } of store.subscribe({ after: live.after, signal: live.signal })) {
    const steps: Followed[] = [];
    const isTooSlow = isCaughtUp && records.length > liveBufferMax;
    if (isCaughtUp && !caughtUp && !isTooSlow) steps.push({ kind: 'fell-behind' });
    for (const { raw } of isTooSlow ? records.slice(0, liveBufferMax) : records) {
      const isWanted = live.isWanted(raw);
      if (isWanted) awaitsFirst = false;
      steps.push(isWanted ? { kind: 'event', record: raw } : { kind: 'searched', position: raw.position });
    }
    if (caughtUp && !isCaughtUp && !awaitsFirst) steps.push({ kind: 'caught-up' });
    yield steps;
    if (isTooSlow) throw consumerTooSlow();
    isCaughtUp = caughtUp && !awaitsFirst;
  }
}

async function* followStream(
  { store, reader }: Reading,
  {
    stream,
    from,
    liveBufferMax,
  }: { readonly stream: string; readonly from: number } & Pick<Live, 'liveBufferMax'>,
  signal: AbortSignal,
): AsyncGenerator<readonly Followed[]> {
  // The end of the store before the stream is read: all later events come live.
  const after = store.head();
  let last = from;
  let isThere = await reader.exists(stream);
  const past = reader.read(stream, { from: last + 1, direction: 'forwards', limit: Number.MAX_SAFE_INTEGER });
  for await (const records of past) {
    if (signal.aborted) return;
    isThere = true;
    last = records.at(-1)?.revision ?? last;
    yield records.map((record) => ({ kind: 'event', record }));
  }
  if (isThere) yield [{ kind: 'caught-up' }];
  const isWanted = (record: RawRecord): boolean => record.stream === stream && record.revision > last;
  const live = { after, isWanted, signal, isCaughtUp: isThere, awaitsFirst: !isThere, liveBufferMax };
  for await (const steps of followAll(store, live)) {
    const end = steps.findIndex((step) => step.kind === 'event' && step.record.type === TOMBSTONE_TYPE);
    yield end < 0 ? steps : steps.slice(0, end + 1);
    if (end >= 0) throw streamDeleted(stream);
  }
}

/**
 * Yields a subscription's messages until the signal aborts. One to a stream also ends with the stream.
 *
 * @param request - `from`: the revision of the stream, or the position, after which it begins.
 * @throws ProtocolError for an erased stream, after the event that records the erasure.
 */
export const follow = (
  reading: Reading,
  request: { readonly from: number } & Pick<Live, 'liveBufferMax'> &
    ({ readonly stream: string } | Pick<FollowAll, 'filter'>),
  signal: AbortSignal,
): AsyncGenerator<readonly Followed[]> => {
  if ('stream' in request) return followStream(reading, request, signal);
  const { from: after, filter, liveBufferMax } = request;
  const isWanted = filter === undefined ? (): boolean => true : filter.matches;
  return followAll(reading.store, { after, isWanted, signal, isCaughtUp: false, liveBufferMax });
};

type FollowAll = Exclude<FollowRequest, { readonly stream: string }>;

/** Yields the position that a filter has reached, at intervals, for a filter that excludes most events. */
class Checkpoints {
  private searched = 0;
  private last: number | undefined;

  /** @param every - the number of events between checkpoints; undefined for none. */
  constructor(private readonly every: number | undefined) {}

  /** @returns the checkpoint that is now due. */
  pass(position: number): readonly object[] {
    this.last = position;
    this.searched += 1;
    return this.searched === this.every ? this.take() : [];
  }

  /** Returns a last checkpoint when there are no further events at the moment. */
  take(): readonly object[] {
    if (this.every === undefined || this.last === undefined) return [];
    const checkpoint = checkpointOf(this.last);
    this.searched = 0;
    this.last = undefined;
    return [checkpoint];
  }
}

/**
 * Returns the time and place at which a subscription caught up or fell behind. Empty before the first event, because
 * clients require a place with a time.
 */
const whereabouts = (ofStream: boolean, place: number, clock: Clock): object => {
  if (place <= (ofStream ? NO_STREAM : BEFORE_ALL)) return {};
  const now = epochMsOf(clock.now());
  const timestamp = { seconds: Math.floor(now / 1_000), nanos: (now % 1_000) * 1_000_000 };
  return { timestamp, ...(ofStream ? { streamRevision: place } : { position: positionOf(place) }) };
};

export type SubscribeOptions = {
  readonly subscriptionId: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** See `EventStoreServerOptions`. */
  readonly liveBufferMax?: number | undefined;
};

/** Yields the answers to a subscription. With a filter that excludes most events it still reports its position. */
export async function* subscribe(
  reading: Reading,
  request: FollowRequest,
  { subscriptionId, clock, signal, liveBufferMax }: SubscribeOptions,
): AsyncGenerator<Messages> {
  const ofStream = 'stream' in request;
  // For an erased stream the error comes before any confirmation.
  if (ofStream) await reading.reader.exists(request.stream);
  // Fixed before the confirmation: events that are written after it are after "the end".
  const from = startOf(reading, request);
  yield [{ confirmation: { subscriptionId } }];
  const checkpoints = new Checkpoints('filter' in request ? request.filter.checkpointEvery : undefined);
  let place = from;
  function* messagesOf(steps: readonly Followed[], resolved?: Resolved): Generator<object> {
    for (const step of steps) {
      if (step.kind === 'fell-behind') yield { fellBehind: whereabouts(ofStream, place, clock) };
      else if (step.kind === 'caught-up') {
        yield* checkpoints.take();
        yield { caughtUp: whereabouts(ofStream, place, clock) };
      } else {
        if (step.kind === 'event') {
          place = ofStream ? step.record.revision : step.record.position;
          yield eventMessage(resolved ?? { event: step.record }, request.idForm);
        } else if (!ofStream) place = step.position;
        yield* checkpoints.pass(step.kind === 'event' ? step.record.position : step.position);
      }
    }
  }

  for await (const steps of follow(reading, { ...request, from, liveBufferMax }, signal)) {
    if (!request.resolveLinks) yield messagesOf(steps);
    else
      for (const step of steps)
        yield messagesOf(
          [step],
          step.kind === 'event' ? await resolve(reading.reader, step.record) : undefined,
        );
  }
}
