export { openEmbeddedReadModels } from './store';
export type { EmbeddedReadModelsOptions } from './store';
