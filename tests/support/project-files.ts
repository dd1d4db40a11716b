import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { safeLoad } from 'js-yaml';

const root = join(__dirname, '..', '..');

/** @param path - from the root of the project, as everywhere here. */
export const pathOf = (path: string): string => join(root, path);

export const exists = (path: string): boolean => existsSync(pathOf(path));

export const textOf = (path: string): string => readFileSync(pathOf(path), 'utf8');

export const yamlOf = (path: string): unknown => safeLoad(textOf(path));

export const jsonOf = (path: string): unknown => JSON.parse(textOf(path)) as unknown;
