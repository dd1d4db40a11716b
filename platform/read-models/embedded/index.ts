export { furthestCheckpoint } from './checkpoints';
export { openReadOnly, readOnlyUri } from './database';
export { openEmbeddedFlatPages, readModelsFileIn } from './flat-pages';
export { openEmbeddedReadModels, openEmbeddedReadModelsToRead } from './store';
export type { EmbeddedReadModelsOptions } from './store';
