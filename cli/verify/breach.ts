import type { RecordedEvent } from '../../platform/event-store';

/** The invariants, as docs/reference/invariants.md lists them. */
export type Invariant = 'V1' | 'V2' | 'V4' | 'V5' | 'V6' | 'V7' | 'V8' | 'V9' | 'V10' | 'V11';

/** A violation of an invariant. `subject`: the stream, order or read model. */
export type Breach = { readonly invariant: Invariant; readonly subject: string; readonly detail: string };

/** Checks one invariant: reads all events by position, then returns the breaches. */
export type Book = {
  readonly see: (event: RecordedEvent) => void;
  /** @param settled - whether no order is in progress; some breaches can be found only then. */
  readonly breaches: (settled: boolean) => readonly Breach[];
};

/** Returns whether an event has one of the listed types, and so their data. */
export const isFact = <Fact extends { readonly type: string; readonly data: object }>(
  types: Readonly<Record<Fact['type'], true>>,
  event: RecordedEvent,
): event is RecordedEvent & Fact => Object.hasOwn(types, event.type);

/** Returns the value of a key; creates it where it is missing. */
export const entryOf = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};
