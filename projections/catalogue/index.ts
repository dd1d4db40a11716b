export type { CatalogueProduct } from './document';
export { catalogue } from './project';
