export { cannotListen, hostPort, isLoopback, listen } from './listen';
export type { Place, PortName } from './listen';
export { tlsIdentity } from './tls-identity';
export type { TlsIdentity } from './tls-identity';
