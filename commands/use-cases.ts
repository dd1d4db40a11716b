import type { Millis } from '../domain/kernel';
import type { Clock, Random } from '../platform/clock';
import type { Logger } from '../platform/telemetry';
import {
  createAccountIds,
  grantRole,
  logIn,
  logOut,
  provisionAccount,
  refreshSession,
  resetPassword,
  revokeRole,
  signUp,
  type Passwords,
} from './account';
import type { Aggregates } from '../platform/execution';
import { assignTracking } from './assign-tracking';
import { retryCarrierMessage } from './carrier';
import { addToCart, changeCartLine, removeFromCart } from './cart';
import {
  changeProductPrice,
  describeProduct,
  discontinueProduct,
  importProduct,
  registerProduct,
  reinstateProduct,
} from './catalogue';
import { boundToInput } from './idempotency-keys';
import type { Numbers } from './numbering';
import {
  cancelOrder,
  changeDestination,
  confirmReceipt,
  importOrder,
  payOrder,
  placeOrder,
  refundOrder,
} from './order';
import type { PaymentProvider, SettlePayment } from './payment';
import { editReview, withdrawReview, writeReview } from './review';
import {
  recordDelivered,
  recordDeliveryStarted,
  recordLoaded,
  recordPacked,
  recordShipmentFailure,
  recordTruckArrived,
  recordTruckDispatched,
  requestShipmentStatus,
  retryShipment,
} from './shipment';
import type { UseCaseRegistry } from './use-case';
import {
  deactivateWarehouse,
  reactivateWarehouse,
  receiveStock,
  registerWarehouse,
  removeStock,
  replenish,
} from './warehouse';

export type UseCasesDeps = {
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly passwords: Passwords;
  readonly provider: PaymentProvider;
  /** The one of the process, shared with the workflows, so that both never ask the provider at once. */
  readonly settlePayment: SettlePayment;
  /** How long an order waits to be paid. Default a day, as the setting has it. */
  readonly payWithin?: Millis;
  /** How long a log-in lasts. Default 30 days. */
  readonly sessionFor?: Millis;
};

export type { UseCaseRegistry };

const DAY_MS = 24 * 60 * 60_000;
const PAY_WITHIN = DAY_MS as Millis;
const SESSION_FOR = (30 * DAY_MS) as Millis;

/** Every use case, ready to be called. */
export const createUseCases = (given: UseCasesDeps): UseCaseRegistry => {
  const deps = {
    ...given,
    accountIds: createAccountIds(given, given.random),
    payWithin: given.payWithin ?? PAY_WITHIN,
    sessionFor: given.sessionFor ?? SESSION_FOR,
  };
  const useCases: UseCaseRegistry = {
    signUp: signUp(deps),
    logIn: logIn(deps),
    refreshSession: refreshSession(deps),
    logOut: logOut(deps),
    provisionAccount: provisionAccount(deps),
    grantRole: grantRole(deps),
    revokeRole: revokeRole(deps),
    resetPassword: resetPassword(deps),
    registerProduct: registerProduct(deps),
    importProduct: importProduct(deps),
    changeProductPrice: changeProductPrice(deps),
    describeProduct: describeProduct(deps),
    discontinueProduct: discontinueProduct(deps),
    reinstateProduct: reinstateProduct(deps),
    addToCart: addToCart(deps),
    changeCartLine: changeCartLine(deps),
    removeFromCart: removeFromCart(deps),
    placeOrder: placeOrder(deps),
    importOrder: importOrder(deps),
    payOrder: payOrder(deps),
    cancelOrder: cancelOrder(deps),
    changeDestination: changeDestination(deps),
    confirmReceipt: confirmReceipt(deps),
    refundOrder: refundOrder(deps),
    recordPacked: recordPacked(deps),
    recordTruckDispatched: recordTruckDispatched(deps),
    recordTruckArrived: recordTruckArrived(deps),
    recordLoaded: recordLoaded(deps),
    recordDeliveryStarted: recordDeliveryStarted(deps),
    recordDelivered: recordDelivered(deps),
    assignTracking: assignTracking(deps),
    recordShipmentFailure: recordShipmentFailure(deps),
    retryShipment: retryShipment(deps),
    requestShipmentStatus: requestShipmentStatus(deps),
    retryCarrierMessage: retryCarrierMessage(deps),
    registerWarehouse: registerWarehouse(deps),
    deactivateWarehouse: deactivateWarehouse(deps),
    reactivateWarehouse: reactivateWarehouse(deps),
    receiveStock: receiveStock(deps),
    removeStock: removeStock(deps),
    replenish: replenish(deps),
    writeReview: writeReview(deps),
    editReview: editReview(deps),
    withdrawReview: withdrawReview(deps),
  };
  return boundToInput(useCases, deps);
};
