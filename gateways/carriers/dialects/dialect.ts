import type { CarrierAnswer, CarrierReport, InboundOutcome } from '../../../domain/carrier-inbound';
import type { CarrierNotice } from '../../../domain/carrier-message';
import type { Instant, Place, SerialNumber, WarehouseId } from '../../../domain/kernel';
import type { HttpAnswer } from '../../../platform/http-client';

/** What a carrier's message says, understood. */
export type Inbound = {
  /** Our earlier messages that it acknowledges. */
  readonly acks: readonly SerialNumber[];
  /** The sender's number of it, to be given back in the answer; undefined where it has none. */
  readonly seqnum: number | undefined;
  /** When it was sent, as the sender writes it; undefined where the dialect or the message does not say. */
  readonly sentAt?: string | undefined;
} & (
  | {
      readonly kind: 'report';
      readonly report: CarrierReport;
      /**
       * What tells it from every other message of this carrier's. `certain`: given by the carrier, so a copy is a copy.
       * Undefined: nothing does, and it counts as new each time.
       */
      readonly key: { readonly text: string; readonly certain: boolean } | undefined;
    }
  /** What is in this shipment, and where does it go? */
  | { readonly kind: 'question'; readonly shipmentNumber: SerialNumber }
  /** Nothing but acknowledgements. */
  | { readonly kind: 'acks' }
);

/** Why a message was not even stored. */
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

/** What a notice of ours needs besides its facts. */
export type Writing = {
  readonly messageId: string;
  readonly seqnum: SerialNumber;
  readonly queuedAt: Instant;
  /** When this try is sent. */
  readonly now: Instant;
  /** Of the customer, where the dialect asks for it and we still know it. */
  readonly email: string | undefined;
  readonly traceparent: string | undefined;
};

export type Outbound = { readonly path: string; readonly body: object };

/** `stored`: what comes of it is not known yet, but will be. */
export type Settled = InboundOutcome | { readonly kind: 'stored' };

/** All the words of one way in which carriers talk; pure. */
export type Dialect = {
  /** The paths that we serve in it. */
  readonly paths: readonly string[];
  readonly read: (path: string, body: unknown) => Read;
  readonly answer: (settled: Settled, seqnum: number | undefined, now: Instant) => CarrierAnswer;
  readonly details: (details: ShipmentDetails | undefined, now: Instant) => CarrierAnswer;
  readonly refuse: (refusal: Refusal, now: Instant) => CarrierAnswer;
  /** Our notice in its words; undefined where it has none for that. */
  readonly write: (notice: CarrierNotice, writing: Writing) => Outbound | undefined;
  /** What the carrier's HTTP answer to our message means. */
  readonly judge: (answer: HttpAnswer, asked: Asked) => Verdict;
};

export type Asked = { readonly notice: CarrierNotice; readonly seqnum: SerialNumber };

/**
 * `acked`: the carrier has it; `reports`: what its answer says besides. `refused`: it does not want it, and a copy would be
 * answered the same. `unclear`: it may take it later.
 */
export type Verdict =
  | { readonly kind: 'acked'; readonly reports?: readonly CarrierReport[] }
  | { readonly kind: 'refused' | 'unclear' };

/** The request cannot be understood, or what it is about is not there. A proxy gives none of these while a carrier restarts. */
const STATUSES_OF_REFUSAL: ReadonlySet<number> = new Set([400, 404, 405, 409, 410, 413, 414, 415, 422]);

/** What an HTTP status alone means for a message that was not acknowledged. */
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

/** An answer's body as an object, where it is one. */
export const objectIn = ({ body }: HttpAnswer): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

export const isSuccess = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300;
