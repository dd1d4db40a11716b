import { z } from 'zod';
import { carrierInbound } from '../../domain/carrier-inbound';
import { carrierMessage } from '../../domain/carrier-message';
import type { CarrierInboundId, CarrierMessageId } from '../../domain/kernel';
import type { CommandContext } from '../../platform/execution';
import { carrierMessageIdSchema } from '../use-case/input';
import { nothing, outcomeOf, rejected, type Outcome } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

const parkedMessage = z.object({
  messageId: carrierMessageIdSchema.describe('The `id` of the message among `parkedCarrierMessages`.'),
});

type Both = {
  readonly inbound: 'RetryCarrierInbound' | 'HandleCarrierInbound';
  readonly outbound: 'RequeueCarrierMessage' | 'HandleCarrierMessage';
};

/** The id of a message does not show which way it goes: a message from a carrier is looked for first. */
const eitherWay = async (
  carrierMessageId: CarrierMessageId,
  { inbound, outbound }: Both,
  context: CommandContext,
  { aggregates, clock }: UseCaseDeps,
): Promise<Outcome<Record<string, never>, 'CARRIER_MESSAGE_NOT_FOUND' | 'CARRIER_MESSAGE_SETTLED'>> => {
  const at = clock.now();
  const carrierInboundId = carrierMessageId as string as CarrierInboundId;
  const received = { type: inbound, carrierInboundId, at } as const;
  const executed = await aggregates.of(carrierInbound).execute(carrierInboundId, received, context);
  if (executed.kind !== 'rejected') return outcomeOf(executed, nothing);
  if (executed.rejection.code !== 'CARRIER_INBOUND_NOT_FOUND')
    return rejected({ code: 'CARRIER_MESSAGE_SETTLED', carrierMessageId });
  const sent = { type: outbound, carrierMessageId, at } as const;
  return outcomeOf(await aggregates.of(carrierMessage).execute(carrierMessageId, sent, context), nothing);
};

export const carrierUseCases = {
  retryCarrierMessage: useCase({
    summary:
      'Retries a message: a parked one from a carrier is applied, one to a carrier is sent at once, also if it waits for its next attempt. `exchangeLog` shows the result.',
    allow: 'carrier:retry',
    input: parkedMessage,
    success: z.object({}),
    rejections: ['CARRIER_MESSAGE_NOT_FOUND', 'CARRIER_MESSAGE_SETTLED'],
    // The carriers' gateway follows the events, so it need not run in this process.
    handle: ({ messageId }, context, deps) =>
      eitherWay(
        messageId,
        { inbound: 'RetryCarrierInbound', outbound: 'RequeueCarrierMessage' },
        context,
        deps,
      ),
  }),

  markCarrierMessageHandled: useCase({
    summary:
      'Marks a parked message as handled, because staff have dealt with it by other means. It waits for staff no longer, and can still be retried.',
    allow: 'carrier:retry',
    input: parkedMessage,
    success: z.object({}),
    rejections: ['CARRIER_MESSAGE_NOT_FOUND', 'CARRIER_MESSAGE_SETTLED'],
    handle: ({ messageId }, context, deps) =>
      eitherWay(
        messageId,
        { inbound: 'HandleCarrierInbound', outbound: 'HandleCarrierMessage' },
        context,
        deps,
      ),
  }),
};
