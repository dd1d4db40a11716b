import { z } from 'zod';
import { carrierInbound } from '../domain/carrier-inbound';
import { carrierMessage } from '../domain/carrier-message';
import type { CarrierInboundId } from '../domain/kernel';
import { carrierMessageIdSchema } from './input';
import { nothing, outcomeOf, rejected } from './outcome';
import { useCase } from './use-case';

export const carrierUseCases = {
  retryCarrierMessage: useCase({
    summary:
      'Retries a parked message: one from a carrier is applied, one to a carrier is sent. `exchangeLog` shows the result.',
    allow: 'staff',
    input: z.object({
      messageId: carrierMessageIdSchema.describe('The `id` of the message among `parkedCarrierMessages`.'),
    }),
    success: z.object({}),
    rejections: ['CARRIER_MESSAGE_NOT_FOUND', 'CARRIER_MESSAGE_SETTLED'],
    // The carriers' gateway follows the events, so it need not run in this process.
    handle: async ({ messageId }, context, { aggregates, clock }) => {
      const at = clock.now();
      const carrierInboundId = messageId as string as CarrierInboundId;
      const apply = { type: 'RetryCarrierInbound', carrierInboundId, at } as const;
      const applied = await aggregates.of(carrierInbound).execute(carrierInboundId, apply, context);
      if (applied.kind !== 'rejected') return outcomeOf(applied, nothing);
      if (applied.rejection.code === 'CARRIER_INBOUND_APPLIED')
        return rejected({ code: 'CARRIER_MESSAGE_SETTLED', carrierMessageId: messageId });
      const send = { type: 'RequeueCarrierMessage', carrierMessageId: messageId, at } as const;
      return outcomeOf(await aggregates.of(carrierMessage).execute(messageId, send, context), nothing);
    },
  }),
};
