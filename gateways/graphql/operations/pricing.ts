import type { Clock } from '../../../platform/clock';
import { createBuckets, type Rate } from '../../../platform/rate-limit';
import { refusal } from './request-errors';

/** The address that pays for the work of one request. */
export type Payer = {
  readonly address: string;
  /**
   * Takes the price of a piece of work. A unit is about a microsecond of a processor core; the cost of an operation (see
   * `weigh`) is such a price.
   */
  readonly pay: (units: number) => void;
  /** @throws GraphQLError `RATE_LIMITED` with `retryAfterSeconds`, while the address owes for earlier work. */
  readonly demandPaid: () => void;
};

/** The price of parsing a token of a new document, and of validating it. */
export const MICROS_PER_TOKEN = 15;
/** The price of compiling a token of a document. */
export const MICROS_PER_TOKEN_COMPILED = 35;
/** Twice what it takes to answer about the whole schema, because nothing else runs meanwhile. */
export const INTROSPECTION_PRICE = 50_000;
/** So many bytes of a body are received and read as JSON, and looked through for tokens, in a unit. */
export const BODY_BYTES_PER_UNIT = 16;
/** So many bytes of an answer are sent in a unit. */
export const ANSWER_BYTES_PER_UNIT = 64;

export type Prices = {
  /** @throws GraphQLError `RATE_LIMITED` with `retryAfterSeconds`, while the address owes for earlier work. */
  demandPaid(address: string): void;
  /**
   * For one request of an address, whose text has that many bytes.
   *
   * @throws as `demandPaid` does.
   */
  begin(address: string, bytes: number): Payer;
  /** Returns the milliseconds until the address owes nothing; 0 if it owes nothing now. */
  debtMs(address: string): number;
};

/** An address may owe the price of the work that it was let begin; it begins nothing new before that is paid. */
export const createPrices = (rate: Rate, clock: Clock, onRefusal: () => void): Prices => {
  const { charge, debtMs } = createBuckets(rate, clock);
  const demandPaid = (address: string): void => {
    const waitMs = debtMs(address);
    if (waitMs === 0) return;
    onRefusal();
    const retryAfterSeconds = Math.ceil(waitMs / 1_000);
    throw refusal(
      'RATE_LIMITED',
      `This address requests more work than its share. Try again in ${retryAfterSeconds} s, or ask for less.`,
      { retryAfterSeconds },
    );
  };

  return {
    debtMs,
    demandPaid,
    begin: (address, bytes) => {
      demandPaid(address);
      charge(address, bytes / BODY_BYTES_PER_UNIT);
      return {
        address,
        pay: (units) => charge(address, units),
        demandPaid: () => demandPaid(address),
      };
    },
  };
};
