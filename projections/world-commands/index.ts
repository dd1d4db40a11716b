export type { WorldCommandDocument } from './document';
export { worldCommands } from './project';
