import { cart } from '../../domain/cart';
import type { OrderPlaced } from '../../domain/order';
import { commandId } from '../../platform/identity';
import { checkOutPurpose } from '../order';
import type { UseCaseDeps } from '../use-case';
import { demandAccepted, following, workflow, type Workflow } from './workflow';

/** Empties the cart that became an order, where placing it was cut short before that. */
export const checkOutWorkflow = ({ aggregates, clock }: UseCaseDeps): Workflow =>
  workflow<OrderPlaced>('check-out', {
    OrderPlaced: async (event) => {
      const { customerId, orderId, cartGeneration: generation } = event.data;
      if (generation === undefined) return;
      const executed = await aggregates.execute(
        cart,
        customerId,
        { type: 'CheckOutCart', customerId, orderId, generation, at: clock.now() },
        {
          ...following(event, checkOutPurpose),
          // The id under which `placeOrder` sends it, so that a repeat of that finds its order either way.
          commandId: commandId(event.metadata.$causationId, checkOutPurpose),
        },
      );
      // The customer has emptied the cart by hand meanwhile.
      demandAccepted(executed, ['CART_EMPTY']);
    },
  });
