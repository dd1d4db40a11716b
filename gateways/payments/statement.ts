import { z } from 'zod';
import { parseInstant, type Instant } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';

const name = z.string().min(1).max(200);
const minor = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** A movement of money as the provider's statement has it. */
export const statementEntrySchema = z.strictObject({
  /** The provider's own name of the movement, which is never used twice. */
  id: name,
  kind: z.enum(['CAPTURE', 'REFUND', 'FEE']),
  /** The key that the request had: the id of the payment or of the refund. Absent where the provider knows none, and of fees. */
  key: name.optional(),
  /** A pending movement moves no money yet. */
  status: z.enum(['DONE', 'PENDING']).default('DONE'),
  /** In minor units, for both directions positive. */
  amountMinor: minor,
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code in capitals' }),
  /** The part that the provider keeps of this movement. */
  feeMinor: minor.default(0),
  at: z.string().transform((text, context): Instant => {
    const at = parseInstant(text);
    if (at !== undefined) return at;
    context.addIssue('must be a moment in RFC 3339');
    return z.NEVER;
  }),
});
export type StatementEntry = Omit<z.infer<typeof statementEntrySchema>, 'currency'> & {
  readonly currency: CurrencyCode;
};

/** An entry of a statement, or the number of a line that is none, with the reason. */
export type StatementLine =
  | { readonly kind: 'entry'; readonly entry: StatementEntry }
  | { readonly kind: 'unreadable'; readonly line: number; readonly reason: string };

/** The statements of a payment provider: what it says that it moved. */
export interface PaymentStatements {
  /**
   * Returns the statement of a day, in any order; undefined where the provider has none for the day (yet).
   *
   * @param day - `2026-01-31`, in the shop's time zone.
   */
  of(day: string): Promise<AsyncIterable<StatementLine> | undefined>;
}
