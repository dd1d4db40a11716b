import {
  accept,
  reject,
  unreachable,
  type CarrierInboundId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type SerialNumber,
  type TruckId,
  type WarehouseId,
  type WorldId,
} from './kernel';

/** The three message formats of carriers: plain webhooks, enveloped webhooks, signed CloudEvents. */
export type CarrierDialect = 'plain' | 'enveloped' | 'signed';

/** A carrier's report, translated to our terms. It names shipments by the number that the carrier has. */
export type CarrierReport =
  | {
      readonly kind: 'truck-dispatched';
      readonly shipmentNumber: SerialNumber;
      readonly truckId: TruckId;
    }
  | {
      /** Without a shipment number the truck takes all packed shipments of that warehouse. */
      readonly kind: 'truck-arrived';
      readonly truckId: TruckId;
      readonly warehouseId: WarehouseId;
      readonly shipmentNumber?: SerialNumber | undefined;
    }
  | {
      readonly kind: 'tracking-assigned';
      readonly shipmentNumber: SerialNumber;
      readonly trackingNumber: string;
    }
  | { readonly kind: 'delivery-started'; readonly shipmentNumber: SerialNumber }
  | { readonly kind: 'delivered'; readonly shipmentNumber: SerialNumber }
  | { readonly kind: 'world-chosen'; readonly worldId: WorldId }
  /** Reported by a World that uses HTTP. */
  | { readonly kind: 'packed'; readonly shipmentNumber: SerialNumber }
  | { readonly kind: 'loaded'; readonly shipmentNumber: SerialNumber }
  | {
      readonly kind: 'goods-arrived';
      readonly warehouseId: WarehouseId;
      readonly goods: readonly { readonly productNumber: SerialNumber; readonly quantity: number }[];
    };

/** The HTTP answer to a message; each copy of the message gets the same answer. `body`: JSON text. */
export type CarrierAnswer = { readonly status: number; readonly body: string };

type Of = { carrierInboundId: CarrierInboundId; carrier: string };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/**
 * Stored before the message is answered. `messageKey`: the message's id at the carrier. `body`: the body as received.
 */
export type CarrierInboundReceived = Fact<
  'CarrierInboundReceived',
  Of & {
    dialect: CarrierDialect;
    path: string;
    messageKey: string;
    report: CarrierReport;
    body: string;
    receivedAt: Instant;
  }
>;

export type CarrierInboundApplied = Fact<'CarrierInboundApplied', Of & { appliedAt: Instant }>;

/**
 * The message does not fit the present state. It is kept for an operator and is not applied. `code`: the rejection's
 * code.
 */
export type CarrierInboundParked = Fact<
  'CarrierInboundParked',
  Of & { code: string; reason: string; parkedAt: Instant }
>;

/** An operator has had the message retried; its outcome is open again. */
export type CarrierInboundRetried = Fact<'CarrierInboundRetried', Of & { retriedAt: Instant }>;

/** Staff have dealt with a parked message by other means. It is not applied, unless staff have it retried after all. */
export type CarrierInboundHandled = Fact<'CarrierInboundHandled', Of & { handledAt: Instant }>;

export type CarrierInboundAnswered = Fact<
  'CarrierInboundAnswered',
  Of & { answer: CarrierAnswer; answeredAt: Instant }
>;

export type CarrierInboundEvent =
  | CarrierInboundReceived
  | CarrierInboundApplied
  | CarrierInboundParked
  | CarrierInboundRetried
  | CarrierInboundHandled
  | CarrierInboundAnswered;

export const carrierInboundEventTypes = {
  CarrierInboundReceived: true,
  CarrierInboundApplied: true,
  CarrierInboundParked: true,
  CarrierInboundRetried: true,
  CarrierInboundHandled: true,
  CarrierInboundAnswered: true,
} as const satisfies Record<CarrierInboundEvent['type'], true>;

type To = { readonly carrierInboundId: CarrierInboundId; readonly at: Instant };

type ReceiveCarrierInbound = To & {
  readonly type: 'ReceiveCarrierInbound';
  readonly carrier: string;
  readonly dialect: CarrierDialect;
  readonly path: string;
  readonly messageKey: string;
  readonly report: CarrierReport;
  readonly body: string;
};

export type InboundOutcome =
  { readonly kind: 'applied' } | { readonly kind: 'parked'; readonly code: string; readonly reason: string };

/** Records the message's outcome and its answer, both at once or each when it is known. */
type SettleCarrierInbound = To & {
  readonly type: 'SettleCarrierInbound';
  readonly outcome?: InboundOutcome | undefined;
  readonly answer?: CarrierAnswer | undefined;
};

/** Retries a parked message on an operator's request. */
type RetryCarrierInbound = To & { readonly type: 'RetryCarrierInbound' };

/** Puts a parked message aside. */
type HandleCarrierInbound = To & { readonly type: 'HandleCarrierInbound' };

export type CarrierInboundCommand =
  ReceiveCarrierInbound | SettleCarrierInbound | RetryCarrierInbound | HandleCarrierInbound;

export type CarrierInboundRejection = {
  readonly code: 'CARRIER_INBOUND_NOT_FOUND' | 'CARRIER_INBOUND_APPLIED' | 'CARRIER_INBOUND_UNDER_WAY';
  readonly carrierInboundId: CarrierInboundId;
};

