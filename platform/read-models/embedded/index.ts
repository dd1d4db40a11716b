export { furthestCheckpoint } from './checkpoints';
export { openEmbeddedReadModels, openEmbeddedReadModelsToRead } from './store';
export type { EmbeddedReadModelsOptions } from './store';
