export { untilKnown, untilPossible } from './until-known';
export type { UntilKnownDeps } from './until-known';
