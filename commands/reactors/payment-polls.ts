import type { Millis, PaymentId } from '../../domain/kernel';
import type { Random } from '../../platform/clock';
import { backoffDelay } from '../../platform/faults';
import { rootContext } from '../../platform/execution';
import { uuidV7 } from '../../platform/ids';
import { startDueWork } from '../../platform/reactions';
import type { Logger } from '../../platform/telemetry';
import { unfinishedPayment, type Payments } from '../payment';
import type { UseCaseDeps } from '../use-case/use-case';
import type { WaitingPayments } from './sites';

export type PaymentPollsDeps = UseCaseDeps &
  Payments & {
    readonly random: Random;
    readonly logger: Logger;
    readonly waitingPayments: WaitingPayments;
    /** The interval, in milliseconds. Default 5 000. */
    readonly everyMs?: number | undefined;
  };

const LISTED_MAX = 1_000;
const ASKED_AT_ONCE_MAX = 20;
/** A payer who comes back sees the outcome soon; a bank that takes days is asked every few minutes. */
const BACKOFF = { baseMs: 5_000, factor: 1.5, maxMs: 300_000 };

type Turn = { readonly attempt: number; readonly notBeforeMs: number };

/**
 * Asks the provider about payments, captures and refunds that it decides on later, ever less often, until it has decided: its notices may
 * never come. It remembers nothing beyond its process, so a restart asks about all of them.
 */
export const startPaymentPolls = (deps: PaymentPollsDeps): { readonly stop: () => Promise<void> } => {
  const { aggregates, clock, random, logger, settlePayment, settleRefund, settleCapture } = deps;
  const { waitingPayments, everyMs } = deps;
  let turns = new Map<string, Turn>();

  const context = () => rootContext(uuidV7(clock, random), { kind: 'system', id: 'payments', roles: [] });

  const askForPayment = async (paymentId: PaymentId): Promise<void> => {
    // The list may lag behind.
    const open = await unfinishedPayment(aggregates, paymentId);
    if (open) await settlePayment(open, context());
  };

  const due = async (): Promise<readonly (() => Promise<unknown>)[]> => {
    const waiting = await waitingPayments(LISTED_MAX);
    const works = new Map<string, () => Promise<unknown>>();
    for (const { paymentId, refundIds, captureIds } of waiting) {
      if (refundIds.length + captureIds.length === 0) works.set(paymentId, () => askForPayment(paymentId));
      for (const refundId of refundIds)
        works.set(refundId, () => settleRefund({ paymentId, refundId }, context()));
      for (const captureId of captureIds)
        works.set(captureId, () => settleCapture({ paymentId, captureId }, context()));
    }
    const nowMs = clock.monotonicMs();
    const isDue = (key: string): boolean => (turns.get(key)?.notBeforeMs ?? 0) <= nowMs;
    const asked = new Set([...works.keys()].filter(isDue).slice(0, ASKED_AT_ONCE_MAX));
    const next = new Map<string, Turn>();
    for (const key of works.keys()) {
      const turn = turns.get(key) ?? { attempt: 0, notBeforeMs: 0 };
      const delay = (): Millis => backoffDelay(turn.attempt, BACKOFF, random);
      next.set(key, asked.has(key) ? { attempt: turn.attempt + 1, notBeforeMs: nowMs + delay() } : turn);
    }
    // What has been decided is forgotten.
    turns = next;
    return [...works].filter(([key]) => asked.has(key)).map(([, work]) => work);
  };

  return startDueWork({
    ...{ clock, random, logger, due, everyMs },
    messages: {
      piece: 'A payment provider could not be asked',
      loop: 'The loop that asks payment providers failed',
    },
  });
};
