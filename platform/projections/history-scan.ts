import type { Clock } from '../clock';
import type { EventStore, Position, RecordedEvent } from '../event-store';
import { Fault } from '../faults';
import { distance } from './distance';

export type ScanDeps = {
  readonly events: Pick<EventStore, 'readAll' | 'head'>;
  readonly clock: Clock;
  /** The longest scan, in milliseconds; unlimited if absent. */
  readonly scanMs?: number | undefined;
  /** Ends it; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress from time to time. */
  readonly onProgress?: ((progress: string) => void) | undefined;
};

const PROGRESS_EVERY = 2_000;

/** A reading of all events with a progress and a limit of time. */
export class HistoryScan {
  private read = 0;
  private position: Position | undefined;
  private head: Position | undefined;

  constructor(private readonly deps: ScanDeps) {}

  /** Returns how far it is, as the end of a sentence. */
  progress(): string {
    const all = distance(undefined, this.head);
    const share = all === 0 ? 0 : Math.floor((100 * distance(undefined, this.position)) / all);
    return `${this.read} events read, ${share} % of the history`;
  }

  /**
   * Yields all events up to a position, or to the end.
   *
   * @throws Fault `HISTORY_TOO_LONG` when the time is over.
   */
  async *events(until?: Position): AsyncGenerator<RecordedEvent> {
    const { clock, events, scanMs = Infinity, signal, onProgress } = this.deps;
    const endMs = clock.monotonicMs() + scanMs;
    this.head = await events.head();
    for await (const event of events.readAll()) {
      if (until !== undefined && event.position > until) return;
      this.read += 1;
      this.position = event.position;
      signal?.throwIfAborted();
      if (this.read % PROGRESS_EVERY === 0) onProgress?.(this.progress());
      if (clock.monotonicMs() > endMs)
        throw new Fault(
          'HISTORY_TOO_LONG',
          `The history was not read within ${Math.round(scanMs / 1_000)} s. The command line has no such limit.`,
        );
      yield event;
    }
  }
}
