import type { Instant, OrderId, PaymentId } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import { positionOf } from '../../../platform/event-store';
import { memoryReadModels } from '../../../platform/read-models';
import { paymentMovements, type PaymentMovement } from '../../../projections/payment-movements';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { shopDaysIn } from '../shop-days';
import type { StatementEntry, StatementLine } from '../statement';
import { differenceKinds } from './differences';
import { paymentReconciliation } from './reconcile';

const GBP = 'GBP' as CurrencyCode;
const at = (time: string) => `2026-01-30T${time}:00.000Z` as Instant;
const noon = at('12:00');

const capture = (key: string, more: Partial<PaymentMovement> = {}): PaymentMovement => ({
  ...{ id: `capture:${key}`, kind: 'CAPTURE', status: 'DONE', paymentId: key as PaymentId },
  ...{ orderId: `order-${key}` as OrderId, amount: { amountMinor: 1_300, currency: GBP } },
  ...{ reference: `p-${key}`, at: noon },
  ...more,
});
const refund = (key: string, more: Partial<PaymentMovement> = {}): PaymentMovement =>
  capture(key, { id: `refund:${key}`, kind: 'REFUND', reference: `r-${key}`, ...more });

const taken = (key: string, more: Partial<StatementEntry> = {}): StatementEntry => ({
  ...{ id: `p-${key}`, kind: 'CAPTURE', key, status: 'DONE', amountMinor: 1_300, currency: GBP },
  ...{ feeMinor: 0, at: noon },
  ...more,
});
const returned = (key: string, more: Partial<StatementEntry> = {}): StatementEntry =>
  taken(key, { id: `r-${key}`, kind: 'REFUND', ...more });

type Statements = Readonly<Record<string, readonly (StatementEntry | StatementLine)[]>>;

const bounds = { movementsMax: 500, differencesMax: 100 };

/** Compares 30 January 2026 a day and a half later. */
const compared = async (
  books: readonly PaymentMovement[],
  statements: Statements,
  { day = '2026-01-30', timeZone = 'UTC', limits = bounds } = {},
) => {
  const readModels = memoryReadModels();
  const { collection } = paymentMovements;
  await readModels.ensure(collection);
  const position = positionOf(1);
  const upserts = books.map((document) => ({ document, position }));
  await readModels.write({ collection, upserts, deletes: [], position });
  const asked: string[] = [];
  const reconcile = paymentReconciliation(
    {
      readModels,
      statements: {
        of: (of) => {
          asked.push(of);
          const lines = statements[of];
          return Promise.resolve(
            lines &&
              (async function* () {
                for (const line of lines)
                  yield 'line' in line ? line : ({ kind: 'entry', entry: line as StatementEntry } as const);
              })(),
          );
        },
      },
      days: shopDaysIn(timeZone),
      clock: createVirtualClock('2026-02-01T08:00:00.000Z' as Instant),
    },
    limits,
  );
  return { ...(await reconcile(day)), asked };
};

const kindsOf = async (...of: Parameters<typeof compared>): Promise<readonly string[]> =>
  (await compared(...of)).differences.map(({ kind }) => kind);

it('agrees, and adds up each currency', async () => {
  const eur = 'EUR' as CurrencyCode;
  const inEuro = { amountMinor: 500, currency: eur };
  const report = await compared([capture('a'), capture('b', { amount: inEuro }), refund('c')], {
    '2026-01-30': [
      taken('a', { feeMinor: 30 }),
      taken('b', inEuro),
      returned('c'),
      { ...taken('x'), id: 'fee', kind: 'FEE', key: undefined, amountMinor: 5 },
    ],
  });
  const money = (amountMinor: number, currency = GBP) => ({ amountMinor, currency });
  expect(report).toMatchObject({
    ...{ differences: [], differenceCount: 0, needsAction: false, hasStatement: true, isOver: true },
    ...{ movementsHere: 3, movementsThere: 4, asked: ['2026-01-30'] },
    totals: [
      { capturedThere: money(500, eur), capturedHere: money(500, eur), net: money(500, eur) },
      {
        ...{ capturedThere: money(1_300), capturedHere: money(1_300), fees: money(35) },
        ...{ refundedThere: money(1_300), refundedHere: money(1_300), net: money(-35) },
      },
    ],
  });
});

const old = at('00:01');
const otherDay = '2026-01-29T23:59:00.000Z' as Instant;

