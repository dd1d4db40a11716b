import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Returns the content of a file; undefined if there is none. */
const current = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/**
 * Compares a generated page with the code's output. `npm run gen` writes it again.
 *
 * @param file - path from the root of the project.
 */
export const expectGenerated = (file: string, content: string): void => {
  const path = join(root, file);
  if (process.env['WAYBILL_GENERATE'] === 'yes') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  expect({ file, content: current(path), remedy: 'npm run gen' }).toEqual({
    file,
    content,
    remedy: 'npm run gen',
  });
};
