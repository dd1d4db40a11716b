export { openDataDirectory } from './data-directory';
export type { DataDirectory, Part } from './data-directory';
export type { Addresses } from './addresses';
export { freeBytes } from './free-bytes';
export { changeSharedFile } from './shared-file';