it.each<[string, readonly PaymentMovement[], readonly (StatementEntry | StatementLine)[], string]>([
  ['no payment here', [], [taken('a')], 'PAID_THERE_NOT_HERE'],
  ['an open payment here', [capture('a', { status: 'OPEN' })], [taken('a')], 'PAID_THERE_NOT_HERE'],
  ['a declined payment here', [capture('a', { status: 'FAILED' })], [taken('a')], 'PAID_THERE_NOT_HERE'],
  ['a payment without a key', [], [taken('a', { key: undefined })], 'PAID_THERE_NOT_HERE'],
  ['no payment there', [capture('a')], [], 'PAID_HERE_NOT_THERE'],
  [
    'a payment that is pending there',
    [capture('a')],
    [taken('a', { status: 'PENDING' })],
    'PAID_HERE_NOT_THERE',
  ],
  ['no refund here', [], [returned('a')], 'REFUNDED_THERE_NOT_HERE'],
  ['no refund there', [refund('a')], [], 'REFUNDED_HERE_NOT_THERE'],
  ['another amount', [capture('a')], [taken('a', { amountMinor: 1_299 })], 'AMOUNT_DIFFERS'],
  ['another currency', [capture('a')], [taken('a', { currency: 'EUR' as CurrencyCode })], 'CURRENCY_DIFFERS'],
  ['another name', [capture('a')], [taken('a', { id: 'p-x' })], 'REFERENCE_DIFFERS'],
  ['two captures', [capture('a')], [taken('a'), taken('a', { id: 'p-x' })], 'CAPTURED_TWICE'],
  ['two refunds', [refund('a')], [returned('a'), returned('a', { id: 'r-x' })], 'REFUNDED_TWICE'],
  [
    'a second refund on another day',
    [refund('a', { at: otherDay })],
    [returned('a', { id: 'r-x' })],
    'REFUNDED_TWICE',
  ],
  ['a refused refund', [refund('a', { status: 'FAILED' })], [], 'REFUND_REFUSED'],
  ['an old refund', [refund('a', { status: 'OPEN', at: old })], [], 'REFUND_PENDING_TOO_LONG'],
  ['an old payment', [capture('a', { status: 'OPEN', at: old })], [], 'PAYMENT_PENDING_TOO_LONG'],
  ['a payment of the evening before', [capture('a', { at: otherDay })], [taken('a')], 'BOOKED_ON_OTHER_DAY'],
  ['a torn line', [], [{ kind: 'unreadable', line: 1, reason: 'It is no JSON' }], 'STATEMENT_UNREADABLE'],
])('names %s', async (_, books, statement, kind) => {
  const { differences, needsAction } = await compared(books, { '2026-01-30': statement });
  expect(differences).toEqual([expect.objectContaining({ kind })]);
  expect(needsAction).toBe(kind !== 'BOOKED_ON_OTHER_DAY');
});

it('finds in the statements of the days around what the statement of the day lacks', async () => {
  const statements = { '2026-01-30': [], '2026-01-31': [taken('a')], '2026-01-29': [returned('b')] };
  expect(await kindsOf([capture('a'), refund('b')], statements)).toEqual([
    'BOOKED_ON_OTHER_DAY',
    'BOOKED_ON_OTHER_DAY',
  ]);
  const short = { '2026-01-30': [], '2026-01-31': [taken('a', { amountMinor: 1 })] };
  expect(await kindsOf([capture('a')], short)).toEqual(['AMOUNT_DIFFERS']);
});

it('does not count an entry twice that the provider lists again under the same name', async () => {
  const { differences, totals } = await compared([capture('a')], { '2026-01-30': [taken('a'), taken('a')] });
  expect(differences).toEqual([]);
  expect(totals[0]?.capturedThere.amountMinor).toBe(1_300);
});

it('has no difference for what is pending since a moment, or was declined', async () => {
  const books = [capture('a', { status: 'OPEN', at: at('23:59') }), capture('b', { status: 'FAILED' })];
  // It was requested 8 hours and a minute ago.
  const late = { ...books[0]!, at: '2026-01-31T23:59:00.000Z' as Instant };
  expect(await kindsOf([late], { '2026-01-31': [] }, { day: '2026-01-31' })).toEqual([]);
  expect(await kindsOf([books[1]!], { '2026-01-30': [] })).toEqual([]);
});

it('says once that the statement is missing, and what is wrong without it', async () => {
  const books = [capture('a'), refund('b'), refund('c', { status: 'FAILED' })];
  expect(await kindsOf(books, {})).toEqual(['STATEMENT_MISSING', 'REFUND_REFUSED']);
  expect(await compared([], {})).toMatchObject({ hasStatement: false, differences: [], needsAction: false });
});

it("takes the day of the shop's time zone", async () => {
  // 20:00 in London is the next day in Shanghai.
  const books = [capture('a', { at: at('20:00') })];
  const inShanghai = { timeZone: 'Asia/Shanghai' };
  const statements = { '2026-01-31': [taken('a', { at: at('20:00') })], '2026-01-30': [] };
  expect(await compared(books, statements, { ...inShanghai, day: '2026-01-31' })).toMatchObject({
    ...{ movementsHere: 1, differences: [] },
  });
  expect(await compared(books, statements, inShanghai)).toMatchObject({ movementsHere: 0, differences: [] });
});

it('counts all differences and lists the first', async () => {
  const many = Array.from({ length: 300 }, (_, index) => taken(`k${index}`));
  const report = await compared([], { '2026-01-30': many });
  expect([report.differenceCount, report.differences.length]).toEqual([300, 100]);
});

it.each([
  ['2026-02-30', /such as 2026-01-31/],
  ['../2026-01', /such as 2026-01-31/],
  ['2026-02-02', /has not begun/],
])('refuses the day %s', async (day, message) => {
  await expect(compared([], {}, { day })).rejects.toThrow(message);
});

it('refuses a day with more movements than it may read, on either side', async () => {
  const limits = { movementsMax: 1, differencesMax: 1 };
  const both = [capture('a'), capture('b')];
  await expect(compared(both, {}, { limits })).rejects.toThrow(/more than 1 movements/);
  const statements = { '2026-01-30': [taken('a'), taken('b')] };
  await expect(compared([], statements, { limits })).rejects.toThrow(/more than 1 movements/);
});

it('has a meaning and a way out for each kind', () => {
  for (const { meaning, remedy } of Object.values(differenceKinds))
    for (const text of [meaning, remedy]) expect(text).toMatch(/^[A-Z].*\.$/);
});
