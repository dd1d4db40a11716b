import type { CurrencyCode } from '../../../domain/money';
import type { PaymentMovement } from '../../../projections/payment-movements';
import type { StatementEntry } from '../statement';
import type { ReconciledTotals } from './report';

type Sums = {
  capturedThere: number;
  capturedHere: number;
  refundedThere: number;
  refundedHere: number;
  fees: number;
};

/** Adds up to the largest number that is exact. */
const added = (sum: number, amount: number): number => Math.min(sum + amount, Number.MAX_SAFE_INTEGER);

/** The sums of a day by currency, while its movements are read. */
export const createTotals = () => {
  const byCurrency = new Map<CurrencyCode, Sums>();
  const sumsOf = (currency: CurrencyCode): Sums => {
    const sums = byCurrency.get(currency) ?? {
      ...{ capturedThere: 0, capturedHere: 0, refundedThere: 0, refundedHere: 0 },
      fees: 0,
    };
    byCurrency.set(currency, sums);
    return sums;
  };

  return {
    there: ({ kind, status, amountMinor, feeMinor, currency }: StatementEntry): void => {
      if (status !== 'DONE') return;
      const sums = sumsOf(currency);
      if (kind === 'CAPTURE') sums.capturedThere = added(sums.capturedThere, amountMinor);
      if (kind === 'REFUND') sums.refundedThere = added(sums.refundedThere, amountMinor);
      sums.fees = added(sums.fees, kind === 'FEE' ? added(feeMinor, amountMinor) : feeMinor);
    },
    here: ({ kind, status, amount: { amountMinor, currency } }: PaymentMovement): void => {
      if (status !== 'DONE') return;
      const sums = sumsOf(currency);
      if (kind === 'CAPTURE') sums.capturedHere = added(sums.capturedHere, amountMinor);
      else sums.refundedHere = added(sums.refundedHere, amountMinor);
    },
    /** Returns the sums by the codes of their currencies. */
    all: (): readonly ReconciledTotals[] =>
      [...byCurrency]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, { capturedThere, capturedHere, refundedThere, refundedHere, fees }]) => {
          const money = (amountMinor: number) => ({ amountMinor, currency });
          return {
            ...{ capturedThere: money(capturedThere), capturedHere: money(capturedHere) },
            ...{ refundedThere: money(refundedThere), refundedHere: money(refundedHere), fees: money(fees) },
            net: money(capturedThere - refundedThere - fees),
          };
        }),
  };
};
export type Totals = ReturnType<typeof createTotals>;
