import type { Position, StreamName } from './event-store';

/**
 * Stored states of long streams, apart from the events, at most one for each stream. A reader never needs one: without it, it
 * reads the stream from its first event. Every engine passes tests/contract/snapshots.contract.ts.
 */
export interface Snapshots {
  /** @throws Fault `STORE_UNAVAILABLE` or `READ_MODELS_UNAVAILABLE`. */
  read(stream: StreamName): Promise<Uint8Array | undefined>;

  /**
   * Replaces the snapshot of a stream, unless the stored one is of the same or a later position.
   *
   * @param position - of the last event that the state contains.
   * @throws as `read`, and Fault `STORE_FULL`.
   */
  write(stream: StreamName, content: Uint8Array, position: Position): Promise<void>;
}
