import { ServerInterceptingCall } from '@grpc/grpc-js';
import type { ServerInterceptor } from '@grpc/grpc-js';

/** The limit of one call's bytes that the connection has not accepted yet. */
const UNSENT_BYTES_MAX = 256 * 1024;
/** The assumed size of a message whose size is known only after encoding: such messages are small. */
const SIZE_OF_SMALL = 128;

const sizeOf = (message: unknown): number => (message instanceof Uint8Array ? message.length : SIZE_OF_SMALL);

/**
 * Sends many messages of a call at once. By default a call waits for the connection after each of them, so that each
 * needs a system call of its own, which takes most of the time of a read.
 */
class PipelinedCall extends ServerInterceptingCall {
  private unsentBytes = 0;
  private goOn: (() => void) | undefined;

  override sendMessage(message: unknown, callback: () => void): void {
    const bytes = sizeOf(message);
    this.unsentBytes += bytes;
    super.sendMessage(message, () => {
      this.unsentBytes -= bytes;
      if (this.unsentBytes >= UNSENT_BYTES_MAX) return;
      const waiting = this.goOn;
      this.goOn = undefined;
      waiting?.();
    });
    if (this.unsentBytes < UNSENT_BYTES_MAX) callback();
    else this.goOn = callback;
  }
}

export const pipelined: ServerInterceptor = (_, call) => new PipelinedCall(call);
