import type { CarrierDialect } from '../../domain/carrier-inbound';
import type { Backoff } from '../../platform/faults';
import type { Rate } from '../../platform/rate-limit';

/** One carrier, and how we and it talk. */
export type CarrierConfig = {
  /** Names the carrier for ever: `/webhooks/<name>`, its exchange log, its messages. Lower-case letters, digits, `-`. */
  readonly name: string;
  readonly dialect: CarrierDialect;
  /** Where our messages go, e.g. `https://carrier.example`. */
  readonly baseUrl: string;
  /** Put before each path of the dialect; `/api` is usual in the enveloped one. May be empty. */
  readonly prefix: string;
  /** Shared secrets in force: ours are signed with all of them, theirs are taken under any. */
  readonly secrets: readonly string[];
  /**
   * Dialects `plain` and `enveloped` only: the addresses and networks from which messages without a signature are believed; none
   * where it must sign. Logged at each start.
   */
  readonly unsignedFrom: readonly string[];
  /** Whether the carrier may say which world we are to connect to. */
  readonly operator: boolean;
};

export type UpsGatewayLimits = {
  /** How soon, and at most how late, a message that was not acknowledged is sent again. */
  readonly resend: Backoff;
  /** Tries of a message, counted anew at each start of the process; then people are called. */
  readonly triesMax: number;
  /** Tries of a message that the carrier refuses; then people are called, and the next one goes. */
  readonly refusalsMax: number;
  /** For each try, the answer's last byte included. */
  readonly tryTimeoutMs: number;
  /** Messages on their way at once. */
  readonly inFlightMax: number;
  /** Carriers' messages that are being applied; more are asked to come again later. */
  readonly receivingMax: number;
  /** After so long a message is answered, applied or not: it is stored, and goes on. */
  readonly answerWithinMs: number;
  readonly bodyBytesMax: number;
  /** Messages of an address that are refused as forged or too large; beyond that, all of its messages are refused. */
  readonly refusedPerAddress: Rate;
};

export const upsGatewayLimits: UpsGatewayLimits = {
  resend: { baseMs: 250, factor: 2, maxMs: 60_000 },
  // About three quarters of an hour.
  triesMax: 50,
  // About eight seconds: what is refused for want of something that is just under way is taken then.
  refusalsMax: 6,
  tryTimeoutMs: 10_000,
  inFlightMax: 32,
  receivingMax: 256,
  answerWithinMs: 5_000,
  bodyBytesMax: 64 * 1024,
  refusedPerAddress: { perSecond: 5, burst: 100, clientsMax: 10_000 },
};

/**
 * Who carries a shipment: the carrier that its customer's account names (`<carrier>/<account>`), else the first.
 *
 * @throws Error when there is no carrier at all.
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

/** Whether a shipment is this carrier's to carry, so that it may ask and report about it. */
export const isCarriedBy = (
  carriers: readonly CarrierConfig[],
  carrier: string,
  { carrierAccount }: { readonly carrierAccount: string | undefined },
): boolean => carrierFor(carriers, carrierAccount).name === carrier;
