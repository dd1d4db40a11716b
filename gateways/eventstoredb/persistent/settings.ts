import { invalid } from '../errors';
import { failed } from './group-errors';
import type { GroupName } from './names';
import type { AllStart, FilterOptions, Int64, StreamIdentifier, StreamStart } from '../messages';
import { groupNameOf, numberOf, streamNameOf } from '../wire';

export type Strategy = 'DispatchToSingle' | 'RoundRobin' | 'Pinned' | 'PinnedByCorrelation';

export const strategies: readonly Strategy[] = [
  'DispatchToSingle',
  'RoundRobin',
  'Pinned',
  'PinnedByCorrelation',
];

/** The settings of a group. Times in milliseconds. */
export type GroupSettings = {
  readonly resolveLinks: boolean;
  readonly extraStatistics: boolean;
  /** The time limit of a consumer for one event; 0 for none. */
  readonly messageTimeoutMs: number;
  /** An event that failed more often is parked; -1: at once, like 0. */
  readonly maxRetryCount: number;
  readonly checkpointAfterMs: number;
  readonly minCheckpointCount: number;
  readonly maxCheckpointCount: number;
  /** 0 or less: unlimited. */
  readonly maxSubscriberCount: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  /** The number of events in memory; also the limit of one read. */
  readonly historyBufferSize: number;
  readonly strategy: Strategy;
};

export type GroupFilter = {
  readonly on: 'stream' | 'type';
  readonly regex: string;
  readonly prefixes: readonly string[];
};

/** The requested start: a revision or position, the start, or the end. */
export type StartFrom = number | 'start' | 'end';

/**
 * A stored group. `source`: a stream's name, or `$all`. `startAfter`: the start as it was when the group was created.
 */
export type GroupConfig = {
  readonly source: string;
  readonly group: string;
  readonly startFrom: StartFrom;
  readonly startAfter: number;
  readonly filter?: GroupFilter;
  readonly settings: GroupSettings;
};

export const ALL = '$all';

export type SettingsMessage = {
  readonly resolveLinks: boolean;
  readonly revision: Int64;
  readonly extraStatistics: boolean;
  readonly maxRetryCount: number;
  readonly minCheckpointCount: number;
  readonly maxCheckpointCount: number;
  readonly maxSubscriberCount: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  readonly historyBufferSize: number;
  readonly namedConsumerStrategy: number;
  readonly messageTimeout?: 'messageTimeoutTicks' | 'messageTimeoutMs';
  readonly messageTimeoutTicks: Int64;
  readonly messageTimeoutMs: number;
  readonly checkpointAfter?: 'checkpointAfterTicks' | 'checkpointAfterMs';
  readonly checkpointAfterTicks: Int64;
  readonly checkpointAfterMs: number;
  readonly consumerStrategy?: string;
};

export type GroupOptions = {
  readonly streamOption?: 'stream' | 'all';
  readonly stream?: StreamStart | null;
  readonly all?:
    (AllStart & { readonly filterOption?: string; readonly filter?: FilterOptions | null }) | null;
  readonly streamIdentifier?: StreamIdentifier | null;
  readonly groupName: string;
  readonly settings?: SettingsMessage | null;
};

const TICKS_A_MS = 10_000;
const HISTORY_MAX = 100_000;

type Refuse = (reason: string) => Error;

const strategyOf = (
  { consumerStrategy, namedConsumerStrategy }: SettingsMessage,
  refuse: Refuse,
): Strategy => {
  const strategy = consumerStrategy
    ? strategies.find((each) => each === consumerStrategy)
    : strategies[namedConsumerStrategy];
  if (strategy === undefined)
    throw refuse(`"${consumerStrategy ?? namedConsumerStrategy}" is no consumer strategy.`);
  return strategy;
};

const messageTimeoutOf = ({
  messageTimeout,
  messageTimeoutTicks,
  messageTimeoutMs,
}: SettingsMessage): number =>
  messageTimeout === 'messageTimeoutTicks' ? numberOf(messageTimeoutTicks) / TICKS_A_MS : messageTimeoutMs;

const checkpointAfterOf = ({
  checkpointAfter,
  checkpointAfterTicks,
  checkpointAfterMs,
}: SettingsMessage): number =>
  checkpointAfter === 'checkpointAfterTicks'
    ? numberOf(checkpointAfterTicks) / TICKS_A_MS
    : checkpointAfterMs;

/** @throws ProtocolError for impossible settings. */
export const settingsOf = ({ settings }: GroupOptions, name: GroupName): GroupSettings => {
  if (!settings) throw invalid('The settings are missing.');
  const refuse: Refuse = (reason) => failed(name, reason);
  const notNegative = (value: number, what: string): number => {
    if (value < 0) throw refuse(`${what} is not negative.`);
    return value;
  };
  if (settings.readBatchSize >= settings.historyBufferSize)
    throw refuse('The read batch size is less than the history buffer size.');
  return {
    resolveLinks: settings.resolveLinks,
    extraStatistics: settings.extraStatistics,
    messageTimeoutMs: notNegative(messageTimeoutOf(settings), 'The message timeout'),
    maxRetryCount: settings.maxRetryCount,
    checkpointAfterMs: notNegative(checkpointAfterOf(settings), 'The time between checkpoints'),
    minCheckpointCount: notNegative(settings.minCheckpointCount, 'The least checkpoint count'),
    maxCheckpointCount: notNegative(settings.maxCheckpointCount, 'The greatest checkpoint count'),
    maxSubscriberCount: settings.maxSubscriberCount,
    liveBufferSize: notNegative(settings.liveBufferSize, 'The live buffer size'),
    readBatchSize: notNegative(settings.readBatchSize, 'The read batch size'),
    historyBufferSize: Math.min(HISTORY_MAX, settings.historyBufferSize),
    strategy: strategyOf(settings, refuse),
  };
};

const orEnd = (place: number): StartFrom => (Number.isSafeInteger(place) ? place : 'end');

/** Returns a stream's name and the start; older clients send both beside the settings. */
const ofStream = (options: GroupOptions): { readonly source: string; readonly startFrom: StartFrom } => {
  if (!options.stream)
    return {
      source: streamNameOf(options.streamIdentifier),
      startFrom: orEnd(numberOf(options.settings?.revision ?? 0)),
    };
  const { streamIdentifier, revisionOption, revision } = options.stream;
  return {
    source: streamNameOf(streamIdentifier ?? options.streamIdentifier),
    startFrom: revisionOption === 'revision' ? orEnd(numberOf(revision)) : (revisionOption ?? 'start'),
  };
};

const filterOf = (options: FilterOptions): GroupFilter => {
  const expression = options.streamIdentifier ?? options.eventType;
  if (!expression) throw invalid('A filter is on stream names or on event types.');
  return {
    on: options.filter === 'streamIdentifier' ? 'stream' : 'type',
    regex: expression.regex,
    prefixes: [...expression.prefix],
  };
};

type Source = Pick<GroupConfig, 'source' | 'startFrom' | 'filter'>;

export const sourceOf = (options: GroupOptions): Source => {
  groupNameOf(options.groupName);
  const { all } = options;
  if (!all) return ofStream(options);
  const startFrom =
    all.allOption === 'position' && all.position
      ? orEnd(numberOf(all.position.commitPosition))
      : all.allOption === 'end'
        ? 'end'
        : 'start';
  return {
    source: ALL,
    startFrom,
    ...(all.filterOption === 'filter' && all.filter ? { filter: filterOf(all.filter) } : {}),
  };
};
