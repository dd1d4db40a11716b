export { createLookUps } from './look-ups';
export type { LookUps } from './look-ups';
export { served } from './served';
export type { Served } from './served';
