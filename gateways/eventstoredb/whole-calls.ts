import type { ServerHttp2Stream } from 'node:http2';
import { ResponderBuilder, ServerInterceptingCall, ServerListenerBuilder } from '@grpc/grpc-js';
import type { ServerInterceptor } from '@grpc/grpc-js';

/** Whether the caller broke the call off, or the connection did. Only the stream of HTTP/2 itself tells. */
const isBrokenOff = (call: object): boolean => {
  const { stream } = call as { readonly stream?: ServerHttp2Stream };
  if (stream === undefined) throw new Error('An intercepted call has no stream');
  return stream.aborted || stream.destroyed || stream.rstCode !== 0;
};

/**
 * Keeps an end from a handler where it is none: gRPC tells a call that was broken off as one that ended, and a little later as
 * cancelled. By then an append had written those of its events that had come in.
 *
 * To be named first among the interceptors: it is then given the call of the connection itself.
 */
export const wholeCalls: ServerInterceptor = (method, call) => {
  if (!method.requestStream) return new ServerInterceptingCall(call);
  const listener = new ServerListenerBuilder()
    .withOnReceiveHalfClose((next) => {
      // Node's own client ends the stream before it breaks it off; both come at once.
      setImmediate(() => {
        if (!isBrokenOff(call)) next();
      });
    })
    .build();
  return new ServerInterceptingCall(call, new ResponderBuilder().withStart((next) => next(listener)).build());
};
