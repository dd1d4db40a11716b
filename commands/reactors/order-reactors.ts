import { allocationWorkflow, type AllocationDeps } from './allocation';
import { checkOutWorkflow } from './check-out';
import { compensationWorkflow } from './compensation';
import { paymentsWorkflow, type PaymentsDeps } from './payments';
import { recoveryWorkflow } from './recovery';
import { shippingWorkflow, type ShippingDeps } from './shipping';
import { supplyWorkflow } from './supply';
import type { Reactor } from '../../platform/reactions';

/** Every workflow of an order's life. Where several follow one event, they do so in this order. */
export const orderReactors = (deps: AllocationDeps & PaymentsDeps & ShippingDeps): readonly Reactor[] => [
  checkOutWorkflow(deps),
  allocationWorkflow(deps),
  supplyWorkflow(deps),
  shippingWorkflow(deps),
  paymentsWorkflow(deps),
  compensationWorkflow(deps),
  recoveryWorkflow(deps),
];

/** What orders may wait for that are parked because no warehouse can send them. */
export const retryOrdersOn: readonly string[] = ['WarehouseRegistered', 'WarehouseReactivated'];
