export type { ListedCarrier } from './carriers';
export { readConfig } from './read-config';
export type { ConfigRead, Environment } from './read-config';
export { settings } from './settings';
export type { Config } from './settings';
