export { untilKnown } from './until-known';
export type { UntilKnownDeps } from './until-known';
