import type { Instant } from '../../domain/kernel';
import { positionOf } from '../event-store';
import type { CollectionSpec, ReadModels } from '../read-models';

/** One copy of a read model. Which of them readers see is the engine's to know (`promoted`). */
export type Build = {
  /** Of the collection that it fills; each build of a name has another. */
  readonly version: number;
  /** The version that the code declared when it began: code only carries on what it began itself. */
  readonly declared: number;
  readonly startedAt: Instant;
  readonly paused: boolean;
  /** Whether it is promoted by itself as soon as it has caught up. */
  readonly promotes: boolean;
  /**
   * The version that other code declared, which has folded events into it because it served. What the code of its own version
   * would have made of those is unknown, so that code builds anew.
   */
  readonly continuedBy?: number;
};

/** All copies of one read model; `id` is the collection's name. */
export type Builds = {
  readonly id: string;
  readonly builds: readonly Build[];
  /** The version that was promoted before this one. */
  readonly previous: number | null;
  /** The version that the code declares which keeps the read model now. */
  readonly declared?: number;
  /** Counts the changes of this record. */
  readonly revision: number;
};

export const projectionBuilds: CollectionSpec = {
  name: 'projection_builds',
  version: 1,
  indexes: [],
  schema: {
    type: 'object',
    required: ['id', 'builds', 'previous', 'revision'],
    properties: {
      id: { type: 'string' },
      builds: {
        type: 'array',
        items: {
          type: 'object',
          required: ['version', 'declared', 'startedAt', 'paused', 'promotes'],
          properties: {
            version: { type: 'integer' },
            declared: { type: 'integer' },
            startedAt: { type: 'string' },
            paused: { type: 'boolean' },
            promotes: { type: 'boolean' },
            continuedBy: { type: 'integer' },
          },
        },
      },
      previous: { type: ['integer', 'null'] },
      declared: { type: 'integer' },
      revision: { type: 'integer' },
    },
  },
};

/** The collection that a build fills. */
export const collectionOf = (declared: CollectionSpec, { version }: { version: number }): CollectionSpec =>
  version === declared.version ? declared : { ...declared, version };

/** Whether a build is what code that declares this version has made of the events, and no other code. */
export const isMadeBy = ({ declared, continuedBy }: Build, version: number): boolean =>
  declared === version && continuedBy === undefined;

/** @param promoted - what readers see now. */
export const nextVersion = (
  { builds }: Pick<Builds, 'builds'>,
  declared: number,
  promoted: number | undefined,
): number => {
  const taken = [...builds.map(({ version }) => version), ...(promoted === undefined ? [] : [promoted])];
  return taken.length === 0 ? declared : Math.max(declared, ...taken.map((version) => version + 1));
};

export const readBuilds = async (readModels: ReadModels, name: string): Promise<Builds> =>
  (await readModels.get<Builds>(projectionBuilds, name))?.document ?? {
    id: name,
    builds: [],
    previous: null,
    revision: 0,
  };

/** What there is of several read models, in one reading. */
export const readBuildsOf = async (
  readModels: ReadModels,
  names: readonly string[],
): Promise<ReadonlyMap<string, Builds>> => {
  const stored = await readModels.getMany<Builds>(projectionBuilds, names);
  return new Map(stored.map(({ document }) => [document.id, document]));
};

/** Its revision serves as the position that every document has. */
export const writeBuilds = async (
  readModels: ReadModels,
  builds: Omit<Builds, 'revision'> & { readonly revision: number },
): Promise<Builds> => {
  const document = { ...builds, revision: builds.revision + 1 };
  const position = positionOf(document.revision);
  await readModels.write({
    collection: projectionBuilds,
    upserts: [{ document, position }],
    deletes: [],
    position,
  });
  return document;
};

/**
 * The copy that can be compared with what this code makes of the events: the one that readers see where this code has made it,
 * or else the one that is to follow it.
 *
 * @returns undefined where this code has made none.
 */
export const ownCopyOf = async (
  readModels: ReadModels,
  declared: CollectionSpec,
): Promise<CollectionSpec | undefined> => {
  const promoted = (await readModels.promoted(declared.name)) ?? declared.version;
  const { builds } = await readBuilds(readModels, declared.name);
  const own = builds.filter((build) => isMadeBy(build, declared.version));
  const copy = own.find(({ version }) => version === promoted) ?? own.at(-1);
  if (copy !== undefined) return collectionOf(declared, copy);
  return builds.length === 0 && promoted === declared.version ? declared : undefined;
};
