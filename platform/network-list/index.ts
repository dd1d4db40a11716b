export { isNetwork, isWithin, LOOPBACK } from './network-list';
