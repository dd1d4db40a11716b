import { builtProgram } from './built-program';

const folders = { go: 'eventstore-client', python: 'eventstore-python', rust: 'eventstore-rust' } as const;

/**
 * The program that tries a server with EventStoreDB's client for a language.
 *
 * @throws Error that says how to build it, when it was not.
 */
export const eventStoreClientBinary = (language: keyof typeof folders): Promise<string> =>
  builtProgram(folders[language]);
