import type { OrderPlaced } from '../../domain/order';
import { checkOutCart } from '../order';
import type { UseCaseDeps } from '../use-case/use-case';
import { contextOfCause, requireAccepted, reactor, type Reactor } from '../../platform/reactions';

/** Checks out the cart of an order if its placing was interrupted before that. */
export const checkOutWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<OrderPlaced>('check-out', {
    OrderPlaced: async (event) => {
      const executed = await checkOutCart(deps, event.data, contextOfCause(event));
      if (executed !== undefined) requireAccepted(executed);
    },
  });
