import type { CaptureResult, PaymentProvider, RefundResult } from '../../commands/payment';
import type { StatementEntry } from './statement';

/** The method that always succeeds. */
export const TEST_METHOD = 'test';
/** The method that is always declined, to test a declined order. */
export const DECLINED_METHOD = 'test-declined';

/** A movement that the statement will have. The provider adds the time. */
export type TestMovement = Omit<StatementEntry, 'at'>;

/**
 * A payment provider for tests: no money moves. It needs no memory, because its answers are derived from the key: the
 * same key is the same payment, also after a restart.
 *
 * @param enter - enters a movement into the provider's own statement. It is called again where a request is repeated.
 */
export const testPaymentProvider = (enter?: (movement: TestMovement) => Promise<void>): PaymentProvider => ({
  methods: [TEST_METHOD, DECLINED_METHOD],
  capture: async ({ key, method, amount }): Promise<CaptureResult> => {
    if (method !== TEST_METHOD)
      return { kind: 'declined', reason: 'The test provider declines this method.' };
    const reference = `test-${key}`;
    await enter?.({ id: reference, kind: 'CAPTURE', key, status: 'DONE', ...amount, feeMinor: 0 });
    return { kind: 'captured', reference };
  },
  refund: async ({ key, amount }): Promise<RefundResult> => {
    const reference = `test-refund-${key}`;
    await enter?.({ id: reference, kind: 'REFUND', key, status: 'DONE', ...amount, feeMinor: 0 });
    return { kind: 'refunded', reference };
  },
});
