/** Every kind of difference between a statement and the books, with its meaning and the way out of it. */
export const differenceKinds = {
  PAID_THERE_NOT_HERE: {
    meaning: 'The provider took money that the books do not have.',
    remedy:
      'If the payment is still open here, Waybill asks the provider again by itself; look under Failed events if it stays so. If it was declined here, or is unknown, give the money back at the provider.',
  },
  PAID_HERE_NOT_THERE: {
    meaning: 'The books have a payment that the provider does not have.',
    remedy:
      'Ask the provider for its own record of the payment. If it has no money, hold the order before goods leave.',
  },
  REFUNDED_THERE_NOT_HERE: {
    meaning: 'The provider gave money back that the books still count as kept.',
    remedy:
      'If the refund is still open here, Waybill asks the provider again by itself. If it was made by hand at the provider, refund the order here only after the provider confirmed that it would not pay twice.',
  },
  REFUNDED_HERE_NOT_THERE: {
    meaning: 'The books have a refund that the provider does not have.',
    remedy: 'The customer may still wait for the money. Make the refund at the provider by hand.',
  },
  AMOUNT_DIFFERS: {
    meaning: 'Both have the movement, with different amounts.',
    remedy:
      'Ask the provider which amount moved. Refund what was taken too much; what is missing is owed by the customer.',
  },
  CURRENCY_DIFFERS: {
    meaning: 'Both have the movement, in different currencies.',
    remedy:
      'Check the currency of the account at the provider. Refund the payment and let the customer pay again.',
  },
  REFERENCE_DIFFERS: {
    meaning: 'Both have the movement, under different names of the provider.',
    remedy: 'Search for both names at the provider: one of them may be a movement of its own.',
  },
  CAPTURED_TWICE: {
    meaning: 'The provider took the same payment more than once.',
    remedy: 'Give back what was taken again, at the provider.',
  },
  REFUNDED_TWICE: {
    meaning: 'The provider gave the same refund back more than once.',
    remedy: 'Ask the provider to reverse the second refund.',
  },
  REFUND_REFUSED: {
    meaning: 'The provider refused a refund, so the money is still owed to the customer.',
    remedy: 'Refund the order again, or pay the customer in another way.',
  },
  REFUND_PENDING_TOO_LONG: {
    meaning: 'A refund was requested more than a day ago, and the provider has not answered.',
    remedy: 'Look under Failed events, retry the reaction, and ask the provider.',
  },
  PAYMENT_PENDING_TOO_LONG: {
    meaning: 'A payment was requested more than a day ago, and the provider has not answered.',
    remedy: 'Look under Failed events, retry the reaction, and ask the provider.',
  },
  BOOKED_ON_OTHER_DAY: {
    meaning: 'Both have the movement, on different days.',
    remedy: 'Nothing: it was near midnight, or an answer came late. The amounts are equal.',
  },
  STATEMENT_MISSING: {
    meaning: 'The books have movements on this day, and the provider has no statement for it.',
    remedy: 'Wait until the provider has made the statement, or fetch it, and look again.',
  },
  STATEMENT_UNREADABLE: {
    meaning: 'A line of the statement cannot be read, so it was left out of all sums.',
    remedy: 'Correct the line, or fetch the statement again.',
  },
} as const satisfies Readonly<Record<string, { readonly meaning: string; readonly remedy: string }>>;

export type DifferenceKind = keyof typeof differenceKinds;

/** Differences in the day alone, which need no action. */
export const isHarmless = (kind: DifferenceKind): boolean => kind === 'BOOKED_ON_OTHER_DAY';
