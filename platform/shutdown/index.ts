export { ShutdownSequence } from './shutdown-sequence';
export type { ShutdownStep } from './shutdown-sequence';