export type CarrierInboundState =
  | { readonly status: 'none' }
  | {
      readonly status: 'received' | 'applied' | 'parked' | 'handled';
      readonly carrier: string;
      readonly report: CarrierReport;
      /** The code of the rejection that parked the message. */
      readonly parkedFor: string | undefined;
      readonly answer: CarrierAnswer | undefined;
    };

const initial: CarrierInboundState = { status: 'none' };

const evolve = (state: CarrierInboundState, event: CarrierInboundEvent): CarrierInboundState => {
  if (event.type === 'CarrierInboundReceived') {
    const { carrier, report } = event.data;
    return { status: 'received', carrier, report, parkedFor: undefined, answer: undefined };
  }
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'CarrierInboundApplied':
      return { ...state, status: 'applied' };
    case 'CarrierInboundParked':
      return { ...state, status: 'parked', parkedFor: event.data.code };
    case 'CarrierInboundRetried':
      return { ...state, status: 'received', parkedFor: undefined };
    case 'CarrierInboundHandled':
      return { ...state, status: 'handled' };
    case 'CarrierInboundAnswered':
      return { ...state, answer: event.data.answer };
    default:
      return unreachable(event);
  }
};

type CarrierInboundDecision = Decision<CarrierInboundEvent, CarrierInboundRejection>;

type Known = Exclude<CarrierInboundState, { status: 'none' }>;

const receive = (
  { carrierInboundId, carrier, dialect, path, messageKey, report, body, at }: ReceiveCarrierInbound,
  state: CarrierInboundState,
): CarrierInboundDecision =>
  state.status === 'none'
    ? accept({
        type: 'CarrierInboundReceived',
        data: { carrierInboundId, carrier, dialect, path, messageKey, report, body, receivedAt: at },
      })
    : accept();

const outcomeEvents = (
  { carrierInboundId, at }: SettleCarrierInbound,
  state: Known,
  outcome: InboundOutcome,
): readonly CarrierInboundEvent[] => {
  const of = { carrierInboundId, carrier: state.carrier };
  // An applied message stays applied. A message that waits for staff can still be applied by a retry.
  if (state.status === 'applied') return [];
  if (outcome.kind === 'applied') return [{ type: 'CarrierInboundApplied', data: { ...of, appliedAt: at } }];
  if (state.status === 'handled') return [];
  if (state.status === 'parked' && state.parkedFor === outcome.code) return [];
  const { code, reason } = outcome;
  return [{ type: 'CarrierInboundParked', data: { ...of, code, reason, parkedAt: at } }];
};

const settle = (command: SettleCarrierInbound, state: Known): CarrierInboundDecision => {
  const { carrierInboundId, outcome, answer, at } = command;
  const events = outcome === undefined ? [] : outcomeEvents(command, state, outcome);
  // Every copy of a message gets the first answer.
  if (answer === undefined || state.answer !== undefined) return accept(...events);
  const data = { carrierInboundId, carrier: state.carrier, answer, answeredAt: at };
  return accept(...events, { type: 'CarrierInboundAnswered', data });
};

const retry = (
  { carrierInboundId, at }: RetryCarrierInbound,
  { status, carrier }: Known,
): CarrierInboundDecision => {
  switch (status) {
    case 'received':
      return accept();
    // A retry would apply the message twice.
    case 'applied':
      return reject({ code: 'CARRIER_INBOUND_APPLIED', carrierInboundId });
    case 'parked':
    case 'handled':
      return accept({ type: 'CarrierInboundRetried', data: { carrierInboundId, carrier, retriedAt: at } });
    default:
      return unreachable(status);
  }
};

const handle = (
  { carrierInboundId, at }: HandleCarrierInbound,
  { status, carrier }: Known,
): CarrierInboundDecision => {
  switch (status) {
    case 'received':
      return reject({ code: 'CARRIER_INBOUND_UNDER_WAY', carrierInboundId });
    case 'applied':
      return reject({ code: 'CARRIER_INBOUND_APPLIED', carrierInboundId });
    case 'parked':
      return accept({ type: 'CarrierInboundHandled', data: { carrierInboundId, carrier, handledAt: at } });
    case 'handled':
      return accept();
    default:
      return unreachable(status);
  }
};

const decide = (command: CarrierInboundCommand, state: CarrierInboundState): CarrierInboundDecision => {
  if (command.type === 'ReceiveCarrierInbound') return receive(command, state);
  if (state.status === 'none')
    return reject({ code: 'CARRIER_INBOUND_NOT_FOUND', carrierInboundId: command.carrierInboundId });
  switch (command.type) {
    case 'SettleCarrierInbound':
      return settle(command, state);
    case 'RetryCarrierInbound':
      return retry(command, state);
    case 'HandleCarrierInbound':
      return handle(command, state);
    default:
      return unreachable(command);
  }
};

/**
 * One message from a carrier, from receipt to outcome. Each message has a stream of its own; together they are the
 * inbox.
 */
export const carrierInbound: Decider<
  CarrierInboundState,
  CarrierInboundCommand,
  CarrierInboundEvent,
  CarrierInboundRejection
> = {
  category: 'carrier_inbound',
  initial,
  decide,
  evolve,
};
