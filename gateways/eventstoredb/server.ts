import { setMaxListeners } from 'node:events';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { Millis } from '../../domain/kernel';
import type { Clock, Random } from '../../platform/clock';
import { uuidBytes } from '../../platform/event-store';
import type { EmbeddedEventStore } from '../../platform/event-store';
import { uuidV5, uuidV7 } from '../../platform/ids';
import { silentLogger } from '../../platform/telemetry';
import type { Logger } from '../../platform/telemetry';
import { admissionOf, guardedWrites } from './access';
import type { AccessOptions } from './access';
import { append } from './append';
import { batchAppend } from './batch-append';
import { clientStream, duplexStream, serverStream, unary } from './calls';
import type { Gate } from './calls';
import { clusterInfo, endpointOf, supportedMethods } from './cluster';
import type { Member } from './cluster';
import { deleteStream, tombstoneStream } from './delete';
import { subscribe } from './follow';
import { openFront } from './front';
import type { TlsIdentity } from './front';
import { httpServer } from './http';
import type { AppendReq, BatchAppendReq, DeleteReq, ReadReq } from './messages';
import { Groups, Journal, persistentHandlers } from './persistent';
import { pipelined } from './pipelined';
import { APPEND_BYTES_MAX } from './proposal';
import { read } from './read';
import type { Reading } from './read';
import { readRequestOf } from './read-request';
import { RecentEvents } from './recent-events';
import { featuresService, gossipService, persistentService, streamsService } from './services';
import { StreamMetadata } from './stream-metadata';
import { StreamReader } from './stream-reader';
import { StreamWriter } from './stream-writer';
import type { StreamWrites } from './stream-writer';
import { wholeCalls } from './whole-calls';

export type EventStoreServerOptions = AccessOptions & {
  readonly store: Pick<EmbeddedEventStore, 'raw'>;
  /** The address to listen on, e.g. `127.0.0.1`. */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger?: Logger;
  /** As PEM: then only TLS is accepted. */
  readonly tls?: TlsIdentity | undefined;
  /**
   * The number of events that may wait for a live subscription. If more wait, it is ended, as EventStoreDB does with 32, and
   * the client subscribes again. Default: no limit, because the consumer's pace decides.
   */
  readonly liveBufferMax?: number | undefined;
};

export type EventStoreServer = {
  readonly host: string;
  readonly port: number;
  /**
   * Accepts no new connections, ends subscriptions with a request to reconnect, answers the writes in progress, and
   * closes. The store stays open. After `drainMs` it cuts the remaining connections.
   */
  close(drainMs?: number): Promise<void>;
};

const DRAIN_MS = 2_000;
/** Like the original's: an append that is too large for the store still gets its error. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
/** The limit of one connection's open calls, including subscriptions; like the original's. Further ones wait. */
const CALLS_MAX = 100;
/** The interval and time-out of the ping that detects a vanished caller; like the original's. */
const PING_MS = { every: 10_000, patience: 10_000 };

type Parts = {
  readonly gate: Gate;
  readonly reading: Reading;
  readonly writes: StreamWrites;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly liveBufferMax: number | undefined;
  readonly member: Member;
  readonly journal: Journal;
  readonly groups: Groups;
};

const addStreams = (grpc: Server, { gate, reading, writes, newId, clock, liveBufferMax }: Parts): void => {
  const appending = { writes, clock, appendBytesMax: APPEND_BYTES_MAX };
  grpc.addService(streamsService, {
    Read: serverStream<ReadReq>(gate, (message, signal) => {
      const request = readRequestOf(message);
      return 'follow' in request
        ? subscribe(reading, request.follow, { subscriptionId: newId(), clock, signal, liveBufferMax })
        : read(reading, request.read);
    }),
    Append: clientStream<AppendReq>(gate, (call, closing) => append(call, appending, closing)),
    BatchAppend: duplexStream<BatchAppendReq>(gate, (duplex) => batchAppend(duplex, appending)),
    Delete: unary<DeleteReq>(gate, (message) => deleteStream(message, writes)),
    Tombstone: unary<DeleteReq>(gate, (message) => tombstoneStream(message, writes)),
  });
};

