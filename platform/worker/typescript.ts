import { extname, join } from 'node:path';

/** The hook that lets Node read TypeScript: outside of a build (jest, benches) a worker is TypeScript. */
const typeScriptHook = join(__dirname, '../../tests/support/typescript-hook.js');

/** The language of this file: compiled code starts compiled code, a test starts the sources. */
const extension = extname(__filename);

/** Returns the file of a module, and the arguments with which Node reads it. @param entry - without extension. */
export const moduleOf = (
  entry: string,
): { readonly file: string; readonly execArgv: string[] | undefined } => ({
  file: entry + extension,
  execArgv: extension === '.ts' ? ['-r', typeScriptHook] : undefined,
});
