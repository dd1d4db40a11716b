export { openDataDirectory } from './data-directory';
export type { Addresses, DataDirectory } from './data-directory';
export { freeBytes } from './free-bytes';
