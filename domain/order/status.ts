import { equals, subtract, zero } from '../money';
import type { Money } from '../money';

/** The progress of an order's goods, independent of its money. */
export const orderProgresses = ['PLACED', 'PAID', 'SHIPPED', 'FULFILLED', 'COMPLETED', 'CANCELLED'] as const;
export type OrderProgress = (typeof orderProgresses)[number];

/** The statuses that users see. */
export const orderStatuses = [...orderProgresses, 'REFUNDING', 'REFUNDED'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** A refund. `refused`: the provider will never refund it. */
type Refund = {
  readonly amount: Money;
  readonly done: boolean;
  readonly refused: boolean;
  /** True where nothing of the order was taken yet, so that nothing had to be given back. */
  readonly isUntaken?: true | undefined;
};

type Payment = {
  readonly paid: Money;
  readonly refunds: readonly Refund[];
  /** At some time the whole payment was being refunded or refunded. A refusal does not undo the consequences. */
  readonly askedBackInFull: boolean;
};

/** The input of an order's status. `payment`: undefined until the order is paid. */
export type OrderStanding = { readonly progress: OrderProgress; readonly payment?: Payment | undefined };

const sumWithout = (paid: Money, refunds: readonly Refund[]): Money =>
  refunds.reduce((rest, refund) => subtract(rest, refund.amount), paid);

/** Returns what was paid less all refunds that are done or open; a refused refund does not count. */
export const refundableOf = ({ paid, refunds }: Pick<Payment, 'paid' | 'refunds'>): Money =>
  sumWithout(
    paid,
    refunds.filter(({ refused }) => !refused),
  );

/** Returns what was paid less all refunds that are done. */
export const keptOf = ({ paid, refunds }: Pick<Payment, 'paid' | 'refunds'>): Money =>
  sumWithout(
    paid,
    refunds.filter(({ done }) => done),
  );

/** Tests whether no more goods may leave: the order was cancelled, or the whole payment was asked back. */
export const isCalledOff = ({ progress, payment }: OrderStanding): boolean =>
  progress === 'CANCELLED' || (payment?.askedBackInFull ?? false);

/**
 * Returns the public status. A refund that is open or complete takes precedence over the goods' progress. A refused
 * refund does not resume a cancelled order.
 */
export const statusOf = (order: OrderStanding): OrderStatus => {
  const { progress, payment } = order;
  if (payment === undefined || payment.refunds.length === 0) return progress;
  if (payment.refunds.some(({ done, refused }) => !done && !refused)) return 'REFUNDING';
  if (equals(keptOf(payment), zero(payment.paid.currency)))
    return payment.refunds.every(({ refused, isUntaken }) => refused || isUntaken) ? 'CANCELLED' : 'REFUNDED';
  return progress === 'PAID' && isCalledOff(order) ? 'CANCELLED' : progress;
};
