export { dial } from './framed-connection';
export type { Dial, DialOptions, FramedConnection } from './framed-connection';
