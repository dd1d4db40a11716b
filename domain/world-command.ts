import {
  accept,
  reject,
  unreachable,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type ProductId,
  type ReplenishmentId,
  type SerialNumber,
  type ShipmentId,
  type TruckId,
  type WarehouseId,
  type WorldCommandId,
  type WorldId,
} from './kernel';

/** A quantity of a product, with the number and name that the World uses. */
export type WorldGoods = {
  readonly productId: ProductId;
  readonly productNumber: SerialNumber;
  readonly name: string;
  readonly quantity: number;
};

type Parcel = {
  readonly warehouseId: WarehouseId;
  readonly shipmentId: ShipmentId;
  readonly shipmentNumber: SerialNumber;
};

/**
 * A purchase of goods for a warehouse: for our stock (`replenishmentId`), or only for the World's stock, which lacked
 * goods of a shipment that ours had (`restockFor`).
 */
export type BuyRequest = {
  readonly kind: 'buy';
  readonly warehouseId: WarehouseId;
  readonly goods: readonly WorldGoods[];
  /** The number of requests for these goods so far, from 1. */
  readonly attempt: number;
  readonly replenishmentId?: ReplenishmentId | undefined;
  readonly restockFor?:
    | {
        readonly shipmentId: ShipmentId;
        readonly shipmentNumber: SerialNumber;
        /** The attempt to pack that follows the purchase. */
        readonly packAttempt: number;
      }
    | undefined;
};

/** `attempt` counts the attempts to pack the shipment, from 1; a new one follows when the World lacked goods. */
export type PackRequest = Parcel & {
  readonly kind: 'pack';
  readonly goods: readonly WorldGoods[];
  readonly attempt: number;
};

/** `attempt` counts the attempts to load the shipment on this truck, from 1. */
export type LoadRequest = Parcel & {
  readonly kind: 'load';
  readonly truckId: TruckId;
  readonly attempt: number;
};

/** A question for the shipment's status, sent when the answer to `of`, a pack or a load, is overdue. */
export type QueryRequest = Parcel & { readonly kind: 'query'; readonly of: WorldCommandId };

/** A command for the World, in our terms. */
export type WorldRequest = BuyRequest | PackRequest | LoadRequest | QueryRequest;

