import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** @throws Error that says how to get it, if Python 3 is missing. */
export const pythonBinary = async (): Promise<string> => {
  const binary = 'python3';
  await promisify(execFile)(binary, ['--version']).catch(() => {
    throw new Error('python3 is not installed: install Python 3.8 or newer');
  });
  return binary;
};
