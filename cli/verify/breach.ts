import type { RecordedEvent } from '../../platform/event-store';

/** The rules that hold at every moment, as docs/reference/invariants.md lists them. */
export type Invariant = 'V1' | 'V2' | 'V4' | 'V5' | 'V6' | 'V7' | 'V8' | 'V9' | 'V10';

/** Something that must not be. `subject`: the stream, order or read model that it is about. */
export type Breach = { readonly invariant: Invariant; readonly subject: string; readonly detail: string };

/** Reads the whole history, event by event in the order of their positions, and then says what is wrong with it. */
export type Book = {
  readonly see: (event: RecordedEvent) => void;
  /** What can be told only when nothing is under way any more is told only when `settled`. */
  readonly breaches: (settled: boolean) => readonly Breach[];
};

/** Whether an event is one of the facts whose types are listed; then its data is theirs. */
export const isFact = <Fact extends { readonly type: string; readonly data: object }>(
  types: Readonly<Record<Fact['type'], true>>,
  event: RecordedEvent,
): event is RecordedEvent & Fact => Object.hasOwn(types, event.type);

/** The value of a key, made when it is asked for first. */
export const entryOf = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};
