import type { AnyFact } from './decider';

/** The fields of an aggregate's events that are personal data, by event type. They are what an erasure must cover. */
export type PersonalData<Event extends AnyFact> = {
  readonly [Type in Event['type']]?: readonly (keyof Extract<Event, { readonly type: Type }>['data'] &
    string)[];
};
