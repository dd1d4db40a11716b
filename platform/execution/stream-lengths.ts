import type { StreamName } from '../event-store';
import type { Logger } from '../telemetry';
import type { LongestStream } from './aggregates';
import type { StreamRef } from './cached-stream';

/**
 * The number of events up to which a stream can be folded from its first event within the time limit of a command, which is
 * needed once after each change of the folding code.
 */
export const STREAM_EVENTS_MAX = 500_000;
/** From here on a stream is logged, and again each time that it has doubled. */
export const STREAM_EVENTS_WARNING = STREAM_EVENTS_MAX / 5;

/** Observes the lengths of streams, and warns of a stream that gets long. */
export class StreamLengths {
  private readonly byCategory = new Map<string, { stream: StreamName; events: number; warnAt: number }>();

  constructor(private readonly logger: Logger) {}

  get longest(): readonly LongestStream[] {
    return [...this.byCategory].map(([category, { stream, events }]) => ({ category, stream, events }));
  }

  observe({ stream, decider: { category } }: StreamRef, count: bigint): void {
    const events = Number(count);
    const known = this.byCategory.get(category);
    if (known === undefined) this.byCategory.set(category, { stream, events, warnAt: STREAM_EVENTS_WARNING });
    else if (known.events < events) Object.assign(known, { stream, events });
    else return;
    this.warn(category);
  }

  private warn(category: string): void {
    const longest = this.byCategory.get(category);
    if (longest === undefined || longest.events < longest.warnAt) return;
    const { stream, events } = longest;
    while (longest.warnAt <= events) longest.warnAt *= 2;
    this.logger.warn({ stream, events, eventsMax: STREAM_EVENTS_MAX }, 'A stream gets long');
  }
}
