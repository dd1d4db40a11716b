import type { CarrierDialect } from '../../domain/carrier-inbound';
import type { Backoff } from '../../platform/faults';
import type { Rate } from '../../platform/rate-limit';

/** The configuration of one carrier. */
export type CarrierConfig = {
  /**
   * The carrier's permanent name: it is in `/webhooks/<name>`, the exchange log and messages. Lower-case letters,
   * digits, `-`.
   */
  readonly name: string;
  readonly dialect: CarrierDialect;
  /** The address for our notices, e.g. `https://carrier.example`. */
  readonly baseUrl: string;
  /** The prefix of each path of the dialect; `/api` is usual in the enveloped one. May be empty. */
  readonly prefix: string;
  /** The shared secrets: our messages are signed with all of them; a carrier's message needs the signature of one. */
  readonly secrets: readonly string[];
  /**
   * Dialects `plain` and `enveloped` only: the addresses and networks from which unsigned messages are accepted; none
   * if it must sign. Logged at each start.
   */
  readonly unsignedFrom: readonly string[];
  /** True if the carrier may choose the platform's world. */
  readonly operator: boolean;
};

export type UpsGatewayLimits = {
  /** The delays before an unacknowledged message is sent again. */
  readonly resend: Backoff;
  /** The number of attempts, counted from each start of the process; then an operator is alerted. */
  readonly triesMax: number;
  /**
   * The number of attempts of a message that the carrier refuses; then an operator is alerted, and the next message is
   * sent.
   */
  readonly refusalsMax: number;
  /** The time limit of an attempt, including the whole answer. */
  readonly tryTimeoutMs: number;
  /** The highest number of concurrent messages to carriers. */
  readonly inFlightMax: number;
  /** The highest number of carriers' messages that are applied at once; further ones are refused as "busy". */
  readonly receivingMax: number;
  /** The time after which a message is answered as stored; its processing continues. */
  readonly answerWithinMs: number;
  readonly bodyBytesMax: number;
  /** The rate of forged or too large messages of an address; beyond it, all of its messages are refused. */
  readonly refusedPerAddress: Rate;
};

export const upsGatewayLimits: UpsGatewayLimits = {
  resend: { baseMs: 250, factor: 2, maxMs: 60_000 },
  // About three quarters of an hour.
  triesMax: 50,
  // About eight seconds, so that a message can wait for an earlier one that is in progress.
  refusalsMax: 6,
  tryTimeoutMs: 10_000,
  inFlightMax: 32,
  receivingMax: 256,
  answerWithinMs: 5_000,
  bodyBytesMax: 64 * 1024,
  refusedPerAddress: { perSecond: 5, burst: 100, clientsMax: 10_000 },
};

/**
 * Returns the carrier of a shipment: the one in the customer's carrier account (`<carrier>/<account>`), else the first.
 *
 * @throws Error if there is no carrier at all.
 */
export const carrierFor = (
  carriers: readonly CarrierConfig[],
  carrierAccount: string | undefined,
): CarrierConfig => {
  const named = carriers.find(({ name }) => carrierAccount?.startsWith(`${name}/`));
  const chosen = named ?? carriers[0];
  if (chosen === undefined) throw new Error('There is no carrier');
  return chosen;
};

/** Tests whether a carrier carries a shipment, so that it may query and report it. */
export const isCarriedBy = (
  carriers: readonly CarrierConfig[],
  carrier: string,
  { carrierAccount }: { readonly carrierAccount: string | undefined },
): boolean => carrierFor(carriers, carrierAccount).name === carrier;
