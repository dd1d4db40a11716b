import type { AccountId, Instant, OrderId, PaymentId, RefundId } from '../../domain/kernel';
import type { Money } from '../../domain/money';
import type { PaymentStatus } from '../../domain/payment';

/** Money on its way back. `reference`: the provider's own name of it. `failure`: why the provider refused. */
export type PaymentRefund = {
  readonly id: RefundId;
  readonly amount: Money;
  readonly status: 'OPEN' | 'DONE' | 'FAILED';
  readonly reference: string | null;
  readonly failure: string | null;
  readonly requestedAt: Instant;
  readonly settledAt: Instant | null;
};

/** One attempt to pay an order, and the refunds of what it brought. */
export type Payment = {
  readonly id: PaymentId;
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly amount: Money;
  /** Names the payment provider, e.g. `test`. */
  readonly method: string;
  readonly status: PaymentStatus;
  /** The provider's own name of the payment; null until it is captured. */
  readonly reference: string | null;
  /** Why it was declined. */
  readonly declineReason: string | null;
  readonly requestedAt: Instant;
  /** When it was captured or declined. */
  readonly settledAt: Instant | null;
  /** In the order of asking. */
  readonly refunds: readonly PaymentRefund[];
  readonly openRefunds: number;
  /** Refunds that the provider refused: people must see to them. */
  readonly failedRefunds: number;
};
