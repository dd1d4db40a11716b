export { connectCommands } from './client';
export type { CommandConnection } from './client';
export { startCommandServer } from './server';
export type { CommandServerOptions } from './options';
export type { CommandServer } from './server';
