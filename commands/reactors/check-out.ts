import { cart } from '../../domain/cart';
import type { OrderPlaced } from '../../domain/order';
import { commandId } from '../../platform/ids';
import { checkOutOf, checkOutPurpose } from '../order';
import type { UseCaseDeps } from '../use-case';
import { requireAccepted, contextFrom, reactor, type Reactor } from '../../platform/reactions';

/** Checks out the cart that became an order, where placing it was cut short before that. */
export const checkOutWorkflow = ({ aggregates, clock }: UseCaseDeps): Reactor =>
  reactor<OrderPlaced>('check-out', {
    OrderPlaced: async (event) => {
      const command = checkOutOf(event.data, clock.now());
      if (command === undefined) return;
      const executed = await aggregates.execute(cart, command.customerId, command, {
        ...contextFrom(event, checkOutPurpose),
        // The id under which `placeOrder` sends it, so that a repeat of that finds its order either way.
        commandId: commandId(event.metadata.$causationId, checkOutPurpose),
      });
      requireAccepted(executed);
    },
  });
