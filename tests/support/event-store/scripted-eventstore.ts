import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { supportedMethods } from '../../../gateways/eventstoredb/cluster';
import { featuresService, streamsService } from '../../../gateways/eventstoredb/services';

export type ScriptedStore = { readonly url: string; readonly stop: () => void };

/** A server of EventStoreDB's protocol that knows nothing but what a test has it do with the calls about streams. */
export const startScriptedStore = async (streams: UntypedServiceImplementation): Promise<ScriptedStore> => {
  const server = new Server();
  server.addService(featuresService, {
    GetSupportedMethods: (_: unknown, reply: (error: null, answer: object) => void) =>
      reply(null, supportedMethods()),
  });
  server.addService(streamsService, streams);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { url: `esdb://127.0.0.1:${port}?tls=false`, stop: () => server.forceShutdown() };
};
