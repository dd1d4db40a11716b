import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');

/** What is in the file now; undefined where there is none. */
const current = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/**
 * Holds a generated page against what the code says today. `npm run gen` writes it anew.
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
