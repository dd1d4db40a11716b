import type { Registry } from 'prom-client';
import { createPasswordHasher, createPasswords, type ErasureDeps } from '../../commands/account';
import { inProcessCommands } from '../../commands/client/in-process';
import { measuredCommands } from '../../commands/client/measured';
import { createNumbers, type Numbers } from '../../commands/numbering';
import { createPayments, type Payments } from '../../commands/payment';
import type { CommandClient } from '../../commands';
import { createUseCases } from '../../commands/use-cases';
import type { Millis } from '../../domain/kernel';
import { standInGeocoder } from '../../gateways/geocoding';
import { connectCommands, startCommandServer } from '../../gateways/grpc';
import type { Config } from '../../platform/config';
import type { StreamHeads } from '../../platform/event-store';
import {
  createAggregates,
  type Aggregates,
  type ExecutingAggregates,
  type SnapshotOptions,
} from '../../platform/execution';
import { publicUrls } from '../../platform/http-client';
import type { HealthCheck } from '../../platform/health';
import { hostPort } from '../../platform/listen';
import { snapshotsInReadModels } from '../../platform/read-models';
import { counter, type Gauge } from '../../platform/telemetry';
import { personLookUpsIn } from '../../projections/person-look-ups';
import type { Engines } from '../composition/engines';
import { foldFingerprint } from '../fingerprints/fold-fingerprint';
import { commandServersOf, commandServerTls } from '../composition/grpc-settings';
import type { Runtime } from '../program/runtime';
import type { Contribution } from './contribution';
import { paymentProvider, type NoticeTarget } from './payments';

/** The time that calls in progress have to end once the process stops. */
const DRAIN_MS = 3_000;

/** Command execution in this process: aggregates, use cases and the payment provider. */
export type CommandExecution = Contribution & {
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly commands: CommandClient;
  readonly payments: Payments;
  /** The further dependencies of erasures. */
  readonly erasing: Pick<ErasureDeps, 'people' | 'personKeys'>;
};

/** The snapshots of long streams: beside the events in the embedded store, or else among the read models. */
const snapshotsOf = (
  { embeddedStore, readModels }: Pick<Engines, 'embeddedStore' | 'readModels'>,
  metrics: Registry,
): SnapshotOptions => {
  const count = counter(metrics, {
    name: 'waybill_snapshots_total',
    help: 'Snapshots of long streams, by what became of each: `used`, `absent`, `unfit` (of other code, or damaged), `written`, `failed`.',
    labelNames: ['outcome'],
  });
  return {
    store: embeddedStore?.snapshots ?? snapshotsInReadModels(readModels),
    fold: foldFingerprint(),
    onOutcome: (outcome) => count({ outcome }, 1),
  };
};

const gaugesOf = (aggregates: ExecutingAggregates): readonly Gauge[] => [
  {
    name: 'waybill_stream_cache_bytes',
    help: 'The estimated memory of the states of streams that this process keeps.',
    labelNames: [],
    read: () => [{ labels: {}, value: aggregates.cacheSize().bytes }],
  },
  {
    name: 'waybill_stream_cache_streams',
    help: 'The streams whose states this process keeps.',
    labelNames: [],
    read: () => [{ labels: {}, value: aggregates.cacheSize().streams }],
  },
  {
    name: 'waybill_stream_longest_events',
    help: 'The events of the longest stream of a category that this process has read or written.',
    labelNames: ['category'],
    read: () =>
      aggregates.longestStreams().map(({ category, events }) => ({ labels: { category }, value: events })),
  },
];

