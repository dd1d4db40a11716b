import features from '../gen/eventstore_features.json';
import gossip from '../gen/eventstore_gossip.json';
import monitoring from '../gen/eventstore_monitoring.json';
import persistent from '../gen/eventstore_persistent.json';
import streams from '../gen/eventstore_streams.json';

/** Descriptors of EventStoreDB's services, each with all that it refers to. */
export const eventStoreDescriptors = { features, gossip, monitoring, persistent, streams } as const;
