import { cart } from '../../domain/cart';
import type { OrderPlaced } from '../../domain/order';
import { commandId } from '../../platform/ids';
import { checkOutOf, checkOutPurpose } from '../order';
import type { UseCaseDeps } from '../use-case';
import { requireAccepted, contextFrom, reactor, type Reactor } from '../../platform/reactions';

/** Checks out the cart of an order if its placing was interrupted before that. */
export const checkOutWorkflow = ({ aggregates, clock }: UseCaseDeps): Reactor =>
  reactor<OrderPlaced>('check-out', {
    OrderPlaced: async (event) => {
      const command = checkOutOf(event.data, clock.now());
      if (command === undefined) return;
      const executed = await aggregates.of(cart).execute(command.customerId, command, {
        ...contextFrom(event, checkOutPurpose),
        // The same id as `placeOrder` uses, so that a repeat of it finds its order either way.
        commandId: commandId(event.metadata.$causationId, checkOutPurpose),
      });
      requireAccepted(executed);
    },
  });
