import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type { RawEventStore } from '../../../platform/event-store';
import { duplexStream, unary } from '../calls';
import type { Duplex, Gate } from '../calls';
import { invalid } from '../errors';
import type { Int64, StreamIdentifier, Uuid, UuidOption } from '../messages';
import { eventMessage } from '../event-message';
import { idFormOf, idOf, numberOf, streamNameOf } from '../wire';
import type { Seat } from './consumers';
import type { NackAction } from './group';
import { doesNotExist } from './group-errors';
import type { Groups } from './groups';
import { infoOf } from './info';
import type { Journal } from './journal';
import { keyOf } from './names';
import type { GroupName } from './names';
import { ALL } from './settings';
import type { GroupOptions } from './settings';

type SourceOption = {
  readonly streamOption?: 'streamIdentifier' | 'all';
  readonly streamIdentifier?: StreamIdentifier | null;
};
type NamedOptions = SourceOption & { readonly groupName: string };
type NamedReq = { readonly options?: NamedOptions | null };
type GroupReq = { readonly options?: GroupOptions | null };

type ReplayReq = {
  readonly options?:
    (NamedOptions & { readonly stopAtOption?: 'stopAt' | 'noLimit'; readonly stopAt: Int64 }) | null;
};

type ListReq = {
  readonly options?: {
    readonly listForStream?: {
      readonly streamOption?: 'stream' | 'all';
      readonly stream?: StreamIdentifier | null;
    } | null;
  } | null;
};

type ReadReq = {
  readonly options?:
    (NamedOptions & { readonly bufferSize: number; readonly uuidOption?: UuidOption }) | null;
  readonly ack?: { readonly ids: readonly Uuid[] } | null;
  readonly nack?: { readonly ids: readonly Uuid[]; readonly action: number; readonly reason: string } | null;
};

const BUFFER_MAX = 10_000;
const actions: readonly NackAction[] = ['unknown', 'park', 'retry', 'skip', 'stop'];

const present = <Options>(options: Options | null | undefined): Options => {
  if (options === null || options === undefined) throw invalid('The options are missing.');
  return options;
};

const nameOf = (options: NamedOptions): GroupName => ({
  source: options.streamOption === 'all' ? ALL : streamNameOf(options.streamIdentifier),
  group: options.groupName,
});

export type PersistentParts = {
  readonly gate: Gate;
  readonly groups: Groups;
  readonly journal: Journal;
  readonly store: RawEventStore;
};

/** Handles one consumer: its first message names the group, the others settle events. */
const consume = ({ call, fail, signal }: Duplex<ReadReq>, { groups }: PersistentParts): void => {
  let seat: Seat | undefined;
  let leave: () => void = () => undefined;

  const join = (options: NonNullable<ReadReq['options']>): void => {
    if (options.bufferSize <= 0) throw invalid('The buffer size is positive.');
    const group = groups.get(nameOf(options));
    const idForm = idFormOf(options.uuidOption);
    const name = call.metadata.get('connection-name')[0]?.toString() ?? '';
    const joined = group.join({
      name,
      from: call.getPeer(),
      bufferSize: Math.min(BUFFER_MAX, options.bufferSize),
      send: ({ resolved, retries }) => call.write(eventMessage(resolved, idForm, retries)),
      drop: fail,
    });
    seat = joined;
    call.on('drain', () => group.goOn(joined));
    leave = () => group.leave(joined);
    // Only after the group has accepted the consumer, and before the first event. Some clients verify the group by it.
    call.write({ subscriptionConfirmation: { subscriptionId: keyOf(group.config) } });
    group.goOn(joined);
    answer = (message) => {
      if (message.ack) group.ack(joined, message.ack.ids.map(idOf));
      else if (message.nack) {
        const { ids, action, reason } = message.nack;
        group
          .nack(joined, ids.map(idOf), { action: actions[action] ?? 'unknown', reason })
          .catch((error: unknown) => fail(error));
      }
    };
  };

  let answer: (message: ReadReq) => void = () => {
    throw invalid('A consumer begins with its options.');
  };

  call.on('data', (message: ReadReq) => {
    try {
      if (message.options && seat === undefined) join(message.options);
      else answer(message);
    } catch (error) {
      fail(error);
    }
  });
  call.on('end', () => {
    leave();
    call.end();
  });
  signal.addEventListener('abort', () => leave());
};

export const persistentHandlers = (parts: PersistentParts): UntypedServiceImplementation => {
  const { gate, groups, journal, store } = parts;
  return {
    Create: unary<GroupReq>(gate, async ({ options }) => {
      await groups.create(present(options));
      return {};
    }),
    Update: unary<GroupReq>(gate, async ({ options }) => {
      await groups.update(present(options));
      return {};
    }),
    Delete: unary<NamedReq>(gate, async ({ options }) => {
      await groups.delete(nameOf(present(options)));
      return {};
    }),
    Read: duplexStream<ReadReq>(gate, (duplex) => consume(duplex, parts)),
    GetInfo: unary<NamedReq>(gate, async ({ options }) => ({
      subscriptionInfo: await infoOf(groups.get(nameOf(present(options))), store, journal),
    })),
    ReplayParked: unary<ReplayReq>(gate, async ({ options: given }) => {
      const options = present(given);
      const limit = options.stopAtOption === 'stopAt' ? numberOf(options.stopAt) : Number.MAX_SAFE_INTEGER;
      await groups.get(nameOf(options)).replay(limit);
      return {};
    }),
    List: unary<ListReq>(gate, async ({ options }) => {
      const only = present(options).listForStream;
      const source = only && (only.streamOption === 'all' ? ALL : streamNameOf(only.stream));
      const found = groups.list(source ?? undefined);
      if (source && found.length === 0) throw doesNotExist({ source, group: '' });
      return { subscriptions: await Promise.all(found.map((group) => infoOf(group, store, journal))) };
    }),
    RestartSubsystem: unary(gate, async () => {
      await groups.restart();
      return {};
    }),
  };
};
