import { isDeepStrictEqual } from 'node:util';
import type { EventHistory } from '../../platform/event-store';
import { ProjectionTrial } from '../../platform/projections';
import { orderDetails, type OrderDetails } from '../../projections/order-details';
import { payments, type Payment } from '../../projections/payments';
import { stockLevels, type StockLevel } from '../../projections/stock-levels';
import { roundsFor, streamsIn } from '../program/rounds';

/** The state of an order, a stock or a payment, without times. */
type Outcome = Readonly<Record<string, unknown>>;

const outcomeOf = {
  orders: ({ number, status, progress, total, paid, refunded, lines, shipments }: OrderDetails): Outcome => ({
    number,
    status,
    progress,
    total,
    paid,
    refunded,
    lines: lines.map(({ sku, quantity, unitPrice, discount }) => ({
      sku,
      quantity,
      unitPrice,
      discount,
    })),
    shipments: shipments.map(({ warehouseId, status: parcel }) => ({ warehouseId, status: parcel })),
  }),
  stock: ({ onHand, reserved, shipped, removed, received, backordered }: StockLevel): Outcome => ({
    onHand,
    reserved,
    shipped,
    removed,
    received,
    backordered,
  }),
  payments: ({ orderId, amount, status, refunds }: Payment): Outcome => ({
    orderId,
    amount,
    status,
    refunds: refunds.map(({ amount: refunded, status: state }) => ({ refunded, state })),
  }),
};
export type Kind = keyof typeof outcomeOf;

const projectionOf = { orders: orderDetails, stock: stockLevels, payments } as const;
const kinds = ['orders', 'stock', 'payments'] as const satisfies readonly Kind[];

/** A difference of one order, stock or payment. Undefined: it is not there. */
export type OutcomeDifference = {
  readonly kind: Kind;
  readonly id: string;
  readonly a: Outcome | undefined;
  readonly b: Outcome | undefined;
};

type Sums = Readonly<Record<'sold' | 'captured' | 'refunded', number>>;

/** Sums in minor units, by currency. */
export type Money = Readonly<Record<string, Sums>>;

export type OutcomeDiff = {
  readonly compared: Readonly<Record<Kind, number>>;
  readonly differing: Readonly<Record<Kind, number>>;
  /** The first hundred. */
  readonly differences: readonly OutcomeDifference[];
  readonly money: { readonly a: Money; readonly b: Money };
};

type Documents = Readonly<Record<Kind, ReadonlyMap<string, object>>>;
type Watched = { readonly signal: AbortSignal; readonly onProgress: (what: string) => void };

const DIFFERENCES_MAX = 100;
const PROGRESS_EVERY = 2_000;

const foldOf = async (
  history: EventHistory,
  isMine: (id: string) => boolean,
  { signal, onProgress }: Watched,
): Promise<Documents> => {
  const trials = kinds.map((kind) => new ProjectionTrial(projectionOf[kind], isMine));
  let read = 0;
  for await (const event of history.readAll()) {
    signal.throwIfAborted();
    for (const trial of trials) trial.see(event);
    read += 1;
    if (read % PROGRESS_EVERY === 0) onProgress(`${read} events`);
  }
  const [orders, stock, paid] = trials.map((trial) => trial.found());
  return { orders: orders ?? new Map(), stock: stock ?? new Map(), payments: paid ?? new Map() };
};

const addMoney = (
  money: Record<string, Record<keyof Sums, number>>,
  { orders, payments: paid }: Documents,
) => {
  const sumsOf = (currency: string) => (money[currency] ??= { sold: 0, captured: 0, refunded: 0 });
  for (const order of orders.values()) {
    const { status, total } = order as OrderDetails;
    if (status !== 'CANCELLED') sumsOf(total.currency).sold += total.amountMinor;
  }
  for (const payment of paid.values()) {
    const { amount, captured, refunds } = payment as Payment;
    sumsOf(amount.currency).captured += captured.amountMinor;
    for (const refund of refunds) {
      const { amountMinor, currency } = refund.amount;
      if (refund.status === 'DONE')
        sumsOf(currency).refunded += amountMinor - (refund.released?.amountMinor ?? 0);
    }
  }
};

const differencesOf = (kind: Kind, a: Documents, b: Documents): readonly OutcomeDifference[] => {
  const shown = outcomeOf[kind] as (document: never) => Outcome;
  const outcome = (document: object | undefined) => document && shown(document as never);
  return [...new Set([...a[kind].keys(), ...b[kind].keys()])]
    .map((id) => ({ kind, id, a: outcome(a[kind].get(id)), b: outcome(b[kind].get(id)) }))
    .filter((difference) => !isDeepStrictEqual(difference.a, difference.b));
};

/**
 * Compares the outcomes of two histories: orders, stock, payments and sums of money. Ids and figures count; times do not.
 *
 * @throws the signal's reason.
 */
export const diffOutcomes = async (
  a: EventHistory,
  b: EventHistory,
  watched: Watched,
): Promise<OutcomeDiff> => {
  const streams = Math.max(await streamsIn(a), await streamsIn(b));
  const compared = { orders: 0, stock: 0, payments: 0 };
  const differing = { orders: 0, stock: 0, payments: 0 };
  const differences: OutcomeDifference[] = [];
  const money = { a: {}, b: {} };
  for (const isMine of roundsFor(streams)) {
    const [inA, inB] = [await foldOf(a, isMine, watched), await foldOf(b, isMine, watched)];
    addMoney(money.a, inA);
    addMoney(money.b, inB);
    for (const kind of kinds) {
      const found = differencesOf(kind, inA, inB);
      compared[kind] += new Set([...inA[kind].keys(), ...inB[kind].keys()]).size;
      differing[kind] += found.length;
      differences.push(...found.slice(0, DIFFERENCES_MAX - differences.length));
    }
  }
  return { compared, differing, differences, money };
};
