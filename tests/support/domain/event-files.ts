import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const domain = path.join(__dirname, '..', '..', '..', 'domain');

/** The file that declares an aggregate's events: `domain/cart.ts`, or `domain/order/events.ts` where it is a folder. */
export type EventFile = { readonly aggregate: string; readonly file: string };

const fileOf = (entry: string): EventFile => {
  const inFolder = path.join(domain, entry, 'events.ts');
  return entry.endsWith('.ts')
    ? { aggregate: path.basename(entry, '.ts'), file: path.join(domain, entry) }
    : { aggregate: entry, file: inFolder };
};

/** Returns the event files of all aggregates, by name. */
export const eventFiles = (): readonly EventFile[] =>
  readdirSync(domain)
    .filter((entry) => !entry.endsWith('.spec.ts'))
    .map(fileOf)
    .filter(({ file }) => existsSync(file) && readFileSync(file, 'utf8').includes('EventTypes = {'))
    .sort((a, b) => a.aggregate.localeCompare(b.aggregate));
