export {
  differenceKinds,
  PaymentDifference,
  PaymentReconciliation,
  paymentReconciliation,
  ReconciledTotals,
  type DifferenceKind,
  type ReconcilePayments,
} from './reconciliation';
export { isDay, shopDaysIn } from './shop-days';
export { addToStatement, statementFiles } from './statement-files';
export { NOTICES_PATH, paymentNotices } from './notices';
export { payerPage } from './payer-page';
export { memoryLedger, sharedLedger, type TestLedger } from './test-ledger';
export { EXPIRES_AFTER_MS } from './test-authorisations';
export { DECLINED_METHOD, TEST_METHOD, testPaymentProvider, type TestNotice } from './test-provider';
