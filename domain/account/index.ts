export type { AccountCommand } from './commands';
export { accountEventTypes } from './events';
export type {
  AccountEvent,
  AccountRegistered,
  AccountRolesGranted,
  Role,
  SessionClosed,
  SessionOpened,
  SessionRefreshed,
} from './events';
export type { AccountRejection } from './rejections';