const addPersistent = (grpc: Server, { gate, groups, journal, reading }: Parts): void =>
  grpc.addService(persistentService, persistentHandlers({ gate, groups, journal, store: reading.store }));

/** Adds the services for discovery, which clients call before they authenticate; the original permits that too. */
const addCluster = (grpc: Server, { gate: { closing, logger }, member }: Parts, port: () => number): void => {
  const gate: Gate = { check: () => undefined, closing, logger };
  grpc.addService(gossipService, {
    Read: unary(gate, (_, call) => clusterInfo(member, endpointOf(call.getHost(), port()))),
  });
  grpc.addService(featuresService, { GetSupportedMethods: unary(gate, supportedMethods) });
};

const partsOf = async (options: EventStoreServerOptions, closing: AbortSignal): Promise<Parts> => {
  const { clock, random, logger = silentLogger } = options;
  const store = options.store.raw;
  const newId = (): string => uuidV7(clock, random);
  const metadata = new StreamMetadata(store);
  const recent = new RecentEvents();
  await recent.warmUp(store);
  const reader = new StreamReader(store, metadata, clock);
  const reading = { store, reader };
  const writer = new StreamWriter({ store, metadata, recent, clock, random });
  const journal = new Journal({ store, reader, writer, clock, random, logger });
  const groups = new Groups({ reading, journal, clock, random, logger });
  await groups.load();
  return {
    gate: { check: admissionOf(options), closing, logger },
    reading,
    writes: guardedWrites(writer, options),
    journal,
    groups,
    newId,
    clock,
    liveBufferMax: options.liveBufferMax,
    // Some clients verify that it is a UUID, and accept versions 1 to 5 only.
    member: { instanceId: uuidBytes(uuidV5(newId(), 'instance')), clock },
  };
};

/**
 * Serves EventStoreDB's gRPC protocol, and the HTTP pages for its clients, over the embedded store.
 *
 * @throws Fault `PORT_IN_USE`, `CONFIG_INVALID` if it cannot listen on the given address.
 */
export const startEventStoreServer = async (options: EventStoreServerOptions): Promise<EventStoreServer> => {
  const { clock, host, logger = silentLogger } = options;
  const closing = new AbortController();
  // One listener for each open call.
  setMaxListeners(0, closing.signal);
  const parts = await partsOf(options, closing.signal);
  const grpc = new Server({
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': CALLS_MAX,
    'grpc.keepalive_time_ms': PING_MS.every,
    'grpc.keepalive_timeout_ms': PING_MS.patience,
    interceptors: [wholeCalls, pipelined],
  });
  addStreams(grpc, parts);
  addPersistent(grpc, parts);
  addCluster(grpc, parts, () => front.port);
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const http = httpServer(parts.member);
  const front = await openFront({
    host,
    port: options.port,
    clock,
    tls: options.tls,
    onHttp2: (socket) => injector.injectConnection(socket),
    onHttp1: (socket) => http.emit('connection', socket),
  });
  logger.info({ host, port: front.port }, 'EventStoreDB protocol is served');
  const close = async (drainMs: number): Promise<void> => {
    front.stop();
    closing.abort();
    await parts.groups.close();
    await new Promise<void>((resolve) => {
      const timer = clock.after(drainMs as Millis, resolve);
      grpc.tryShutdown(() => {
        timer.cancel();
        resolve();
      });
    });
    injector.destroy();
    grpc.forceShutdown();
    await front.cut();
  };
  let closed: Promise<void> | undefined;
  return { host, port: front.port, close: (drainMs = DRAIN_MS) => (closed ??= close(drainMs)) };
};
