import { createClosePayment, createSettlePayment } from './settle-payment';
import type { ClosePayment, PaymentDeps, SettlePayment } from './settle-payment';
import { createSettleCapture, type SettleCapture } from './settle-capture';
import { createSettleRefund, type SettleRefund } from './settle-refund';
import { createSettleVoid, type SettleVoid } from './settle-void';

/** The work of a process on payments, once for all who need it, so that it never asks the provider twice at once. */
export type Payments = {
  readonly settlePayment: SettlePayment;
  readonly closePayment: ClosePayment;
  readonly settleRefund: SettleRefund;
  readonly settleCapture: SettleCapture;
  readonly settleVoid: SettleVoid;
};

export const createPayments = (deps: PaymentDeps): Payments => ({
  settlePayment: createSettlePayment(deps),
  closePayment: createClosePayment(deps),
  settleRefund: createSettleRefund(deps),
  settleCapture: createSettleCapture(deps),
  settleVoid: createSettleVoid(deps),
});
