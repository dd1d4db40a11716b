import { LRUCache } from 'lru-cache';
import { epochMsOf } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import type { EventStore, RecordedEvent } from '../../platform/event-store';
import type { Origin } from './fact-mapping';
import { factsOf, hasMessage, needsOrigin, originOf, tasksOf, type Message } from './translate';
import { atMostEntries } from '../../platform/lru';

export type IntegrationEventMapperDeps = {
  readonly store: Pick<EventStore, 'read'>;
  readonly clock: Clock;
  /** The age in milliseconds beyond which an event causes no notification, so that a rebuild does not notify again. */
  readonly notifyWithinMs: number;
};

const ORIGINS_MAX = 10_000;

/** Maps events to messages, and looks up the order of an event at the beginning of its stream. */
export class IntegrationEventMapper {
  private readonly origins = new LRUCache<string, Origin>(atMostEntries(ORIGINS_MAX));

  constructor(private readonly deps: IntegrationEventMapperDeps) {}

  /** Returns messages in the order of the events. */
  async messagesOf(events: readonly RecordedEvent[]): Promise<readonly Message[]> {
    return (await Promise.all(events.map((event) => this.messagesOfOne(event)))).flat();
  }

  private async messagesOfOne(event: RecordedEvent): Promise<readonly Message[]> {
    if (!hasMessage(event)) return [];
    const origin = await this.originOf(event);
    const age = epochMsOf(this.deps.clock.now()) - epochMsOf(event.recordedAt);
    const tasks = age > this.deps.notifyWithinMs ? [] : tasksOf(event, origin);
    return [...factsOf(event, origin), ...tasks];
  }

  private async originOf(event: RecordedEvent): Promise<Origin | undefined> {
    const { stream } = event;
    if (!needsOrigin(event)) return undefined;
    const cached = this.origins.get(stream);
    if (cached) return cached;
    for await (const first of this.deps.store.read(stream, { limit: 1 })) {
      const origin = originOf(first);
      if (origin) this.origins.set(stream, origin);
      return origin;
    }
    return undefined;
  }
}
