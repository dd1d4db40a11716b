export { retryCarrierMessage } from './retry-carrier-message';
