import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The hook that lets Node read TypeScript: outside of a build (jest, benches) a thread is TypeScript. */
const typeScriptHook = join(__dirname, '../../tests/support/typescript-hook.js');

/**
 * Starts a thread from a module beside its owner, in the language of this file: compiled code starts compiled code, a
 * test starts the sources.
 *
 * @param entry - absolute path without extension.
 */
export const startThread = (entry: string, data: unknown, name: string): Worker => {
  const extension = extname(__filename);
  const loader = extension === '.ts' ? { execArgv: ['-r', typeScriptHook] } : {};
  return new Worker(entry + extension, { workerData: data, name, ...loader });
};
