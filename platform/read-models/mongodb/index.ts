export { openMongoReadModels } from './store';
export type { MongoReadModelsOptions } from './store';
