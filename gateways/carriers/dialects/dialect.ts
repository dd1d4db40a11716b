import type { CarrierAnswer, CarrierReport, InboundOutcome } from '../../../domain/carrier-inbound';
import type { CarrierNotice } from '../../../domain/carrier-message';
import type { Instant, Place, SerialNumber, WarehouseId } from '../../../domain/kernel';
import type { HttpAnswer } from '../../../platform/http-client';

/** The parsed message of a carrier. */
export type Inbound = {
  /** Our earlier messages that it acknowledges. */
  readonly acks: readonly SerialNumber[];
  /** The sender's number, which the answer repeats; undefined if there is none. */
  readonly seqnum: number | undefined;
  /** The sender's time, unparsed; undefined if the dialect or the message has none. */
  readonly sentAt?: string | undefined;
} & (
  | {
      readonly kind: 'report';
      readonly report: CarrierReport;
      /**
       * The identity of the message among the carrier's. `certain`: given by the carrier, so an equal key is a copy.
       * Undefined: there is none, and the message is new each time.
       */
      readonly key: { readonly text: string; readonly certain: boolean } | undefined;
    }
  /** A request for the shipment's items and destination. */
  | { readonly kind: 'question'; readonly shipmentNumber: SerialNumber }
  /** Acknowledgements only. */
  | { readonly kind: 'acks' }
);

/** The reason why a message was not stored. */
export type Refusal = {
  readonly why:
    | 'structure'
    | 'field'
    | 'media-type'
    | 'unauthenticated'
    | 'not-permitted'
    | 'too-large'
    | 'busy'
    | 'internal';
  readonly message: string;
};

export type Read =
  { readonly ok: true; readonly inbound: Inbound } | { readonly ok: false; readonly refusal: Refusal };

export type ShipmentDetails = {
  readonly shipmentNumber: SerialNumber;
  readonly warehouseId: WarehouseId;
  readonly destination: Place;
  readonly items: readonly {
    readonly productNumber: SerialNumber;
    readonly name: string;
    readonly quantity: number;
  }[];
};

/** The data that a notice needs besides its content. */
export type NoticeContext = {
  readonly messageId: string;
  readonly seqnum: SerialNumber;
  readonly queuedAt: Instant;
  /** The time of this attempt. */
  readonly now: Instant;
  /** The customer's address, if the dialect needs it and it is known. */
  readonly email: string | undefined;
  readonly traceparent: string | undefined;
};

export type Outbound = { readonly path: string; readonly body: object };

/** The outcome of a message. `stored`: still unknown. */
export type Settled = InboundOutcome | { readonly kind: 'stored' };

/** The messages of one dialect; pure functions. */
export type Dialect = {
  /** The paths of the dialect on our server. */
  readonly paths: readonly string[];
  readonly read: (path: string, body: unknown) => Read;
  readonly answer: (settled: Settled, seqnum: number | undefined, now: Instant) => CarrierAnswer;
  readonly details: (details: ShipmentDetails | undefined, now: Instant) => CarrierAnswer;
  readonly refuse: (refusal: Refusal, now: Instant) => CarrierAnswer;
  /** Formats our notice; undefined if the dialect has no such message. */
  readonly write: (notice: CarrierNotice, context: NoticeContext) => Outbound | undefined;
  /** Interprets the carrier's HTTP answer to our message. */
  readonly judge: (answer: HttpAnswer, sent: SentNotice) => Verdict;
};

export type SentNotice = { readonly notice: CarrierNotice; readonly seqnum: SerialNumber };

/**
 * The meaning of an answer. `acked`: the carrier has the message; `reports`: further content. `refused`: permanent, a
 * copy would get the same answer. `unclear`: a later attempt may succeed.
 */
export type Verdict =
  | { readonly kind: 'acked'; readonly reports?: readonly CarrierReport[] | undefined }
  | { readonly kind: 'refused' | 'unclear' };

/**
 * The status codes of a permanent refusal: the request is invalid, or its subject does not exist. A proxy sends none of
 * them while a carrier restarts.
 */
const STATUSES_OF_REFUSAL: ReadonlySet<number> = new Set([400, 404, 405, 409, 410, 413, 414, 415, 422]);

/** Interprets an HTTP status alone, for a message that was not acknowledged. */
export const byStatus = ({ status }: HttpAnswer): Verdict =>
  STATUSES_OF_REFUSAL.has(status) ? { kind: 'refused' } : { kind: 'unclear' };

export const statusOfRefusal: Readonly<Record<Refusal['why'], number>> = {
  structure: 400,
  field: 400,
  'media-type': 415,
  unauthenticated: 401,
  'not-permitted': 403,
  'too-large': 413,
  busy: 503,
  internal: 500,
};

export const json = (status: number, body: object): CarrierAnswer => ({ status, body: JSON.stringify(body) });

/** Parses an answer's body as an object; undefined for any other body. */
export const objectIn = ({ body }: HttpAnswer): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

export const isSuccess = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300;
