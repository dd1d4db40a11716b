export { cannotListen, hostPort, listen } from './listen';
export type { Door, Place } from './listen';
