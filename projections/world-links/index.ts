export type { WorldLinkDocument } from './document';
export { worldLinks } from './project';
