import type { Clock } from '../../platform/clock';
import { createBuckets, type Rate } from '../../platform/rate-limit';
import { refusal } from './request-errors';

/**
 * Takes the price of a piece of work from whoever asked for it. Prices are in units of about a microsecond of a processor
 * core; the cost of an operation (see `weigh`) is such a price.
 */
export type Pay = (units: number) => void;

/** What parsing, weighing and validating a new document takes; each of parsing and validating is charged so much. */
export const MICROS_PER_TOKEN = 15;
/** What it takes to compile a document. */
export const MICROS_PER_TOKEN_COMPILED = 35;
/** What it takes to tell the whole schema. */
export const INTROSPECTION_PRICE = 25_000;
/** JSON is read at so many bytes a unit. */
const BYTES_PER_UNIT = 64;

export type Prices = {
  /**
   * For one request of an address, whose text has that many bytes.
   *
   * @throws GraphQLError `RATE_LIMITED` with `retryAfterSeconds`, while the address still owes for earlier work.
   */
  begin(address: string, bytes: number): Pay;
  /** How many milliseconds it takes until the address owes nothing; 0 where it owes nothing now. */
  debtMs(address: string): number;
};

/** An address may owe the price of the work that it was let begin; it begins nothing new before that is paid. */
export const createPrices = (rate: Rate, clock: Clock, onRefusal: () => void): Prices => {
  const { charge, debtMs } = createBuckets(rate, clock);
  return {
    debtMs,
    begin: (address, bytes) => {
      const waitMs = debtMs(address);
      if (waitMs > 0) {
        onRefusal();
        const retryAfterSeconds = Math.ceil(waitMs / 1_000);
        throw refusal(
          'RATE_LIMITED',
          `This address asks for more work than its share. Try again in ${retryAfterSeconds} s, or ask for less.`,
          { retryAfterSeconds },
        );
      }
      charge(address, bytes / BYTES_PER_UNIT);
      return (units) => charge(address, units);
    },
  };
};
