import type { Instant } from '../../../domain/kernel';
import type { Notice, Report, Standing } from '../words';

/** A request as received over HTTP. */
export type ReceivedRequest = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly now: Instant;
};

/** An HTTP answer. `body`: a JSON object. */
export type Answer = { readonly status: number; readonly body: object };

/**
 * A parsed request. `status` and `body` answer it; `notice` is its content, if it is valid. `tell` makes the answer to
 * a status request; its argument is undefined for an unknown shipment.
 */
export type ParsedRequest = Answer & {
  readonly notice?: Notice;
  readonly answerFor?: (standing: Standing | undefined) => Answer;
};

/** A report as sent over HTTP, to a path of the shop. */
export type OutgoingReport = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type ReportContext = {
  /** The report's id, the same in every attempt. */
  readonly messageId: string;
  readonly sequence: number;
  readonly now: Instant;
  readonly traceparent: string | undefined;
};

/** The message format of one kind of shop. Pure functions between bytes and messages. */
export type Dialect = {
  readonly parse: (request: ReceivedRequest) => ParsedRequest;
  /** @returns undefined if the dialect has no such message. */
  readonly format: (report: Report, context: ReportContext) => OutgoingReport | undefined;
  /** Parses the shop's answer to a report, in dialects whose answers have content. @param body - JSON text. */
  readonly parseAnswer?: (report: Report, body: string) => Notice | undefined;
};

export const jsonBody = (value: object): Buffer => Buffer.from(JSON.stringify(value));

export const json = { 'content-type': 'application/json' } as const;
