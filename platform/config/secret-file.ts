import { readFileSync } from 'node:fs';

/** A secret as containers mount them: the text of a file, without the line's end. @throws what reading the file throws. */
export const readSecretFile = (file: string): string => readFileSync(file, 'utf8').trim();
