import { z } from 'zod';
import { holdReasons, order } from '../../domain/order';
import { ofKind } from '../use-case/fields';
import { orderIdSchema, textSchema } from '../use-case/input';
import { nothing, outcomeOf } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { byStaff } from './note-order';
import { recordLoadingParts } from './start-part-loading';

const COMMENT_LENGTH_MAX = 500;

export const holdReasonSchema = ofKind(
  'holdReason',
  z.enum(holdReasons).describe('The reason why the order is held.'),
);

export const holdUseCases = {
  holdOrder: useCase({
    summary:
      'Holds an order: none of its parts is released to packing or loaded, and it does not expire, until it is released. Parts that may be on a truck already are not stopped.',
    allow: 'order:hold',
    input: z.object({
      orderId: orderIdSchema,
      reason: holdReasonSchema,
      comment: textSchema(COMMENT_LENGTH_MAX).min(1).describe('A comment for other staff.').exactOptional(),
    }),
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND', 'ORDER_WRONG_STATUS', 'ORDER_ALREADY_SHIPPED'],
    handle: async (input, context, deps) => {
      const { orderId } = input;
      // The order says which of its parts the hold does not stop.
      await recordLoadingParts(deps, orderId, context);
      const command = { type: 'HoldOrder', ...input, ...byStaff(context, deps) } as const;
      return outcomeOf(await deps.aggregates.of(order).execute(orderId, command, context), nothing);
    },
  }),

  releaseOrder: useCase({
    summary:
      'Releases an order from a hold. After the last one it goes on, and an unpaid order gets back the time for which it was held.',
    allow: 'order:hold',
    input: z.object({ orderId: orderIdSchema, reason: holdReasonSchema }),
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND'],
    handle: async (input, context, deps) => {
      const command = { type: 'ReleaseOrder', ...input, ...byStaff(context, deps) } as const;
      return outcomeOf(await deps.aggregates.of(order).execute(input.orderId, command, context), nothing);
    },
  }),
};
