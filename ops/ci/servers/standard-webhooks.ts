import { builtProgram } from './built-program';

/** The program that checks signed webhooks with the Go library. @throws Error that says how to build it, when it was not. */
export const standardWebhooksBinary = (): Promise<string> => builtProgram('standard-webhooks');
