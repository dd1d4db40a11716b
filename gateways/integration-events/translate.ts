import type { OrderPlaced } from '../../domain/order';
import type { ShipmentCreated } from '../../domain/shipment';
import type { IntegrationEvent, Topic } from '../../platform/bus';
import type { RecordedEvent } from '../../platform/event-store';
import { accountMessages } from './accounts';
import { productTelling, reviewTelling, stockTelling } from './catalogue';
import { notifications, orderMessages, paymentTelling, shipmentMessages } from './orders';
import type { Origin, MappedFact } from './fact-mapping';

export type Message = { readonly topic: Topic; readonly event: IntegrationEvent };

type AnyTelling = Readonly<
  Partial<Record<string, (data: never, origin: Origin | undefined) => MappedFact | undefined>>
>;

const facts: AnyTelling = {
  ...accountMessages,
  ...productTelling,
  ...stockTelling,
  ...reviewTelling,
  ...orderMessages,
  ...paymentTelling,
  ...shipmentMessages,
};
const tasks: AnyTelling = notifications;

/** The types of the events that have messages to other systems. */
export const sourceTypes: readonly string[] = Object.keys(facts);

/** Tests whether an event has a message to other systems. */
export const hasMessage = ({ type }: Pick<RecordedEvent, 'type'>): boolean => Object.hasOwn(facts, type);

/** Tests whether the mapping also needs the first event of the stream. */
export const needsOrigin = ({ stream, revision }: RecordedEvent): boolean =>
  revision > 0n && /^(order|shipment)-/.test(stream);

/** @param first - of a stream of orders or shipments. */
export const originOf = (first: Pick<RecordedEvent, 'type' | 'data'> | undefined): Origin | undefined => {
  if (first?.type === 'OrderPlaced') {
    const { number, customerId } = first.data as OrderPlaced['data'];
    return { orderNumber: number, customerId };
  }
  if (first?.type === 'ShipmentCreated') {
    const { orderNumber, customerId } = first.data as ShipmentCreated['data'];
    return { orderNumber, customerId };
  }
  return undefined;
};

const messageOf = (recorded: RecordedEvent, { topic, type, subject, data }: MappedFact): Message => {
  const { traceparent } = recorded.metadata;
  return {
    topic,
    event: {
      // An event has one message a topic, so its id identifies the message; the source names the topic for that reason.
      id: recorded.id,
      source: `/waybill/${topic}`,
      type,
      subject,
      time: recorded.recordedAt,
      // Messages may overtake each other; the revision orders two messages about one subject.
      data: { ...data, revision: Number(recorded.revision) },
      ...(traceparent === undefined ? {} : { traceparent }),
    },
  };
};

const messagesBy = (
  telling: AnyTelling,
  recorded: RecordedEvent,
  origin: Origin | undefined,
): readonly Message[] => {
  if (!Object.hasOwn(telling, recorded.type)) return [];
  const mapped = telling[recorded.type]?.(recorded.data as never, origin);
  return mapped ? [messageOf(recorded, mapped)] : [];
};

/** Returns the messages of an event. */
export const factsOf = (recorded: RecordedEvent, origin: Origin | undefined): readonly Message[] =>
  messagesBy(facts, recorded, origin);

/** Returns the notifications of an event. */
export const tasksOf = (recorded: RecordedEvent, origin: Origin | undefined): readonly Message[] =>
  messagesBy(tasks, recorded, origin);
