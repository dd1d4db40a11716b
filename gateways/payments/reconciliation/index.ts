export { differenceKinds, type DifferenceKind } from './differences';
export { paymentReconciliation, type ReconcilePayments } from './reconcile';
export { PaymentDifference, PaymentReconciliation, ReconciledTotals } from './report';
