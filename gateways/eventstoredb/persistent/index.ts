export { Groups } from './groups';
export { Journal } from './journal';
export { persistentHandlers } from './service';
