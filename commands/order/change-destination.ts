import { z } from 'zod';
import { order } from '../../domain/order';
import { requestedBy } from '../use-case/authorization';
import {
  deliveryFields,
  deliveryOf,
  deliveryRejections,
  isRefused,
  seenDeliverySchema,
  type DeliveryDeps,
} from '../delivery/delivery';
import { orderIdSchema } from '../use-case/input';
import { nothing, outcomeOf, rejected } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';

export const changeDestination = useCase({
  summary: 'Redirects what is not delivered yet to another postal address or another place.',
  allow: { by: 'customer', or: 'order:change' },
  input: z.object({
    orderId: orderIdSchema,
    ...deliveryFields,
    expected: seenDeliverySchema
      .describe('The destination as the caller has seen it. The change is rejected if it is another one now.')
      .exactOptional(),
  }),
  success: z.object({}),
  rejections: ['ORDER_NOT_FOUND', 'ORDER_WRONG_STATUS', 'CHANGED_MEANWHILE', ...deliveryRejections],
  handle: async ({ orderId, expected: seen, ...wish }, context, deps: DeliveryDeps) => {
    const { aggregates, clock } = deps;
    const orders = aggregates.of(order);
    const by = requestedBy(context);
    const known = await orders.load(orderId);
    // Before the address is read: the address book is that of the customer of the order.
    if (known.progress === 'NONE' || (by.requestedBy ?? known.customerId) !== known.customerId)
      return rejected({ code: 'ORDER_NOT_FOUND', orderId });
    const delivery = await deliveryOf(deps, known.customerId, wish);
    if (isRefused(delivery)) return delivery;
    const expected = seen && { destination: seen.destination, shipTo: seen.address };
    const change = { orderId, ...delivery, expected, ...by, at: clock.now() };
    const command = { type: 'ChangeOrderDestination', ...change } as const;
    return outcomeOf(await orders.execute(orderId, command, context), nothing);
  },
});
