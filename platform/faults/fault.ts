/** Every fault code, and whether a retry may help. docs/reference/errors.md explains each. */
export const faultCodes = {
  STORE_UNAVAILABLE: { retryable: true },
  STORE_FULL: { retryable: true },
  STORE_CLOSED: { retryable: false },
  STORE_CORRUPT: { retryable: false },
  DATA_DIRECTORY_IN_USE: { retryable: false },
  PORT_IN_USE: { retryable: false },
  EVENT_TOO_LARGE: { retryable: false },
  REVISION_CONFLICT: { retryable: true },
  OUTCOME_UNKNOWN: { retryable: true },
  READ_MODELS_UNAVAILABLE: { retryable: true },
  LEASE_LOST: { retryable: false },
  DOCUMENT_REFUSED: { retryable: false },
  QUERY_INVALID: { retryable: false },
  BUS_UNAVAILABLE: { retryable: true },
  COMMANDS_UNAVAILABLE: { retryable: true },
  DEADLINE_EXCEEDED: { retryable: true },
  OVERLOADED: { retryable: true },
  MOMENT_IN_FUTURE: { retryable: false },
  MOMENT_BEFORE_HISTORY: { retryable: false },
  HISTORY_TOO_LONG: { retryable: false },
  PAST_BEING_BUILT: { retryable: true },
  INPUT_INVALID: { retryable: false },
  NOT_AUTHENTICATED: { retryable: false },
  NOT_PERMITTED: { retryable: false },
  WRONG_REALM: { retryable: false },
  FRAME_TOO_LARGE: { retryable: false },
  FRAME_MALFORMED: { retryable: false },
  WORLD_REFUSED: { retryable: true },
  PEER_UNAVAILABLE: { retryable: true },
  PAYMENT_PROVIDER_UNAVAILABLE: { retryable: true },
  CONFIG_INVALID: { retryable: false },
} as const;

export type FaultCode = keyof typeof faultCodes;

/** A failure of ours or of an outside system; never one that a customer could act on (that is a rejection). */
export class Fault extends Error {
  readonly retryable: boolean;

  constructor(
    readonly code: FaultCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'Fault';
    this.retryable = faultCodes[code].retryable;
  }
}

export const isFault = (error: unknown, code?: FaultCode): error is Fault =>
  error instanceof Fault && (code === undefined || error.code === code);
