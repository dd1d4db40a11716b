import type { RawEventStore } from '../../../platform/event-store';
import type { Seat } from './consumers';
import type { Group } from './group';
import type { Journal } from './journal';
import { placeText, startText } from './places';
import { ALL } from './settings';

const knownPlace = (source: string, place: number | undefined): string =>
  place === undefined || place < 0 ? '' : placeText(source, place);

const connectionOf = ({ consumer, count, total }: Seat): object => ({
  from: consumer.from,
  connectionName: consumer.name,
  username: 'anonymous',
  totalItems: total,
  availableSlots: consumer.bufferSize - count,
  inFlightMessages: count,
});

const statusOf = (group: Group, lastKnown: number): string => {
  const { ahead, again, lastKnown: read = -1 } = group.figures;
  return ahead + again === 0 && read >= lastKnown ? 'Live' : 'Behind';
};

/** Returns the description of a group: its settings, its consumers, and its progress. */
export const infoOf = async (group: Group, store: RawEventStore, journal: Journal): Promise<object> => {
  const { config, figures, connections } = group;
  const { source, settings } = config;
  const lastKnown = source === ALL ? store.head() : store.standing(source).revision;
  const checkpoint = figures.checkpoint ?? (await journal.loadCheckpoint(config));
  return {
    eventSource: source,
    groupName: config.group,
    status: statusOf(group, lastKnown),
    connections: connections.map(connectionOf),
    totalItems: group.total,
    lastCheckpointedEventPosition: knownPlace(source, checkpoint),
    lastKnownEventPosition: knownPlace(source, lastKnown),
    resolveLinkTos: settings.resolveLinks,
    startFrom: startText(config),
    messageTimeoutMilliseconds: settings.messageTimeoutMs,
    extraStatistics: settings.extraStatistics,
    maxRetryCount: settings.maxRetryCount,
    liveBufferSize: settings.liveBufferSize,
    bufferSize: settings.historyBufferSize,
    readBatchSize: settings.readBatchSize,
    checkPointAfterMilliseconds: settings.checkpointAfterMs,
    minCheckPointCount: settings.minCheckpointCount,
    maxCheckPointCount: settings.maxCheckpointCount,
    readBufferCount: figures.ahead,
    retryBufferCount: figures.again,
    totalInFlightMessages: figures.inHand,
    outstandingMessagesCount: figures.inHand,
    namedConsumerStrategy: settings.strategy,
    maxSubscriberCount: settings.maxSubscriberCount,
    parkedMessageCount: await journal.countParked(config),
  };
};
