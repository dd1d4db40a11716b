import type { PersonalData } from './personal-data';

/** An event as an aggregate makes it: plain JSON that is stored for ever. */
export type Fact<Type extends string, Data extends object> = {
  readonly type: Type;
  readonly data: Readonly<Data>;
};

export type AnyFact = Fact<string, object>;

/**
 * Turns the stored data of one version of an event into the data of the next version. Pure.
 * See docs/adr/0004-event-versioning.md.
 */
export type Upcaster = (data: object) => object;

/**
 * The upcasters of the event types that changed their shape, by event type: the first makes version 2 out of version 1.
 * A type that never changed is absent and has version 1.
 */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

/** A rejection that the caller can act on: a stable code and the figures that explain it. */
export type AnyRejection = { readonly code: string };

/** The result of `decide`. No events means that the state is already as the command wants it. */
export type Decision<Event, Rejection> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * The form in which a snapshot stores a state: plain data, which may have maps, sets, bigints and `undefined` in it. `fromPlain`
 * reads only what `toPlain` of the same code has made.
 */
export type StateCodec<State> = {
  readonly toPlain: (state: State) => unknown;
  readonly fromPlain: (plain: unknown) => State;
};

/** Stores a state that is plain data already. */
export const plainState = <State>(): StateCodec<State> => ({
  toPlain: (state) => state,
  fromPlain: (plain) => plain as State,
});

/**
 * An aggregate as three pure values: the initial state, `decide` and `evolve`. Time, ids, prices and random values
 * arrive in the command.
 */
export type Decider<State, Command, Event extends AnyFact, Rejection extends AnyRejection> = {
  /** The stream category: lower-case, singular, without `-`. */
  readonly category: string;
  readonly initial: State;
  readonly decide: (command: Command, state: State) => Decision<Event, Rejection>;
  readonly evolve: (state: State, event: Event) => State;
  /** Absent where every event has its first version. */
  readonly upcasters?: Upcasters | undefined;
  /**
   * Present where a stream has no end, such as a cart's: its state is stored now and then, so that it can be loaded without all
   * of its events. Absent for what reaches a final state, and for personal data, which is stored once only.
   */
  readonly snapshot?: StateCodec<State> | undefined;
  /** Absent where no event has personal data. */
  readonly personalData?: PersonalData<Event> | undefined;
};

export const accept = <Event>(
  ...events: readonly Event[]
): { readonly ok: true; readonly events: readonly Event[] } => ({
  ok: true,
  events,
});

export const reject = <Rejection>(
  rejection: Rejection,
): { readonly ok: false; readonly rejection: Rejection } => ({
  ok: false,
  rejection,
});

export const fold = <State, Event>(
  evolve: (state: State, event: Event) => State,
  initial: State,
  events: Iterable<Event>,
): State => {
  let state = initial;
  for (const event of events) state = evolve(state, event);
  return state;
};

/** Ends an exhaustive switch: the compiler shows that no case is left, and an unknown stored event throws here. */
export const unreachable = (value: never): never => {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
};
