import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { Root } from 'protobufjs';
import type { Type } from 'protobufjs';
import { eventStoreDescriptors } from '../../proto/eventstore';

/**
 * Declares a method whose messages are protobufjs messages, without a copy into plain objects. A response of bytes is
 * encoded already, because a read sends many thousand events a second.
 */
const methodOf = (path: string, request: Type, response: Type): MethodDefinition<object, object> => ({
  path,
  requestStream: false,
  responseStream: false,
  requestSerialize: (message) => request.encode(message).finish() as Buffer,
  requestDeserialize: (bytes) => request.decode(bytes),
  responseSerialize: (message) =>
    Buffer.isBuffer(message) ? message : (response.encode(message).finish() as Buffer),
  responseDeserialize: (bytes) => response.decode(bytes),
});

const serviceOf = (descriptor: object, name: string): ServiceDefinition => {
  const service = Root.fromJSON(descriptor).resolveAll().lookupService(name);
  const methods = service.methodsArray.map((method) => {
    const path = `/${service.fullName.slice(1)}/${method.name}`;
    const request = service.lookupType(method.requestType);
    const response = service.lookupType(method.responseType);
    const { requestStream = false, responseStream = false } = method;
    return [method.name, { ...methodOf(path, request, response), requestStream, responseStream }] as const;
  });
  return Object.fromEntries(methods);
};

const typeOf = (name: string): Type =>
  Root.fromJSON(eventStoreDescriptors.streams).resolveAll().lookupType(name);

export const streamsService = serviceOf(eventStoreDescriptors.streams, 'event_store.client.streams.Streams');
export const persistentService = serviceOf(
  eventStoreDescriptors.persistent,
  'event_store.client.persistent_subscriptions.PersistentSubscriptions',
);
export const featuresService = serviceOf(
  eventStoreDescriptors.features,
  'event_store.client.server_features.ServerFeatures',
);
export const gossipService = serviceOf(eventStoreDescriptors.gossip, 'event_store.client.gossip.Gossip');
const packed = (name: string): ((message: object) => { type_url: string; value: Uint8Array }) => {
  const type = typeOf(name);
  return (message) => ({
    type_url: `type.googleapis.com/${name}`,
    value: type.encode(message).finish(),
  });
};

/** The details of a failed batch append, as `google.protobuf.Any`. */
export const packAny = {
  wrongExpectedVersion: packed('event_store.client.WrongExpectedVersion'),
  accessDenied: packed('event_store.client.AccessDenied'),
  streamDeleted: packed('event_store.client.StreamDeleted'),
  timeout: packed('event_store.client.Timeout'),
  unknown: packed('event_store.client.Unknown'),
  badRequest: packed('event_store.client.BadRequest'),
  maximumAppendSizeExceeded: packed('event_store.client.MaximumAppendSizeExceeded'),
  /** No details, because the message has all. With `Unknown`, @eventstore/db-client would drop the message. */
  nothing: { type_url: 'type.googleapis.com/google.protobuf.Empty', value: new Uint8Array() },
};
