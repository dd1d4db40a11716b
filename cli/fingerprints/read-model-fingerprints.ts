import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import type { Upcasters } from '../../domain/kernel';
import type { AnyProjection, Projection } from '../../platform/projections';
import { eventUpcasters } from '../composition/aggregates';
import { fingerprintOf } from './code-fingerprint';

const root = join(__dirname, '../..');

/** The ending of the files that run: of compiled code, or of TypeScript. */
const extension = extname(__filename);

/** Imports of types alone; compiled code has none of them. */
const typeImport = /^(?:import|export) type\b[^;]*;/gm;
const relativeImport = /\b(?:from |require\()(['"])(\.[^'"]+)\1/g;

/** The machinery stores documents, and decides nothing that is in them; a change of it would concern every read model. */
const isBusiness = (file: string, directory: string): boolean =>
  /^(?:domain|projections)\b/.test(relative(directory, file));

/** Returns the file of a module. @throws Error if there is none. */
const fileOf = (module: string): string => {
  const found = [`${module}${extension}`, join(module, `index${extension}`)].find((file) => existsSync(file));
  if (found === undefined) throw new Error(`The code of ${module} is not there`);
  return found;
};

/** The files that code imports, each read once. */
class Imports {
  private readonly found = new Map<string, readonly string[]>();

  constructor(private readonly directory: string) {}

  /** Returns a file with all those that it imports, directly or not. */
  from(file: string): readonly string[] {
    const files = new Set([file]);
    // A set yields also what is added during the iteration.
    for (const one of files) for (const imported of this.of(one)) files.add(imported);
    return [...files];
  }

  private of(file: string): readonly string[] {
    const known = this.found.get(file);
    if (known !== undefined) return known;
    const code = readFileSync(file, 'utf8').replace(typeImport, '');
    const imported = [...code.matchAll(relativeImport)]
      .map(([, , specifier = '']) => join(dirname(file), specifier))
      .filter((module) => isBusiness(module, this.directory))
      .map(fileOf);
    this.found.set(file, imported);
    return imported;
  }
}

/**
 * Returns the fingerprints of the code that decides the documents of read models, by their names: of the file, or the folder, that
 * declares each and has its name, of all code of the domain and of read models that it imports, and of the upcasters of its events.
 */
export const readModelFingerprints = (
  projections: readonly AnyProjection[],
  directory: string = root,
  upcasters: Upcasters = eventUpcasters,
): ReadonlyMap<string, string> => {
  const imports = new Imports(directory);
  return new Map(
    (projections as readonly Projection[]).map(({ collection: { name }, handlers }) => {
      const declaring = fileOf(join(directory, 'projections', name.replaceAll('_', '-')));
      const steps = Object.keys(handlers).flatMap((type) => (upcasters[type] ?? []).map(String));
      return [name, fingerprintOf(imports.from(declaring), directory, steps)];
    }),
  );
};
