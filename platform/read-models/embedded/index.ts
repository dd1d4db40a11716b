export { openEmbeddedReadModels, openEmbeddedReadModelsToRead } from './store';
export type { EmbeddedReadModelsOptions } from './store';
