import { ServerInterceptingCall } from '@grpc/grpc-js';
import type { ServerInterceptor } from '@grpc/grpc-js';

/** Of one call: what may be given to the connection before it has taken what came before. */
const UNSENT_BYTES_MAX = 256 * 1024;
/** For a message whose size is known only when it is encoded: those are small. */
const SIZE_OF_SMALL = 128;

const sizeOf = (message: unknown): number => (message instanceof Uint8Array ? message.length : SIZE_OF_SMALL);

/**
 * Has many messages on their way at once. By itself a call waits for the connection after each of them, so that each is
 * written by a system call of its own, which for a read is most of the work.
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
