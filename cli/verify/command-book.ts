import { categoryOf, type RecordedEvent, type StreamName } from '../../platform/event-store';
import { decisionId, eventId } from '../../platform/ids';
import { entryOf, type Breach } from './breach';

/**
 * The consecutive events of one command in a stream, until they are closed. `hasErased`: personal data of one was
 * erased.
 */
type Effect = {
  readonly commandId: string;
  events: RecordedEvent[];
  hasErased: boolean;
  isClosed: boolean;
};

export type CommandBook = {
  readonly see: (event: RecordedEvent, isErased?: boolean) => void;
  /** Ends every effect that it has seen: call it between two commands. */
  readonly end: () => void;
  /** Ends them, too. */
  readonly breaches: () => readonly Breach[];
  readonly streams: () => number;
};

/** The ids of a decision's events are derived from the whole decision, which separates two consecutive decisions. */
const isOneDecision = ({ commandId, events, hasErased }: Effect): boolean => {
  // The data from which the ids were derived is gone.
  if (hasErased) return true;
  const facts = events.map(({ type, data }) => ({ type, data }));
  const decision = decisionId(commandId, JSON.stringify(facts));
  return events.every(({ id }, index) => id === eventId(decision, index));
};

/**
 * V2: a command id has at most one effect in a stream.
 *
 * @param categories - of the platform's aggregates. Streams of other programs in the store follow their own rules.
 */
export const commandBook = (categories: ReadonlySet<string>): CommandBook => {
  const latest = new Map<StreamName, Effect>();
  const open = new Map<StreamName, Effect>();
  const seen = new Map<StreamName, Set<string>>();
  const found: Breach[] = [];

  const close = (stream: StreamName, effect: Effect): void => {
    if (effect.isClosed) return;
    effect.isClosed = true;
    open.delete(stream);
    const { commandId, events } = effect;
    const isWhole = isOneDecision(effect);
    // They are not read again, and there is one effect for each stream.
    effect.events = [];
    if (isWhole) return;
    const detail = `command ${commandId} led to ${events.map(({ type }) => type).join(', ')}, which is not one decision`;
    found.push({ invariant: 'V2', subject: stream, detail });
  };

  const begin = (event: RecordedEvent, hasErased: boolean): void => {
    const { stream, metadata, type } = event;
    const commands = entryOf(seen, stream, () => new Set<string>());
    if (commands.has(metadata.$causationId)) {
      const detail = `command ${metadata.$causationId} had its effect already, and led to ${type} as well`;
      found.push({ invariant: 'V2', subject: stream, detail });
    }
    commands.add(metadata.$causationId);
    const effect = { commandId: metadata.$causationId, events: [event], hasErased, isClosed: false };
    latest.set(stream, effect);
    open.set(stream, effect);
  };

  const end = (): void => {
    for (const [stream, effect] of open) close(stream, effect);
  };

  return {
    see: (event, isErased = false) => {
      const { stream, metadata } = event;
      if (!categories.has(categoryOf(stream))) return;
      const effect = latest.get(stream);
      if (effect?.commandId === metadata.$causationId && !effect.isClosed) {
        effect.events.push(event);
        effect.hasErased ||= isErased;
        return;
      }
      if (effect !== undefined) close(stream, effect);
      begin(event, isErased);
    },
    end,
    breaches: () => {
      end();
      return found;
    },
    streams: () => seen.size,
  };
};
