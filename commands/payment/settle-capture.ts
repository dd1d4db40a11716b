import type { CaptureId, Instant, PaymentId } from '../../domain/kernel';
import { isUndecided, payment, type PaymentCommand } from '../../domain/payment';
import { singleFlight } from '../../platform/concurrency';
import type { CommandContext } from '../../platform/execution';
import { askProvider } from './ask-provider';
import { authorisationsOf } from './authorisations';
import { ofGateway } from './payment-context';
import type { PartCaptureResult } from './provider';
import type { PaymentDeps } from './settle-payment';

export type RequestedCapture = { readonly paymentId: PaymentId; readonly captureId: CaptureId };

export type SettledCapture = {
  /** `open`: the provider decides later. `refused`: staff must handle it. */
  readonly kind: 'captured' | 'refused' | 'open' | 'unknown';
};

/**
 * Brings a requested capture forward: calls the provider, or asks it about a capture that it has accepted, and records the result.
 * It can be called again at any point.
 */
export type SettleCapture = (requested: RequestedCapture, context: CommandContext) => Promise<SettledCapture>;

type Answer = Exclude<PartCaptureResult, { kind: 'unknown' }>;

const settledAs: Readonly<Record<Answer['kind'], SettledCapture>> = {
  captured: { kind: 'captured' },
  declined: { kind: 'refused' },
  pending: { kind: 'open' },
};

/** Returns the command that records an answer of the provider. */
const answered = (result: Answer, fact: RequestedCapture & { readonly at: Instant }): PaymentCommand => {
  switch (result.kind) {
    case 'captured':
      return { type: 'RecordPartCapture', ...fact, reference: result.reference };
    case 'declined':
      return { type: 'RecordCaptureRefusal', ...fact, reason: result.reason };
    case 'pending':
      return { type: 'RecordCapturePending', ...fact };
  }
};

export const createSettleCapture = (deps: PaymentDeps): SettleCapture => {
  const { aggregates, provider, clock } = deps;
  const once = singleFlight<SettledCapture>();

  const settle: SettleCapture = async ({ paymentId, captureId }, context) => {
    const state = await aggregates.of(payment).load(paymentId);
    const capture = state.status === 'AUTHORISED' ? state.captures.get(captureId) : undefined;
    if (state.status !== 'AUTHORISED' || capture === undefined)
      throw new Error(`The capture ${captureId} was never requested of the payment ${paymentId}`);
    if (!isUndecided(capture.status)) return { kind: capture.status === 'DONE' ? 'captured' : 'refused' };

    const at = authorisationsOf(provider);
    const request = { key: captureId, reference: state.reference, amount: capture.amount };
    const result = await askProvider(deps, () =>
      capture.status === 'PENDING' ? at.findCapture(request) : at.capture(request),
    );
    if (result.kind === 'unknown') return { kind: 'unknown' };
    const command = answered(result, { paymentId, captureId, at: clock.now() });
    const executed = await aggregates
      .of(payment)
      .execute(paymentId, command, ofGateway(context, context.commandId, `${result.kind} ${captureId}`));
    return executed.kind === 'accepted' ? settledAs[result.kind] : { kind: 'unknown' };
  };

  return (requested, context) => once(requested.captureId, () => settle(requested, context));
};
