export type { Account } from './document';
export { accounts } from './project';
