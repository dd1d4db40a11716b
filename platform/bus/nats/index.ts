export { openNatsBus } from './bus';
export type { NatsBusLimits, NatsBusOptions } from './bus';
