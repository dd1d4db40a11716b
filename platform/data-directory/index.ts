export { copyDatabase, problemIn, syncFile } from './copy-database';
export { openDataDirectory } from './data-directory';
export type { DataDirectory, Part } from './data-directory';
export { readAddresses } from './addresses';
export type { Addresses } from './addresses';
export { makeDirectory } from './make-directory';
export { keepPrivate, writePrivately } from './private-file';
export { freeBytes } from './free-bytes';
export { changeSharedFile } from './shared-file';
