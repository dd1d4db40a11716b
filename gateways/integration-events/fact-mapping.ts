import type { AccountId, IntegrationEventType, SerialNumber } from '../../domain/kernel';
import type { Topic } from '../../platform/bus';

/** The type of a message: of an integration event, or of a notification, which endpoints of others do not receive. */
export type MessageType = IntegrationEventType | 'notification.requested';

/** The message of an event to other systems. It has no personal data, because messages outlive an erasure. */
export type MappedFact = {
  readonly topic: Topic;
  readonly type: MessageType;
  /** The id of its subject. */
  readonly subject: string;
  readonly data: object;
};

/** Data of the first event of an order's or a shipment's stream that later events do not repeat. */
export type Origin = { readonly orderNumber: SerialNumber; readonly customerId: AccountId };

export type AnyFactData = { readonly type: string; readonly data: object };

/** The mapping of a union's events: one entry for each; absent for an event without a message. */
export type FactMapping<Fact extends AnyFactData> = {
  readonly [Type in Fact['type']]?: (
    data: Extract<Fact, { readonly type: Type }>['data'],
    origin: Origin | undefined,
  ) => MappedFact | undefined;
};

/** Returns a function that makes the messages of one topic. */
export const on =
  (topic: Topic) =>
  (type: MessageType, subject: string, data: object): MappedFact => ({ topic, type, subject, data });

/** Returns data without confidential fields. */
export const without = <Data extends object, Key extends keyof Data & string>(
  data: Data,
  ...keys: readonly Key[]
): Omit<Data, Key> =>
  Object.fromEntries(
    Object.entries(data).filter(([key]) => !(keys as readonly string[]).includes(key)),
  ) as Omit<Data, Key>;
