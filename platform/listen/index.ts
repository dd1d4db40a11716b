export { cannotListen, hostPort, isLoopback, listen } from './listen';
export type { PortName as Door, Place } from './listen';
export { tlsIdentity } from './tls-identity';
export type { TlsIdentity } from './tls-identity';
