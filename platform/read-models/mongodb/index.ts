export { openFlatReader } from './flat-reader';
export type { FlatReader } from './flat-reader';
export { openMongoReadModels } from './store';
export type { MongoReadModelsOptions } from './store';
export { openMongoDatabase } from './database';
export type { MongoDatabase } from './database';