type Of = { worldCommandId: WorldCommandId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** Stored before the first attempt. `notBefore`: the command is not sent earlier. */
export type WorldCommandQueued = Fact<
  'WorldCommandQueued',
  Of & {
    link: string;
    seqnum: SerialNumber;
    request: WorldRequest;
    notBefore?: Instant | undefined;
    queuedAt: Instant;
  }
>;

/** The World has received the command; its outcome comes later. */
export type WorldCommandAcked = Fact<'WorldCommandAcked', Of & { worldId: WorldId; ackedAt: Instant }>;

/** `answerSeqnum`: the World's own int64 number of the answer, as text. `status`: the result of a query. */
export type WorldCommandAnswered = Fact<
  'WorldCommandAnswered',
  Of & { worldId: WorldId; answerSeqnum: string; status?: string | undefined; answeredAt: Instant }
>;

export type WorldCommandRefused = Fact<
  'WorldCommandRefused',
  Of & { worldId: WorldId; answerSeqnum: string; reason: string; refusedAt: Instant }
>;

export type WorldCommandEvent =
  WorldCommandQueued | WorldCommandAcked | WorldCommandAnswered | WorldCommandRefused;

export const worldCommandEventTypes = {
  WorldCommandQueued: true,
  WorldCommandAcked: true,
  WorldCommandAnswered: true,
  WorldCommandRefused: true,
} as const satisfies Record<WorldCommandEvent['type'], true>;

type To = { readonly worldCommandId: WorldCommandId; readonly at: Instant };

type QueueWorldCommand = To & {
  readonly type: 'QueueWorldCommand';
  readonly link: string;
  readonly seqnum: SerialNumber;
  readonly request: WorldRequest;
  readonly notBefore?: Instant | undefined;
};

type RecordWorldAck = To & { readonly type: 'RecordWorldAck'; readonly worldId: WorldId };

type RecordWorldAnswer = To & {
  readonly type: 'RecordWorldAnswer';
  readonly worldId: WorldId;
  readonly answerSeqnum: string;
  readonly status?: string | undefined;
};

type RecordWorldRefusal = To & {
  readonly type: 'RecordWorldRefusal';
  readonly worldId: WorldId;
  readonly answerSeqnum: string;
  readonly reason: string;
};

export type WorldCommandCommand = QueueWorldCommand | RecordWorldAck | RecordWorldAnswer | RecordWorldRefusal;

export type WorldCommandRejection =
  | { readonly code: 'WORLD_COMMAND_NOT_FOUND'; readonly worldCommandId: WorldCommandId }
  /** Another message of the World already was the outcome. */
  | {
      readonly code: 'WORLD_COMMAND_ALREADY_SETTLED';
      readonly worldCommandId: WorldCommandId;
      readonly answerSeqnum: string;
    };

export type WorldCommandState =
  | { readonly status: 'none' }
  | { readonly status: 'queued'; readonly request: WorldRequest; readonly ackedBy: WorldId | undefined }
  | {
      readonly status: 'settled';
      readonly request: WorldRequest;
      readonly worldId: WorldId;
      readonly answerSeqnum: string;
    };

const initial: WorldCommandState = { status: 'none' };

const evolve = (state: WorldCommandState, event: WorldCommandEvent): WorldCommandState => {
  switch (event.type) {
    case 'WorldCommandQueued':
      return { status: 'queued', request: event.data.request, ackedBy: undefined };
    case 'WorldCommandAcked':
      return state.status === 'queued' ? { ...state, ackedBy: event.data.worldId } : state;
    case 'WorldCommandAnswered':
    case 'WorldCommandRefused': {
      if (state.status === 'none') return state;
      const { worldId, answerSeqnum } = event.data;
      return { status: 'settled', request: state.request, worldId, answerSeqnum };
    }
    default:
      return unreachable(event);
  }
};

type WorldCommandDecision = Decision<WorldCommandEvent, WorldCommandRejection>;

const queue = (
  { worldCommandId, link, seqnum, request, notBefore, at }: QueueWorldCommand,
  state: WorldCommandState,
): WorldCommandDecision => {
  // The id is derived from the cause, so a repeat keeps its first number.
  if (state.status !== 'none') return accept();
  const later = notBefore === undefined ? {} : { notBefore };
  const data = { worldCommandId, link, seqnum, request, ...later, queuedAt: at };
  return accept({ type: 'WorldCommandQueued', data });
};

const recordAck = (
  { worldCommandId, worldId, at }: RecordWorldAck,
  state: WorldCommandState,
): WorldCommandDecision => {
  switch (state.status) {
    case 'none':
      return reject({ code: 'WORLD_COMMAND_NOT_FOUND', worldCommandId });
    case 'queued':
      if (state.ackedBy === worldId) return accept();
      return accept({ type: 'WorldCommandAcked', data: { worldCommandId, worldId, ackedAt: at } });
    case 'settled':
      // The outcome came before the acknowledgement and implies it.
      return accept();
    default:
      return unreachable(state);
  }
};

const settle = (
  { worldCommandId, worldId, answerSeqnum }: RecordWorldAnswer | RecordWorldRefusal,
  state: WorldCommandState,
  event: WorldCommandEvent,
): WorldCommandDecision => {
  switch (state.status) {
    case 'none':
      return reject({ code: 'WORLD_COMMAND_NOT_FOUND', worldCommandId });
    case 'queued':
      return accept(event);
    case 'settled':
      if (state.worldId === worldId && state.answerSeqnum === answerSeqnum) return accept();
      return reject({
        code: 'WORLD_COMMAND_ALREADY_SETTLED',
        worldCommandId,
        answerSeqnum: state.answerSeqnum,
      });
    default:
      return unreachable(state);
  }
};

const answeredBy = ({
  worldCommandId,
  worldId,
  answerSeqnum,
  status,
  at,
}: RecordWorldAnswer): WorldCommandEvent => ({
  type: 'WorldCommandAnswered',
  data: {
    worldCommandId,
    worldId,
    answerSeqnum,
    status,
    answeredAt: at,
  },
});

const refusedBy = ({
  worldCommandId,
  worldId,
  answerSeqnum,
  reason,
  at,
}: RecordWorldRefusal): WorldCommandEvent => ({
  type: 'WorldCommandRefused',
  data: { worldCommandId, worldId, answerSeqnum, reason, refusedAt: at },
});

const decide = (command: WorldCommandCommand, state: WorldCommandState): WorldCommandDecision => {
  switch (command.type) {
    case 'QueueWorldCommand':
      return queue(command, state);
    case 'RecordWorldAck':
      return recordAck(command, state);
    case 'RecordWorldAnswer':
      return settle(command, state, answeredBy(command));
    case 'RecordWorldRefusal':
      return settle(command, state, refusedBy(command));
    default:
      return unreachable(command);
  }
};

/**
 * One command to the World, until its outcome is known. Each command has a stream of its own; together they are the
 * outbox.
 */
export const worldCommand: Decider<
  WorldCommandState,
  WorldCommandCommand,
  WorldCommandEvent,
  WorldCommandRejection
> = {
  category: 'world_command',
  initial,
  decide,
  evolve,
};
