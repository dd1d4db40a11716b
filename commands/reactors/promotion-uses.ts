import type { OrderId } from '../../domain/kernel';
import {
  isUndone,
  order,
  type OrderCancelled,
  type OrderPartLoadingFailed,
  type OrderPlaced,
  type OrderRefundRequested,
} from '../../domain/order';
import { promotion } from '../../domain/promotion';
import type { RecordedEvent } from '../../platform/event-store';
import { contextFrom, reactor, requireAccepted, type Reactor } from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case/use-case';

/** Gives the uses of an order back if it was called off before any of its goods left. */
const giveBack = async (
  { aggregates, clock }: UseCaseDeps,
  orderId: OrderId,
  event: RecordedEvent,
): Promise<void> => {
  const state = await aggregates.of(order).load(orderId);
  if (state.progress === 'NONE' || !isUndone(state)) return;
  for (const { promotionId } of state.promotions ?? []) {
    const command = { type: 'ReleasePromotionUse', promotionId, orderId, at: clock.now() } as const;
    const context = contextFrom(event, `give back ${promotionId}`);
    requireAccepted(await aggregates.of(promotion).execute(promotionId, command, context));
  }
};

/** Confirms the uses of promotions by orders that are placed, and gives back those of orders that are called off. */
export const promotionUsesWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<OrderPlaced | OrderCancelled | OrderRefundRequested | OrderPartLoadingFailed>('promotion-uses', {
    OrderPlaced: async (event) => {
      const { orderId, promotions = [] } = event.data;
      for (const { promotionId } of promotions) {
        const command = { type: 'ConfirmPromotionUse', promotionId, orderId, at: deps.clock.now() } as const;
        const context = contextFrom(event, `confirm ${promotionId}`);
        requireAccepted(await deps.aggregates.of(promotion).execute(promotionId, command, context));
      }
    },
    OrderCancelled: (event) => giveBack(deps, event.data.orderId, event),
    OrderRefundRequested: (event) => giveBack(deps, event.data.orderId, event),
    // The part may have been on a truck when the order was called off.
    OrderPartLoadingFailed: (event) => giveBack(deps, event.data.orderId, event),
  });
