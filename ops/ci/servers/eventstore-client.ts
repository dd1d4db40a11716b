import { builtProgram } from './built-program';

/** The program that tries a server with the Go client of EventStoreDB. @throws Error that says how to build it, when it was not. */
export const eventStoreClientBinary = (): Promise<string> => builtProgram('eventstore-client');
