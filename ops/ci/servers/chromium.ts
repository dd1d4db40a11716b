import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** @throws Error that says how to get it, if it is missing. */
export const chromiumBinary = async (): Promise<string> => {
  const { stdout } = await promisify(execFile)('which', ['chromium']).catch(() => {
    throw new Error('Chromium is not installed: run ops/ci/install');
  });
  return stdout.trim();
};
