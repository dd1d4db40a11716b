import features from '../gen/eventstore_features.json';
import gossip from '../gen/eventstore_gossip.json';
import persistent from '../gen/eventstore_persistent.json';
import streams from '../gen/eventstore_streams.json';

/** Descriptors of EventStoreDB's services, each with the types that it refers to. */
export const eventStoreDescriptors = { features, gossip, persistent, streams } as const;
