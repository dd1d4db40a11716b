import type {
  Authorisations,
  CaptureResult,
  PartCaptureRequest,
  PartCaptureResult,
  PaymentAtProvider,
} from '../../commands/payment';
import { epochMsOf, type Instant } from '../../domain/kernel';
import { paymentName, type BegunPayment, type TestProviderDeps } from './test-payments';

const DAY_MS = 86_400_000;
/** The time for which card networks usually hold money. */
const HOLDS_FOR_MS = 7 * DAY_MS;
/** The time after which the method `test-authorisation-expires` holds nothing any more. */
export const EXPIRES_AFTER_MS = 60_000;

const referenceOf = ({ key, method }: PaymentAtProvider): string => `${method}-${key}`;

const UUID_LENGTH = 36;
const keyIn = (reference: string): string => reference.slice(-UUID_LENGTH);

const untilOf = ({ method, begunAt }: BegunPayment): Instant =>
  new Date(
    epochMsOf(begunAt) + (method === 'test-authorisation-expires' ? EXPIRES_AFTER_MS : HOLDS_FOR_MS),
  ).toISOString() as Instant;

/** The answer about money that is held. */
export const authorised = (payment: PaymentAtProvider, begun: BegunPayment): CaptureResult => ({
  kind: 'authorised',
  reference: referenceOf(payment),
  authorisedUntil: untilOf(begun),
});

/** The steps of the shop with held money, in the order in which they came: captures, and `void`, which ends it. */
type Step = { readonly key: string; readonly amountMinor: number; readonly at: Instant };

const VOID = 'void';
/** Enough for any order. */
const STEPS_MAX = 10_000;

const LOST = { kind: 'unknown', reason: 'The answer was lost' } as const;

const refusalByMethod = (
  begun: BegunPayment,
  { at, amountMinor }: Step,
  isFirst: boolean,
): string | undefined => {
  if (epochMsOf(at) >= epochMsOf(untilOf(begun))) return 'The authorisation has expired.';
  switch (begun.method) {
    case 'test-capture-refused':
      return 'The bank of the payer refuses to pay what it had authorised.';
    case 'test-capture-refused-once':
      return isFirst ? 'The bank of the payer refuses to pay now.' : undefined;
    case 'test-capture-in-part-refused':
      return amountMinor < begun.amount.amountMinor
        ? 'The provider takes all of this authorisation or nothing.'
        : undefined;
    default:
      return undefined;
  }
};

/** Returns the reason why the last of the steps takes nothing; undefined where it takes the money. */
const refusalOf = (begun: BegunPayment, steps: readonly Step[]): string | undefined => {
  let rest = begun.amount.amountMinor;
  let isEnded = false;
  let refusal: string | undefined;
  steps.forEach((step, index) => {
    const isTooMuch = step.amountMinor > rest ? 'More than is held cannot be taken.' : undefined;
    refusal = isEnded
      ? 'The authorisation was ended.'
      : (refusalByMethod(begun, step, index === 0) ?? isTooMuch);
    if (step.key === VOID) isEnded = true;
    else if (refusal === undefined) rest -= step.amountMinor;
  });
  return refusal;
};

/** The captures of held money and their end. Steps are noted one after another, so that of two at once one comes first. */
export const heldMoney = (
  { clock, ledger, enter, notify }: TestProviderDeps,
  isOver: (since: Instant) => boolean,
): Pick<Authorisations, 'capture' | 'findCapture' | 'void'> => {
  /** Notes a step. @returns all steps until this one, which may have come before. */
  const stepsUntil = async (reference: string, step: Step): Promise<readonly Step[]> => {
    const steps: Step[] = [];
    while (steps.length < STEPS_MAX) {
      const noted = await ledger.note<Step>(`held ${reference} ${steps.length + 1}`, step);
      steps.push(noted);
      if (noted.key === step.key) return steps;
    }
    throw new Error(`The test provider has no room for the step ${step.key}`);
  };

  const begunOf = (reference: string): Promise<BegunPayment | undefined> =>
    ledger.find<BegunPayment>(paymentName(keyIn(reference)));

  const capture = async ({ key, reference, amount }: PartCaptureRequest): Promise<PartCaptureResult> => {
    const begun = await begunOf(reference);
    if (begun === undefined) return { kind: 'declined', reason: 'There is no such authorisation.' };
    const steps = await stepsUntil(reference, { key, amountMinor: amount.amountMinor, at: clock.now() });
    if (begun.method === 'test-early-notice') await notify?.({ paymentKey: keyIn(reference) });
    const reason = refusalOf(begun, steps);
    if (reason !== undefined) return { kind: 'declined', reason };
    if (begun.method === 'test-capture-pending' && !isOver(steps.at(-1)?.at ?? begun.begunAt))
      return { kind: 'pending' };
    const taken = `capture-${key}`;
    await enter?.({ id: taken, kind: 'CAPTURE', key, status: 'DONE', ...amount, feeMinor: 0 });
    if (begun.method === 'test-lost-answer') {
      const asked = await ledger.find(`asked ${key}`);
      await ledger.note(`asked ${key}`, {});
      if (asked === undefined) return LOST;
    }
    return { kind: 'captured', reference: taken };
  };

  return {
    capture,
    findCapture: capture,
    void: async ({ reference }) => {
      const begun = await begunOf(reference);
      if (begun?.method === 'test-void-refused')
        return { kind: 'declined', reason: 'The test provider holds the money until its time is over.' };
      await stepsUntil(reference, { key: VOID, amountMinor: 0, at: clock.now() });
      return { kind: 'voided' };
    },
  };
};
