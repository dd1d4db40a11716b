import type {
  CaptureRequest,
  CaptureResult,
  PaymentAtProvider,
  PaymentProvider,
  RefundRequest,
  RefundResult,
} from '../../commands/payment';
import { epochMsOf, type Instant } from '../../domain/kernel';
import { authorised, heldMoney } from './test-authorisations';
import {
  DECIDES_AFTER_MS,
  DECLINED_METHOD,
  paymentName,
  TEST_METHOD,
  testMethods,
  type BegunPayment,
  type TestMethod,
  type TestProviderDeps,
} from './test-payments';

export { DECIDES_AFTER_MS, DECLINED_METHOD, paymentName, TEST_METHOD, testMethods } from './test-payments';
export type { BegunPayment, TestMethod, TestMovement, TestNotice, TestProviderDeps } from './test-payments';

/** The methods whose payer must act. */
const needPayer: ReadonlySet<string> = new Set<TestMethod>([
  'test-redirect',
  'test-redirect-notice-twice',
  'test-redirect-no-notice',
  'test-app',
]);

/** The end of a payment that waits for its payer: the payer's decision, or the end by the shop. */
export type Ending = { readonly by: 'approved' | 'declined' | 'cancelled' | 'expired' };

/** Returns the end of a payment that waits for its payer; undefined before it. After `payBy` it has expired. */
export const endingOf = (
  { clock, ledger }: Pick<TestProviderDeps, 'clock' | 'ledger'>,
  key: string,
  { payBy }: Pick<BegunPayment, 'payBy'>,
): Promise<Ending | undefined> =>
  epochMsOf(clock.now()) >= epochMsOf(payBy)
    ? ledger.note<Ending>(endingName(key), { by: 'expired' })
    : ledger.find<Ending>(endingName(key));

export const endingName = (key: string): string => `ending ${key}`;

/** The path of the page on which the payer decides. */
export const payerPath = (key: string): string => `/test-payments/${key}`;

const LOST = { kind: 'unknown', reason: 'The answer was lost' } as const;

const endings: Readonly<Record<Exclude<Ending['by'], 'approved'>, CaptureResult>> = {
  declined: { kind: 'declined', reason: 'You declined the payment at the test provider.' },
  cancelled: { kind: 'declined', reason: 'The payment was cancelled before it was made.' },
  expired: { kind: 'declined', reason: 'The time for the payment was over.' },
};

const declines: Readonly<Partial<Record<string, string>>> = {
  [DECLINED_METHOD]: 'The test provider declines this method.',
  'test-insufficient-funds': 'The account has not enough money.',
};

/** The answers about payments that the provider has begun. */
const standings = ({ clock, ledger, enter }: TestProviderDeps) => {
  const isOver = (since: Instant): boolean => epochMsOf(clock.now()) >= epochMsOf(since) + DECIDES_AFTER_MS;

  const captured = async ({ key, method, amount }: PaymentAtProvider): Promise<CaptureResult> => {
    const reference = `${method}-${key}`;
    await enter?.({ id: reference, kind: 'CAPTURE', key, status: 'DONE', ...amount, feeMinor: 0 });
    return { kind: 'captured', reference };
  };

  const whenDecided = async (payment: PaymentAtProvider, begun: BegunPayment): Promise<CaptureResult> => {
    if (!isOver(begun.begunAt)) return { kind: 'pending' };
    return payment.method === 'test-pending'
      ? secured(payment, begun)
      : { kind: 'declined', reason: 'The bank of the payer has refused in the end.' };
  };

  const whenPayerActs = async (payment: PaymentAtProvider, begun: BegunPayment): Promise<CaptureResult> => {
    const ending = await endingOf({ clock, ledger }, payment.key, begun);
    if (ending?.by === 'approved') return secured(payment, begun);
    if (ending !== undefined) return endings[ending.by];
    const url = payerPath(payment.key);
    return {
      kind: 'action-required',
      action: payment.method === 'test-app' ? { kind: 'APP', payload: url } : { kind: 'REDIRECT', url },
    };
  };

  /** Takes the money, or holds it. */
  const secured = (payment: PaymentAtProvider, begun: BegunPayment): Promise<CaptureResult> =>
    begun.isHeld ? Promise.resolve(authorised(payment, begun)) : captured(payment);

  const standOf = async (payment: PaymentAtProvider, begun: BegunPayment): Promise<CaptureResult> => {
    if (needPayer.has(begun.method)) return whenPayerActs(payment, begun);
    return begun.method.startsWith('test-pending') ? whenDecided(payment, begun) : secured(payment, begun);
  };

  return { isOver, captured, secured, standOf };
};

