import { z } from 'zod';
import { carrierInbound } from '../domain/carrier-inbound';
import { carrierMessage } from '../domain/carrier-message';
import type { CarrierInboundId } from '../domain/kernel';
import { demandStaff } from './authorization';
import { carrierMessageIdSchema, parse } from './input';
import { nothing, outcomeOf, rejected } from './outcome';
import type { UseCaseDeps, UseCaseOf } from './use-case';

const schema = z.object({ messageId: carrierMessageIdSchema });

/**
 * Has a message tried again that waits for people, whichever way it goes. The gateway that talks with carriers follows the
 * events, so it need not be in this process.
 */
export const retryCarrierMessage =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'retryCarrierMessage'> =>
  async (input, context) => {
    const { messageId } = parse(schema, input);
    demandStaff(context);
    const at = clock.now();
    const carrierInboundId = messageId as string as CarrierInboundId;
    const apply = { type: 'RetryCarrierInbound', carrierInboundId, at } as const;
    const applied = await aggregates.execute(carrierInbound, carrierInboundId, apply, context);
    if (applied.kind !== 'rejected') return outcomeOf(applied, nothing);
    if (applied.rejection.code === 'CARRIER_INBOUND_APPLIED')
      return rejected({ code: 'CARRIER_MESSAGE_SETTLED', carrierMessageId: messageId });
    const send = { type: 'RequeueCarrierMessage', carrierMessageId: messageId, at } as const;
    return outcomeOf(await aggregates.execute(carrierMessage, messageId, send, context), nothing);
  };
