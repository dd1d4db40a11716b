import { builtProgram } from './built-program';

/**
 * Finds the program that verifies signed webhooks with the Go library. @throws Error that says how to build it, if it
 * is missing.
 */
export const standardWebhooksBinary = (): Promise<string> => builtProgram('standard-webhooks');
