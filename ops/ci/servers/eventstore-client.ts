import { builtProgram } from './built-program';

const folders = { go: 'eventstore-client', python: 'eventstore-python', rust: 'eventstore-rust' } as const;

/**
 * Finds the program that tests a server with EventStoreDB's client for a language.
 *
 * @throws Error that says how to build it, if it is missing.
 */
export const eventStoreClientBinary = (language: keyof typeof folders): Promise<string> =>
  builtProgram(folders[language]);
