import { Wake } from '../clock';
import type { Position, RecordedEvent } from '../event-store';
import type { EventSource } from './shared-history';

export type EventReadingOptions = {
  readonly source: EventSource;
  /** Exclusive. */
  readonly after: Position | undefined;
  readonly batchSize: number;
  readonly signal: AbortSignal;
  /** Called with consecutive events; with none when it has only caught up. */
  readonly accept: (events: readonly RecordedEvent[]) => void;
  /** While false, no more events are read. */
  readonly hasRoom: () => boolean;
  /** Called when it fails. */
  readonly onEnd: () => void;
};

/** Reads the events beside the work on earlier ones, until it is stopped or fails. */
export class EventReading {
  /** True if the last batch reached the end of the store. */
  caughtUp = false;
  /** True if the last batch was of the history, and at least a page follows it. */
  hasMore = false;
  private failure: { readonly error: unknown } | undefined;
  private readonly stopping = new AbortController();
  private readonly room = new Wake();

  constructor(private readonly options: EventReadingOptions) {
    const signal = AbortSignal.any([options.signal, this.stopping.signal]);
    void this.read(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.failure = { error };
      options.onEnd();
    });
  }

  /** @throws the error that ended it. */
  throwIfFailed(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }

  roomMade(): void {
    this.room.call();
  }

  /** Accepts no more events. */
  stop(): void {
    this.stopping.abort();
  }

  private async read(signal: AbortSignal): Promise<void> {
    const { source, after, batchSize, accept, hasRoom } = this.options;
    for await (const { events, caughtUp, hasMore } of source.follow({ after, batchSize, signal })) {
      if (signal.aborted) return;
      this.caughtUp = caughtUp;
      this.hasMore = hasMore;
      accept(events);
      while (!hasRoom()) await this.room.sleep(signal);
    }
    if (!signal.aborted) throw new Error('The events ended early');
  }
}
