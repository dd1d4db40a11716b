import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../program/command';

/** The folder of the saved questions, beside the sources and beside the compiled program alike. */
const folder = [join(__dirname, '../../ops/analytics'), join(__dirname, '../../../ops/analytics')].find(
  (path) => {
    try {
      return readdirSync(path).length > 0;
    } catch {
      return false;
    }
  },
);

export type Engine = 'sqlite' | 'mongodb';

const endings: Readonly<Record<Engine, string>> = { sqlite: '.sql', mongodb: '.mongodb.js' };

/** Returns the names of the saved questions, in order. */
export const questionNames = (): readonly string[] =>
  (folder === undefined ? [] : readdirSync(folder))
    .filter((name) => name.endsWith(endings.sqlite))
    .map((name) => name.slice(0, -endings.sqlite.length))
    .sort();

/** Returns the text of a saved question for an engine. @throws UsageError for an unknown name. */
export const questionText = (name: string, engine: Engine): string => {
  const names = questionNames();
  if (folder === undefined || !names.includes(name))
    throw new UsageError(`There is no saved question "${name}". Those that there are: ${names.join(', ')}.`);
  return readFileSync(join(folder, `${name}${endings[engine]}`), 'utf8');
};
