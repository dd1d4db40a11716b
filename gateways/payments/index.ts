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
export { DECLINED_METHOD, TEST_METHOD, testPaymentProvider } from './test-provider';
