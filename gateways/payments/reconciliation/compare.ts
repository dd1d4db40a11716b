import { epochMsOf, type Instant } from '../../../domain/kernel';
import type { Money } from '../../../domain/money';
import { captureKey, refundKey, type PaymentMovement } from '../../../projections/payment-movements';
import type { StatementEntry } from '../statement';
import { differenceKinds, type DifferenceKind } from './differences';
import type { PaymentDifference } from './report';

const PENDING_MAX_MS = 24 * 3_600_000;

type Facts = Partial<Omit<PaymentDifference, 'kind' | 'meaning' | 'remedy'>>;

export const difference = (kind: DifferenceKind, facts: Facts): PaymentDifference => ({
  kind,
  ...{ orderId: null, paymentId: null, key: null, reference: null },
  ...{ there: null, here: null, at: null, detail: null },
  ...facts,
  ...differenceKinds[kind],
});

/** The id of the movement in the books that an entry of a statement is about; undefined where it names none. */
export const movementIdOf = ({ kind, key }: StatementEntry): string | undefined => {
  if (key === undefined || kind === 'FEE') return undefined;
  return kind === 'CAPTURE' ? captureKey(key) : refundKey(key);
};

/** Sums beyond the exact whole numbers stay at the largest. */
const sumOf = (amounts: readonly number[]): number =>
  Math.min(
    amounts.reduce((sum, amount) => sum + amount, 0),
    Number.MAX_SAFE_INTEGER,
  );

const sumThere = (entries: readonly StatementEntry[]): Money | null => {
  const [first] = entries;
  return first
    ? { amountMinor: sumOf(entries.map(({ amountMinor }) => amountMinor)), currency: first.currency }
    : null;
};

const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1);

/** The facts that a movement in the books has. */
const factsHere = ({ id, orderId, paymentId, amount, reference, at }: PaymentMovement): Facts => ({
  ...{ orderId, paymentId, reference, at },
  key: keyOf(id),
  here: amount,
});

const factsThere = (entries: readonly StatementEntry[], book?: PaymentMovement): Facts => ({
  ...(book ? { orderId: book.orderId, paymentId: book.paymentId } : {}),
  key: entries[0]?.key ?? null,
  reference: entries.map(({ id }) => id).join(', '),
  there: sumThere(entries),
  here: book?.status === 'DONE' ? book.amount : null,
  at: entries[0]?.at ?? null,
});

type Day = { readonly from: Instant; readonly before: Instant };

const isWithin = (at: Instant, { from, before }: Day): boolean => at >= from && at < before;

const byStatus = {
  OPEN: 'The books wait for the answer of the provider.',
  FAILED: 'The books have it as refused.',
  DONE: null,
};

/** Compares the entries of one movement, which is done there, with the movement in the books. */
const ofDone = (
  entries: readonly [StatementEntry, ...StatementEntry[]],
  book: PaymentMovement | undefined,
  day: Day,
): PaymentDifference | undefined => {
  const [first] = entries;
  const isCapture = first.kind === 'CAPTURE';
  const twice = isCapture ? 'CAPTURED_TWICE' : 'REFUNDED_TWICE';
  const facts = factsThere(entries, book);
  if (entries.length > 1) return difference(twice, facts);
  if (book?.status !== 'DONE')
    return difference(isCapture ? 'PAID_THERE_NOT_HERE' : 'REFUNDED_THERE_NOT_HERE', {
      ...facts,
      detail: book ? byStatus[book.status] : 'The books do not know it.',
    });
  if (book.amount.currency !== first.currency) return difference('CURRENCY_DIFFERS', facts);
  const isThatDay = isWithin(book.at, day);
  if (book.reference !== first.id) {
    // The books have the same movement of another day under another name: this one came on top of it.
    const detail = `The books have ${book.reference ?? 'no name'}.`;
    return difference(isThatDay ? 'REFERENCE_DIFFERS' : twice, { ...facts, detail });
  }
  if (book.amount.amountMinor !== first.amountMinor) return difference('AMOUNT_DIFFERS', facts);
  return isThatDay
    ? undefined
    : difference('BOOKED_ON_OTHER_DAY', { ...facts, detail: `The books have it at ${book.at}.` });
};

/** Compares a movement in the books of the day that the statement of the day does not have. */
export const ofBook = (
  book: PaymentMovement,
  other: readonly StatementEntry[],
  now: Instant,
): PaymentDifference | undefined => {
  const isCapture = book.kind === 'CAPTURE';
  const here = factsHere(book);
  switch (book.status) {
    case 'OPEN':
      return epochMsOf(now) - epochMsOf(book.at) > PENDING_MAX_MS
        ? difference(isCapture ? 'PAYMENT_PENDING_TOO_LONG' : 'REFUND_PENDING_TOO_LONG', here)
        : undefined;
    case 'FAILED':
      return isCapture ? undefined : difference('REFUND_REFUSED', here);
    case 'DONE': {
      const [found] = other;
      if (found === undefined)
        return difference(isCapture ? 'PAID_HERE_NOT_THERE' : 'REFUNDED_HERE_NOT_THERE', here);
      const there = { amountMinor: found.amountMinor, currency: found.currency };
      if (there.currency !== book.amount.currency) return difference('CURRENCY_DIFFERS', { ...here, there });
      if (there.amountMinor !== book.amount.amountMinor)
        return difference('AMOUNT_DIFFERS', { ...here, there });
      const detail = `The statement has it at ${found.at}.`;
      return difference('BOOKED_ON_OTHER_DAY', { ...here, there, detail });
    }
  }
};

/** Entries that repeat another one word for word, as a provider may list them, count once. */
const distinct = (entries: readonly StatementEntry[]): readonly StatementEntry[] => [
  ...new Map(entries.map((entry) => [entry.id, entry])).values(),
];

/**
 * Compares all entries of the statement of a day about one movement with the books.
 *
 * @param book - undefined where the books do not know it.
 */
export const ofEntries = (
  all: readonly StatementEntry[],
  book: PaymentMovement | undefined,
  day: Day,
): PaymentDifference | undefined => {
  const [first, ...more] = distinct(all.filter(({ status }) => status === 'DONE'));
  return first && ofDone([first, ...more], book, day);
};
