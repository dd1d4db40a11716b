import type { ServerHttp2Stream } from 'node:http2';
import { ResponderBuilder, ServerInterceptingCall, ServerListenerBuilder } from '@grpc/grpc-js';
import type { ServerInterceptor } from '@grpc/grpc-js';

/** Tests whether the caller or the connection broke the call off. Only the HTTP/2 stream shows it. */
const isBrokenOff = (call: object): boolean => {
  const { stream } = call as { readonly stream?: ServerHttp2Stream };
  if (stream === undefined) throw new Error('An intercepted call has no stream');
  return stream.aborted || stream.destroyed || stream.rstCode !== 0;
};

/**
 * Hides the false end of a broken call from its handler: gRPC first reports an end, and a little later a cancellation.
 * By then an append would have written the events that had arrived.
 *
 * Must be the first of the interceptors, so that it gets the call of the connection itself.
 */
export const wholeCalls: ServerInterceptor = (method, call) => {
  if (!method.requestStream) return new ServerInterceptingCall(call);
  const listener = new ServerListenerBuilder()
    .withOnReceiveHalfClose((next) => {
      // Node's own client ends the stream before it breaks it off; both arrive together.
      setImmediate(() => {
        if (!isBrokenOff(call)) next();
      });
    })
    .build();
  return new ServerInterceptingCall(call, new ResponderBuilder().withStart((next) => next(listener)).build());
};
