export type { StockLevel } from './document';
export { stockLevels } from './project';
export { stockLevelStreams } from './sources';
