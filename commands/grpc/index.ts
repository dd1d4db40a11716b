export { connectCommands } from './client';
export type { CommandConnection } from './client';
export { startCommandServer } from './server';
export type { CommandServer, CommandServerOptions } from './server';
