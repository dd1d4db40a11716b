import type { CaptureResult, PaymentProvider, RefundResult } from '../../commands/payment';

/** The method that always succeeds. */
export const TEST_METHOD = 'test';
/** The method that is always declined, to test a declined order. */
export const DECLINED_METHOD = 'test-declined';

/**
 * A payment provider for tests: no money moves. It stores nothing, because its answers are derived from the key: the
 * same key is the same payment, also after a restart.
 */
export const testPaymentProvider = (): PaymentProvider => ({
  methods: [TEST_METHOD, DECLINED_METHOD],
  capture: ({ key, method }) =>
    Promise.resolve<CaptureResult>(
      method === TEST_METHOD
        ? { kind: 'captured', reference: `test-${key}` }
        : { kind: 'declined', reason: 'The test provider declines this method.' },
    ),
  refund: ({ key }) => Promise.resolve<RefundResult>({ kind: 'refunded', reference: `test-refund-${key}` }),
});
