export { isNetwork, isWithin, LOOPBACK } from './network-list';
export { isPublicAddress } from './public-address';
