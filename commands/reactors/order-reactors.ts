import { allocationWorkflow, type AllocationDeps } from './allocation';
import { afterSalesWorkflow } from './after-sales';
import { cancelledGoodsWorkflow } from './cancelled-goods';
import { capturesWorkflow, retryCapturesOn, type CapturesDeps } from './captures';
import { checkOutWorkflow } from './check-out';
import { compensationWorkflow } from './compensation';
import { erasureWorkflow } from './erasures';
import { merchantsWorkflow } from './merchants';
import { movingWorkflow } from './moving';
import { productFamiliesWorkflow } from './product-families';
import { paymentsWorkflow, type PaymentsDeps } from './payments';
import { promotionUsesWorkflow } from './promotion-uses';
import { recoveryWorkflow } from './recovery';
import { shippingWorkflow, type ShippingDeps } from './shipping';
import { supplyWorkflow } from './supply';
import type { ErasureDeps } from '../account';
import type { Reactor } from '../../platform/reactions';

/** The reactors of an order's life, of an account's end, of product families, and of merchants. Several reactors of one event run in this order. */
export const orderReactors = (
  deps: AllocationDeps & CapturesDeps & ErasureDeps & PaymentsDeps & ShippingDeps,
): readonly Reactor[] => [
  checkOutWorkflow(deps),
  allocationWorkflow(deps),
  supplyWorkflow(deps),
  shippingWorkflow(deps),
  paymentsWorkflow(deps),
  capturesWorkflow(deps),
  compensationWorkflow(deps),
  cancelledGoodsWorkflow(deps),
  promotionUsesWorkflow(deps),
  recoveryWorkflow(deps),
  movingWorkflow(deps),
  afterSalesWorkflow(deps),
  erasureWorkflow(deps),
  productFamiliesWorkflow(deps),
  merchantsWorkflow(deps),
];

/** The events after which orders that were parked without a warehouse, captures and refunds that waited are retried. */
export const retryOrdersOn: readonly string[] = [
  'WarehouseRegistered',
  'WarehouseReactivated',
  ...retryCapturesOn,
];
