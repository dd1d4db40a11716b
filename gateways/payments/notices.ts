import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CommandClient } from '../../commands';
import { paymentGateway } from '../../commands/payment';
import type { PaymentId, RefundId } from '../../domain/kernel';
import { within, type Clock, type Random } from '../../platform/clock';
import { rootContext } from '../../platform/execution';
import { uuidV7 } from '../../platform/ids';
import { boundedLogger, type Logger } from '../../platform/telemetry';
import { verifyWebhook } from '../../platform/webhook-signing';

/** The path at which payment providers report. */
export const NOTICES_PATH = '/webhooks/payments';

const BODY_BYTES_MAX = 16 * 1024;
/** Providers wait a few seconds for an answer, and send the notice again. */
const ANSWER_WITHIN_MS = 4_000;

export type NoticesDeps = {
  readonly commands: Pick<CommandClient, 'send'>;
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

const noticeSchema = z.object({ paymentKey: z.uuid(), refundKey: z.uuid().optional() });

const noticeIn = (body: Buffer): z.infer<typeof noticeSchema> | undefined => {
  try {
    return noticeSchema.safeParse(JSON.parse(body.toString())).data;
  } catch {
    return undefined;
  }
};

/**
 * The route for the notices of the payment provider, signed as Standard Webhooks. A notice only says which payment to ask the
 * provider about, so that a forged, old, early or repeated one cannot change what is recorded.
 */
export const paymentNotices = (deps: NoticesDeps): FastifyPluginAsync => {
  const { commands, secrets, clock, random } = deps;
  const logger = boundedLogger(deps.logger, clock);

  const refuse = (reply: FastifyReply, status: number, message: string): FastifyReply => {
    logger.warn({ path: NOTICES_PATH, message }, 'A notice of a payment provider is refused');
    return reply.code(status).send({ message });
  };

  const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const verified = verifyWebhook(request.headers, body, secrets, clock.now());
    if (!verified.ok) return refuse(reply, 401, `The signature is ${verified.why}`);
    const notice = noticeIn(body);
    if (notice === undefined) return refuse(reply, 400, 'The body is no notice: {"paymentKey": "…"}');
    const { paymentKey, refundKey } = notice;
    const input = {
      paymentId: paymentKey as PaymentId,
      ...(refundKey === undefined ? {} : { refundId: refundKey as RefundId }),
    };
    const context = rootContext(uuidV7(clock, random), paymentGateway);
    const recorded = commands.send('recordPaymentNotice', input, context);
    await within(
      clock,
      ANSWER_WITHIN_MS,
      recorded,
      () => new Error('no answer of the provider in time'),
    ).catch((error: unknown) => {
      // The platform asks the provider by itself, too.
      logger.warn({ error, ...input }, 'A notice of a payment provider has led to nothing yet');
    });
    return reply.code(204).send();
  };

  return (app) => {
    // Signatures are of the raw bytes, so no parser may run first.
    app.removeAllContentTypeParsers();
    const bytes = { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX } as const;
    app.addContentTypeParser('*', bytes, (_request, body, parsed) => parsed(null, body));
    app.post(NOTICES_PATH, { bodyLimit: BODY_BYTES_MAX, config: { access: 'payment-provider' } }, receive);
    return Promise.resolve();
  };
};
