import type { Place } from './place';

type KeysOf<Value> = Value extends object ? keyof Value & string : never;
type ValueOf<Value, Key extends string> = Value extends unknown
  ? Key extends keyof Value
    ? Value[Key]
    : never
  : never;

/** A field of an event's data, or one field further in: `notice.destination`. */
type PathOf<Data> = {
  [Key in KeysOf<Data>]: Key | `${Key}.${KeysOf<ValueOf<Data, Key>>}`;
}[KeysOf<Data>];

type ValueAt<Data, Path extends string> = Path extends `${infer Key}.${infer Inner}`
  ? ValueOf<ValueOf<Data, Key>, Inner>
  : ValueOf<Data, Path>;

/** The personal data in one type of event. */
export type PersonalFields<Data> = {
  /** The field with the id of the person. An event without a value there is stored as it is. */
  readonly person: PathOf<Data>;
  /** By field: the value that is read in its place once the person's data is erased; undefined for an absent field. */
  readonly erased: { readonly [Path in PathOf<Data>]?: ValueAt<Data, Path> | undefined };
};

/**
 * The fields of an aggregate's events that are personal data, by event type. They are stored sealed with a key of the person, and
 * are what an erasure must cover.
 */
export type PersonalData<Event extends { readonly type: string; readonly data: object }> = {
  readonly [Type in Event['type']]?: PersonalFields<Extract<Event, { readonly type: Type }>['data']>;
};

/** The text that is read in place of an erased one. */
export const erasedText = '[erased]';

/** The place that is read in place of an erased one: a corner of the grid that no truck goes to. */
export const erasedPlace: Place = { x: -(2 ** 31), y: -(2 ** 31) };

export const isErasedPlace = ({ x, y }: Place): boolean => x === erasedPlace.x && y === erasedPlace.y;
