import {
  accept,
  erasedPlace,
  reject,
  unreachable,
  type AccountId,
  type CarrierMessageId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type PersonalData,
  type Place,
  type SerialNumber,
  type ShipmentId,
  type TruckId,
  type WarehouseId,
} from './kernel';

type Parcel = {
  readonly shipmentId: ShipmentId;
  readonly shipmentNumber: SerialNumber;
  readonly warehouseId: WarehouseId;
};

/** `customerId`: absent in events of earlier versions. */
type Directed = Parcel & { readonly customerId?: AccountId | undefined; readonly destination: Place };

/** A notice to a carrier, in our terms; each dialect translates it. It holds no name: names are added when it is sent. */
export type CarrierNotice =
  | (Parcel & {
      readonly kind: 'created';
      readonly customerId: AccountId;
      readonly destination: Place;
      readonly carrierAccount?: string | undefined;
      readonly items: readonly {
        readonly productNumber: SerialNumber;
        readonly name: string;
        readonly quantity: number;
      }[];
    })
  | (Parcel & { readonly kind: 'packed' })
  | (Directed & { readonly kind: 'loaded'; readonly truckId: TruckId })
  | (Directed & { readonly kind: 'destination-changed' })
  | (Parcel & { readonly kind: 'cancelled' })
  | (Parcel & { readonly kind: 'status-requested' });

type EventsOf = { carrierMessageId: CarrierMessageId; carrier: string };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** Stored before the first attempt. `seqnum`: our number of the message, for dialects that acknowledge by number. */
export type CarrierMessageQueued = Fact<
  'CarrierMessageQueued',
  EventsOf & { seqnum: SerialNumber; notice: CarrierNotice; queuedAt: Instant }
>;

export type CarrierMessageAcked = Fact<'CarrierMessageAcked', EventsOf & { ackedAt: Instant }>;

/** No attempt was acknowledged. The message is not sent again until an operator has it retried. */
export type CarrierMessageAlarmed = Fact<
  'CarrierMessageAlarmed',
  EventsOf & { tries: number; reason: string; alarmedAt: Instant }
>;

export type CarrierMessageRequeued = Fact<'CarrierMessageRequeued', EventsOf & { requeuedAt: Instant }>;

/** Staff have dealt with an alarmed message by other means. It is not sent again, unless staff have it retried after all. */
export type CarrierMessageHandled = Fact<'CarrierMessageHandled', EventsOf & { handledAt: Instant }>;

export type CarrierMessageEvent =
  | CarrierMessageQueued
  | CarrierMessageAcked
  | CarrierMessageAlarmed
  | CarrierMessageRequeued
  | CarrierMessageHandled;

/** Returns a notice as it is read once the personal data in it is erased. */
export const erasedNotice = (notice: CarrierNotice): CarrierNotice => {
  if (!('destination' in notice)) return notice;
  const fields = Object.entries(notice).filter(([name]) => name !== 'carrierAccount');
  return { ...(Object.fromEntries(fields) as typeof notice), destination: erasedPlace };
};

const personalData: PersonalData<CarrierMessageEvent> = {
  CarrierMessageQueued: {
    person: 'notice.customerId',
    erased: { 'notice.destination': erasedPlace, 'notice.carrierAccount': undefined },
  },
};

export const carrierMessageEventTypes = {
  CarrierMessageQueued: true,
  CarrierMessageAcked: true,
  CarrierMessageAlarmed: true,
  CarrierMessageRequeued: true,
  CarrierMessageHandled: true,
} as const satisfies Record<CarrierMessageEvent['type'], true>;

type To = { readonly carrierMessageId: CarrierMessageId; readonly at: Instant };

type QueueCarrierMessage = To & {
  readonly type: 'QueueCarrierMessage';
  readonly carrier: string;
  readonly seqnum: SerialNumber;
  readonly notice: CarrierNotice;
};

type RecordCarrierAck = To & { readonly type: 'RecordCarrierAck' };

/** Records that the limit of attempts was reached. */
type RaiseCarrierAlarm = To & {
  readonly type: 'RaiseCarrierAlarm';
  readonly tries: number;
  readonly reason: string;
};

/** Sends a message now: an alarmed one again, and one that waits for its next attempt without that wait. */
type RequeueCarrierMessage = To & { readonly type: 'RequeueCarrierMessage' };

/** Puts an alarmed message aside. */
type HandleCarrierMessage = To & { readonly type: 'HandleCarrierMessage' };

export type CarrierMessageCommand =
  QueueCarrierMessage | RecordCarrierAck | RaiseCarrierAlarm | RequeueCarrierMessage | HandleCarrierMessage;

type OfMessage = { readonly carrierMessageId: CarrierMessageId };

