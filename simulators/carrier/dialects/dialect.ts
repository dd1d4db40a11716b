import type { Instant } from '../../../domain/kernel';
import type { Notice, Report, Standing } from '../words';

/** A request as it came over HTTP. */
export type HeardRequest = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly now: Instant;
};

/** An HTTP answer. `body`: of JSON. */
export type Answer = { readonly status: number; readonly body: object };

/**
 * `status` and `body` answer the request; `notice` is what it said, where it makes sense. `tell` answers instead where the
 * answer says how the shipment stands; undefined: the carrier does not know it.
 */
export type Heard = Answer & {
  readonly notice?: Notice;
  readonly tell?: (standing: Standing | undefined) => Answer;
};

/** A report as it goes over HTTP, to a path of the shop. */
export type Spoken = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type SpeakContext = {
  /** Names the report for ever: the same for every try. */
  readonly messageId: string;
  readonly sequence: number;
  readonly now: Instant;
  readonly traceparent: string | undefined;
};

/** One way to talk with a shop. Pure: bytes to words, words to bytes. */
export type Dialect = {
  readonly hear: (request: HeardRequest) => Heard;
  /** @returns undefined where the dialect has no word for it. */
  readonly speak: (report: Report, context: SpeakContext) => Spoken | undefined;
  /** What the shop's answer to a report tells, where the dialect has answers that tell something. @param body - JSON text. */
  readonly learn?: (report: Report, body: string) => Notice | undefined;
};

export const jsonBody = (value: object): Buffer => Buffer.from(JSON.stringify(value));

export const json = { 'content-type': 'application/json' } as const;
