export { deactivateWarehouse } from './deactivate-warehouse';
export { reactivateWarehouse } from './reactivate-warehouse';
export { receiveStock } from './receive-stock';
export { registerWarehouse } from './register-warehouse';
export { removeStock } from './remove-stock';
export { replenish } from './replenish';
export { stockIdOf } from './stock-of';
