export type { ListedCarrier } from './carriers';
export { readConfig } from './read-config';
export type { ConfigRead, Environment } from './read-config';
export { settings } from './settings';
export type { Config } from './settings';
export { shownSettings } from './shown-settings';
export type { ShownSetting } from './shown-settings';
