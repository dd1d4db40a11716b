import { readFileSync } from 'node:fs';

/** Reads a secret from a mounted file, without the line's end. @throws the error of the file system. */
export const readSecretFile = (file: string): string => readFileSync(file, 'utf8').trim();
