export { fileNameOf, isFileName } from './file-store';
export type { FileName, FileStore } from './file-store';
export { copyEmbeddedFiles } from './embedded/copy';
export { FILES_FOLDER, openEmbeddedFiles } from './embedded/store';
export { memoryFileStore } from './memory';
