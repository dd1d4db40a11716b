import type { AccountId, SerialNumber } from '../../domain/kernel';
import type { Topic } from '../../platform/bus';

/** What an event says to other systems. No personal data: a stream of messages outlives an erasure. */
export type MappedFact = {
  readonly topic: Topic;
  /** e.g. `order.paid`. */
  readonly type: string;
  /** The id of what it is about. */
  readonly subject: string;
  readonly data: object;
};

/** What the first event of an order's or a shipment's stream says and later ones do not repeat. */
export type Origin = { readonly orderNumber: SerialNumber; readonly customerId: AccountId };

export type AnyFactData = { readonly type: string; readonly data: object };

/** How the facts of a union are told: one entry for each; undefined where one says nothing to others. */
export type FactMapping<Fact extends AnyFactData> = {
  readonly [Type in Fact['type']]?: (
    data: Extract<Fact, { readonly type: Type }>['data'],
    origin: Origin | undefined,
  ) => MappedFact | undefined;
};

/** Makes the tellings of one topic. */
export const on =
  (topic: Topic) =>
  (type: string, subject: string, data: object): MappedFact => ({ topic, type, subject, data });

/** A fact without what others are not to know. */
export const without = <Data extends object, Key extends keyof Data & string>(
  data: Data,
  ...keys: readonly Key[]
): Omit<Data, Key> =>
  Object.fromEntries(
    Object.entries(data).filter(([key]) => !(keys as readonly string[]).includes(key)),
  ) as Omit<Data, Key>;
