import { allocationWorkflow, type AllocationDeps } from './allocation';
import { checkOutWorkflow } from './check-out';
import { compensationWorkflow } from './compensation';
import { movingWorkflow } from './moving';
import { paymentsWorkflow, type PaymentsDeps } from './payments';
import { recoveryWorkflow } from './recovery';
import { shippingWorkflow, type ShippingDeps } from './shipping';
import { supplyWorkflow } from './supply';
import type { Reactor } from '../../platform/reactions';

/** The reactors of an order's life. Several reactors of one event run in this order. */
export const orderReactors = (deps: AllocationDeps & PaymentsDeps & ShippingDeps): readonly Reactor[] => [
  checkOutWorkflow(deps),
  allocationWorkflow(deps),
  supplyWorkflow(deps),
  shippingWorkflow(deps),
  paymentsWorkflow(deps),
  compensationWorkflow(deps),
  recoveryWorkflow(deps),
  movingWorkflow(deps),
];

/** The events after which orders that were parked without a warehouse are retried. */
export const retryOrdersOn: readonly string[] = ['WarehouseRegistered', 'WarehouseReactivated'];