/** @param engines - `embeddedStore` is undefined where the store is a server's. */
export const commandExecution = ({
  engines,
  heads,
  config,
  paymentNoticesTo,
  metrics,
  runtime,
}: {
  readonly engines: Pick<Engines, 'store' | 'embeddedStore' | 'readModels'> & Pick<ErasureDeps, 'personKeys'>;
  /** The subscription of this process. */
  readonly heads?: StreamHeads | undefined;
  readonly config: Parameters<typeof paymentProvider>[0] &
    Pick<
      Config,
      'paymentCapture' | 'paymentWindowSeconds' | 'taxCountry' | 'eventStorePort' | 'webhooksLoopback'
    >;
  /** Absent where this process serves no shop. */
  readonly paymentNoticesTo?: NoticeTarget | undefined;
  readonly metrics: Registry;
  readonly runtime: Runtime;
}): CommandExecution => {
  const { clock, random } = runtime;
  const { store, embeddedStore, readModels, personKeys } = engines;
  // Over EventStoreDB's protocol other programs append to the store, too.
  const soleWriter = embeddedStore !== undefined && config.eventStorePort === undefined;
  const aggregates = createAggregates({
    store,
    soleWriter,
    snapshots: snapshotsOf(engines, metrics),
    heads,
    ...runtime,
  });
  const numbers = createNumbers({ aggregates, clock, random });
  const provider = paymentProvider(config, readModels, runtime, paymentNoticesTo);
  const takesAtDispatch = config.paymentCapture === 'at-dispatch';
  const payments = createPayments({ aggregates, provider, takesAtDispatch, ...runtime });
  const hasher = createPasswordHasher(runtime);
  const passwords = createPasswords(random, hasher);
  const erasing = { people: personLookUpsIn(readModels, { store, clock }), personKeys };
  const useCases = createUseCases({
    ...runtime,
    ...erasing,
    aggregates,
    numbers,
    geocoder: standInGeocoder,
    provider,
    ...payments,
    passwords,
    webhookUrls: publicUrls({ clock, allowsLoopback: config.webhooksLoopback }),
    payWithin: (config.paymentWindowSeconds * 1_000) as Millis,
    ...(config.taxCountry === undefined ? {} : { taxCountry: config.taxCountry }),
  });
  const commands = inProcessCommands(useCases, { clock });
  return {
    aggregates,
    numbers,
    commands: measuredCommands(commands, { metrics, clock }),
    payments,
    erasing,
    metrics: gaugesOf(aggregates),
    stop: [
      { name: 'password hashing', close: () => hasher.close() },
      { name: 'commands', close: () => commands.close() },
    ],
  };
};

const healthOf = (commands: CommandClient): readonly HealthCheck[] => [
  {
    name: 'commands',
    check: () =>
      commands.healthy() ? { ready: true } : { ready: false, detail: 'No command server answers.' },
  },
];

/**
 * Returns the client through which this process sends commands: its own use cases, or a connection to other processes.
 *
 * @param own - the use cases of this process; undefined where it must use those of others.
 */
export const commandClient = ({
  own,
  config,
  token,
  runtime,
}: {
  readonly own: CommandClient | undefined;
  readonly config: Pick<Config, 'commands' | 'grpcTlsCa'>;
  readonly token: string;
  readonly runtime: Runtime;
}): Contribution & { readonly commands: CommandClient } => {
  if (own !== undefined) return { commands: own, health: healthOf(own) };
  const commands = connectCommands({ ...commandServersOf(config), token, ...runtime });
  return {
    commands,
    health: healthOf(commands),
    stop: [{ name: 'command connection', close: () => commands.close() }],
  };
};

/** Serves the use cases over gRPC. */
export const commandsRole = async ({
  commands,
  config,
  token,
  runtime,
}: {
  readonly commands: CommandClient;
  readonly config: Pick<Config, 'host' | 'grpcPort' | 'grpcTlsCert' | 'grpcTlsKey'>;
  readonly token: string;
  readonly runtime: Runtime;
}): Promise<Contribution & { readonly address: string }> => {
  const { host, grpcPort: port } = config;
  const tls = commandServerTls(config);
  const server = await startCommandServer({ commands, host, port, token, tls, ...runtime });
  return {
    address: hostPort({ host, port: server.port }),
    stop: [{ name: 'gRPC', close: () => server.close(DRAIN_MS) }],
  };
};
