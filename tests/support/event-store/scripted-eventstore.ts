import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { supportedMethods } from '../../../gateways/eventstoredb/cluster';
import { failureOf, timeoutOf } from '../../../gateways/eventstoredb/append-answers';
import { featuresService, streamsService } from '../../../gateways/eventstoredb/services';
import { silentLogger } from '../../../platform/telemetry';

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

/** The answer to one append of the call that appends share: the server gave up waiting for it. */
export const givenUp = (): object => timeoutOf('The server gave up waiting.');

/** The answer to one append of that call: an error. */
export const refusedBy = (error: Error): object => failureOf(error, silentLogger);

/** An event as a read or a subscription sends it. */
export const sentEvent = (stream: string, position: number, type = 'TrialHeld'): object => ({
  event: {
    event: {
      id: { string: '00000000-0000-4000-8000-' + String(position).padStart(12, '0') },
      streamIdentifier: { streamName: Buffer.from(stream) },
      streamRevision: position,
      commitPosition: position,
      preparePosition: position,
      metadata: { type, 'content-type': 'application/json', created: '0' },
      data: Buffer.from('{}'),
    },
    commitPosition: position,
  },
});

/** The request of a read, as far as the scripts look at it. */
export type ReadRequest = {
  readonly options: {
    readonly countOption: string;
    readonly all: { readonly position?: { readonly commitPosition: { toNumber(): number } } | null } | null;
  };
};

/** One append of the call that appends share, as far as the scripts look at it. */
export type BatchRequest = {
  readonly correlationId: object;
  readonly options: { readonly streamIdentifier: { readonly streamName: Buffer } };
  readonly proposedMessages: readonly { readonly id: { readonly string: string } }[];
};
