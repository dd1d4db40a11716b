export type { ExchangeLogEntry } from './document';
export { exchangeLog } from './project';
