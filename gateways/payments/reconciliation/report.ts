import { z } from 'zod';
import type { OrderId, PaymentId } from '../../../domain/kernel';
import { instant, money, uuid } from '../../../projections/fields';
import { differenceKinds, type DifferenceKind } from './differences';

const kinds = Object.keys(differenceKinds) as [DifferenceKind, ...DifferenceKind[]];

export const PaymentDifference = z
  .strictObject({
    kind: z.enum(kinds).describe('The kind of the difference.'),
    orderId: uuid<OrderId>().nullable().describe('The order; null where the books know none.'),
    paymentId: uuid<PaymentId>().nullable().describe('The payment; null where the books know none.'),
    key: z
      .string()
      .nullable()
      .describe('The key that the request to the provider had: the id of the payment or of the refund.'),
    reference: z.string().nullable().describe("The provider's own name of the movement."),
    there: money.nullable().describe('The sum by the statement of the provider; null where it has none.'),
    here: money.nullable().describe('The sum by the books; null where they have none.'),
    at: instant.nullable().describe('The time by the statement, or else by the books.'),
    detail: z.string().nullable().describe('Further facts, such as the reason why a line cannot be read.'),
    meaning: z.string().describe('The difference in a sentence.'),
    remedy: z.string().describe('The way to remove the difference.'),
  })
  .describe('A difference between the statement of the payment provider and the books.');
export type PaymentDifference = z.infer<typeof PaymentDifference>;

export const ReconciledTotals = z
  .strictObject({
    capturedThere: money.describe('Taken from customers, by the statement.'),
    capturedHere: money.describe('Taken from customers, by the books.'),
    refundedThere: money.describe('Given back, by the statement.'),
    refundedHere: money.describe('Given back, by the books.'),
    fees: money.describe('Kept by the provider, by the statement.'),
    net: money.describe('By the statement: captured, less refunded, less fees.'),
  })
  .describe('The sums of a day in one currency.');
export type ReconciledTotals = z.infer<typeof ReconciledTotals>;

export const PaymentReconciliation = z
  .strictObject({
    day: z.string().describe("The day, in the shop's time zone: `2026-01-31`."),
    isOver: z.boolean().describe('Whether the day is over. Until then the statement may lack movements.'),
    hasStatement: z.boolean().describe('Whether the provider has a statement of the day.'),
    movementsThere: z.int().describe('The number of movements in the statement, fees included.'),
    movementsHere: z.int().describe('The number of captures and refunds in the books of the day.'),
    totals: z.array(ReconciledTotals).describe('The sums, one entry a currency, by its code.'),
    differenceCount: z.int().describe('The number of all differences.'),
    needsAction: z.boolean().describe('Whether there is a difference that something must be done about.'),
    differences: z.array(PaymentDifference).describe('The first differences, the earliest first.'),
  })
  .describe('The comparison of a day of the payment provider with the books: sums, and each difference.');
export type PaymentReconciliation = z.infer<typeof PaymentReconciliation>;
