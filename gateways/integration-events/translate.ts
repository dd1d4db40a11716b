import type { OrderPlaced } from '../../domain/order';
import type { ShipmentCreated } from '../../domain/shipment';
import type { IntegrationEvent, Topic } from '../../platform/bus';
import type { RecordedEvent } from '../../platform/event-store';
import { accountTelling } from './accounts';
import { productTelling, reviewTelling, stockTelling } from './catalogue';
import { notificationTelling, orderTelling, paymentTelling, shipmentTelling } from './orders';
import type { Origin, MappedFact } from './fact-mapping';

export type Message = { readonly topic: Topic; readonly event: IntegrationEvent };

type AnyTelling = Readonly<
  Partial<Record<string, (data: never, origin: Origin | undefined) => MappedFact | undefined>>
>;

const facts: AnyTelling = {
  ...accountTelling,
  ...productTelling,
  ...stockTelling,
  ...reviewTelling,
  ...orderTelling,
  ...paymentTelling,
  ...shipmentTelling,
};
const tasks: AnyTelling = notificationTelling;

/** Types of events that say something to other systems. */
export const isTold = ({ type }: Pick<RecordedEvent, 'type'>): boolean => Object.hasOwn(facts, type);

/** Whether to tell it takes the first event of its stream too. */
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
      // An event is told once a topic, so its id names the message; the source is the topic's for that reason.
      id: recorded.id,
      source: `/waybill/${topic}`,
      type,
      subject,
      time: recorded.recordedAt,
      // Messages may overtake each other; the revision says which of two about one thing is the newer.
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
  const told = telling[recorded.type]?.(recorded.data as never, origin);
  return told ? [messageOf(recorded, told)] : [];
};

/** What other systems are told of an event. */
export const factsOf = (recorded: RecordedEvent, origin: Origin | undefined): readonly Message[] =>
  messagesBy(facts, recorded, origin);

/** What somebody is to be told because of an event. */
export const tasksOf = (recorded: RecordedEvent, origin: Origin | undefined): readonly Message[] =>
  messagesBy(tasks, recorded, origin);
