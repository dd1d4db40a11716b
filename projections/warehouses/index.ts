export type { Warehouse } from './document';
export { warehouses } from './project';