export type CarrierMessageRejection =
  | (OfMessage & { readonly code: 'CARRIER_MESSAGE_NOT_FOUND' })
  /** The carrier has acknowledged the message, or it is still being sent. */
  | (OfMessage & { readonly code: 'CARRIER_MESSAGE_SETTLED' });

export type CarrierMessageState =
  | { readonly status: 'none' }
  /** `requeuedAt`: the last request to send it now. */
  | { readonly status: 'queued'; readonly carrier: string; readonly requeuedAt?: Instant | undefined }
  | { readonly status: 'acked' | 'alarmed' | 'handled'; readonly carrier: string };

const initial: CarrierMessageState = { status: 'none' };

const evolve = (_: CarrierMessageState, event: CarrierMessageEvent): CarrierMessageState => {
  const { carrier } = event.data;
  switch (event.type) {
    case 'CarrierMessageQueued':
      return { status: 'queued', carrier };
    case 'CarrierMessageRequeued':
      return { status: 'queued', carrier, requeuedAt: event.data.requeuedAt };
    case 'CarrierMessageAcked':
      return { status: 'acked', carrier };
    case 'CarrierMessageAlarmed':
      return { status: 'alarmed', carrier };
    case 'CarrierMessageHandled':
      return { status: 'handled', carrier };
    default:
      return unreachable(event);
  }
};

type CarrierMessageDecision = Decision<CarrierMessageEvent, CarrierMessageRejection>;

type Known = Exclude<CarrierMessageState, { status: 'none' }>;

const queue = (
  { carrierMessageId, carrier, seqnum, notice, at }: QueueCarrierMessage,
  state: CarrierMessageState,
): CarrierMessageDecision =>
  // The id is derived from the cause, so a repeat keeps its first number.
  state.status === 'none'
    ? accept({
        type: 'CarrierMessageQueued',
        data: { carrierMessageId, carrier, seqnum, notice, queuedAt: at },
      })
    : accept();

const recordAck = (
  { carrierMessageId, at }: RecordCarrierAck,
  { status, carrier }: Known,
): CarrierMessageDecision =>
  // A late acknowledgement ends the alarm.
  status === 'acked'
    ? accept()
    : accept({ type: 'CarrierMessageAcked', data: { carrierMessageId, carrier, ackedAt: at } });

const raiseAlarm = (
  { carrierMessageId, tries, reason, at }: RaiseCarrierAlarm,
  { status, carrier }: Known,
): CarrierMessageDecision =>
  status === 'queued'
    ? accept({
        type: 'CarrierMessageAlarmed',
        data: { carrierMessageId, carrier, tries, reason, alarmedAt: at },
      })
    : accept();

const requeue = ({ carrierMessageId, at }: RequeueCarrierMessage, state: Known): CarrierMessageDecision => {
  const { carrier } = state;
  switch (state.status) {
    // The carrier has the message, so there is nothing to retry.
    case 'acked':
      return reject({ code: 'CARRIER_MESSAGE_SETTLED', carrierMessageId });
    case 'queued':
      if (state.requeuedAt === at) return accept();
      break;
    case 'alarmed':
    case 'handled':
      break;
    default:
      return unreachable(state);
  }
  return accept({ type: 'CarrierMessageRequeued', data: { carrierMessageId, carrier, requeuedAt: at } });
};

const handle = (
  { carrierMessageId, at }: HandleCarrierMessage,
  { status, carrier }: Known,
): CarrierMessageDecision => {
  switch (status) {
    case 'queued':
    case 'acked':
      return reject({ code: 'CARRIER_MESSAGE_SETTLED', carrierMessageId });
    case 'alarmed':
      return accept({ type: 'CarrierMessageHandled', data: { carrierMessageId, carrier, handledAt: at } });
    case 'handled':
      return accept();
    default:
      return unreachable(status);
  }
};

const decide = (command: CarrierMessageCommand, state: CarrierMessageState): CarrierMessageDecision => {
  if (command.type === 'QueueCarrierMessage') return queue(command, state);
  if (state.status === 'none')
    return reject({ code: 'CARRIER_MESSAGE_NOT_FOUND', carrierMessageId: command.carrierMessageId });
  switch (command.type) {
    case 'RecordCarrierAck':
      return recordAck(command, state);
    case 'RaiseCarrierAlarm':
      return raiseAlarm(command, state);
    case 'RequeueCarrierMessage':
      return requeue(command, state);
    case 'HandleCarrierMessage':
      return handle(command, state);
    default:
      return unreachable(command);
  }
};

/**
 * One message to a carrier, until it is acknowledged. Each message has a stream of its own; together they are the
 * outbox.
 */
export const carrierMessage: Decider<
  CarrierMessageState,
  CarrierMessageCommand,
  CarrierMessageEvent,
  CarrierMessageRejection
> = {
  category: 'carrier_message',
  initial,
  decide,
  evolve,
  personalData,
};