/** The answers to refunds. The method of the payment is the beginning of its reference. */
const refunds = ({ clock, ledger, enter }: TestProviderDeps, isOver: (since: Instant) => boolean) => {
  const refunded = async ({ key, amount }: RefundRequest): Promise<RefundResult> => {
    const reference = `test-refund-${key}`;
    await enter?.({ id: reference, kind: 'REFUND', key, status: 'DONE', ...amount, feeMinor: 0 });
    return { kind: 'refunded', reference };
  };

  const refundLater = async (request: RefundRequest): Promise<RefundResult> => {
    const { begunAt } = await ledger.note(`refund ${request.key}`, { begunAt: clock.now() });
    return isOver(begunAt) ? refunded(request) : { kind: 'pending' };
  };

  return async (request: RefundRequest): Promise<RefundResult> => {
    if (request.reference.startsWith('test-refund-refused-'))
      return { kind: 'declined', reason: 'The test provider refuses refunds of this method.' };
    return request.reference.startsWith('test-refund-pending-') ? refundLater(request) : refunded(request);
  };
};

/**
 * A payment provider for tests: no money moves. A card that is taken at once needs no memory, because the answer is derived from
 * the key: the same key is the same payment, also after a restart. The other methods keep theirs in the ledger.
 */
export const testPaymentProvider = (deps: TestProviderDeps): PaymentProvider => {
  const { clock, ledger, notify } = deps;
  const { isOver, captured, secured, standOf } = standings(deps);

  /** Takes the money and loses the answer, the first time. */
  const loseFirstAnswer = async (request: CaptureRequest, begun: BegunPayment): Promise<CaptureResult> => {
    const name = `asked ${request.key}`;
    const asked = await ledger.find(name);
    await ledger.note(name, {});
    const taken = await secured(request, begun);
    return asked === undefined ? LOST : taken;
  };

  const begin = async (request: CaptureRequest, isHeld: boolean): Promise<CaptureResult> => {
    const { key, method, amount, orderId, payBy } = request;
    const reason = declines[method];
    if (reason !== undefined || !testMethods.some((known) => known === method))
      return { kind: 'declined', reason: reason ?? 'The test provider has no such method.' };
    const begun = await ledger.note<BegunPayment>(paymentName(key), {
      ...{ method: method as TestMethod, amount, orderId, payBy, begunAt: clock.now(), isHeld },
    });
    if (method === 'test-early-notice') await notify?.({ paymentKey: key });
    return method === 'test-lost-answer' ? loseFirstAnswer(request, begun) : standOf(request, begun);
  };

  const find = async (payment: PaymentAtProvider): Promise<CaptureResult> => {
    const begun = await ledger.find<BegunPayment>(paymentName(payment.key));
    return begun === undefined
      ? { kind: 'declined', reason: 'The test provider has no such payment.' }
      : standOf(payment, begun);
  };

  const cancel = async (payment: PaymentAtProvider): Promise<CaptureResult> => {
    const stand = await find(payment);
    if (stand.kind !== 'action-required') return stand;
    const ending = await ledger.note<Ending>(endingName(payment.key), { by: 'cancelled' });
    return ending.by === 'approved' ? find(payment) : endings[ending.by];
  };

  const refund = refunds(deps, isOver);
  return {
    methods: testMethods,
    // Almost every payment: it touches nothing but the statement.
    capture: (request) => (request.method === TEST_METHOD ? captured(request) : begin(request, false)),
    ...{ find, cancel, refund, findRefund: refund },
    authorisations: {
      authorise: (request) => begin(request, true),
      ...heldMoney(deps, isOver),
    },
  };
};
