import type { AccountId, Instant, OrderId } from '../../domain/kernel';

/** An order that waits for its payment; `id` is the order's. Gone as soon as it is paid or cancelled. */
export type Deadline = {
  readonly id: OrderId;
  readonly orderNumber: number;
  readonly customerId: AccountId;
  readonly payBy: Instant;
};
