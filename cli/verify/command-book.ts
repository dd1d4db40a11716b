import { categoryOf, type RecordedEvent, type StreamName } from '../../platform/event-store';
import { decisionId, eventId } from '../../platform/ids';
import { entryOf, type Book, type Breach } from './breach';

/** The consecutive events of one command in a stream. */
type Effect = { readonly commandId: string; readonly events: RecordedEvent[] };

/** The ids of a decision's events are derived from the whole decision, which separates two consecutive decisions. */
const isOneDecision = ({ commandId, events }: Effect): boolean => {
  const facts = events.map(({ type, data }) => ({ type, data }));
  const decision = decisionId(commandId, JSON.stringify(facts));
  return events.every(({ id }, index) => id === eventId(decision, index));
};

/**
 * V2: a command id has at most one effect in a stream.
 *
 * @param categories - of the platform's aggregates. Streams of other programs in the store follow their own rules.
 */
export const commandBook = (categories: ReadonlySet<string>): Book => {
  const latest = new Map<StreamName, Effect>();
  const seen = new Map<StreamName, Set<string>>();
  const found: Breach[] = [];

  const close = (stream: StreamName, effect: Effect): void => {
    if (isOneDecision(effect)) return;
    const { commandId, events } = effect;
    const detail = `command ${commandId} led to ${events.map(({ type }) => type).join(', ')}, which is not one decision`;
    found.push({ invariant: 'V2', subject: stream, detail });
  };

  const begin = (event: RecordedEvent): void => {
    const { stream, metadata, type } = event;
    const commands = entryOf(seen, stream, () => new Set<string>());
    if (commands.has(metadata.$causationId)) {
      const detail = `command ${metadata.$causationId} had its effect already, and led to ${type} as well`;
      found.push({ invariant: 'V2', subject: stream, detail });
    }
    commands.add(metadata.$causationId);
    latest.set(stream, { commandId: metadata.$causationId, events: [event] });
  };

  return {
    see: (event) => {
      const { stream, metadata } = event;
      if (!categories.has(categoryOf(stream))) return;
      const effect = latest.get(stream);
      if (effect?.commandId === metadata.$causationId) {
        effect.events.push(event);
        return;
      }
      if (effect !== undefined) close(stream, effect);
      begin(event);
    },
    breaches: () => {
      for (const [stream, effect] of latest) close(stream, effect);
      latest.clear();
      return found;
    },
  };
};
