import type { Instant } from '../../domain/kernel';
import { positionOf } from '../event-store';
import type { CollectionSpec, ReadModels } from '../read-models';
import type { CopyFacts } from './progress';

/** One copy of a read model. The engine stores which one serves (`promoted`). */
export type Build = {
  /** The version of its collection; each build of a name has another. */
  readonly version: number;
  /** The version that the code declared at its start: code only continues its own builds. */
  readonly declared: number;
  readonly startedAt: Instant;
  readonly paused: boolean;
  /** True if it is promoted automatically after it has caught up. */
  readonly promotes: boolean;
  /**
   * The version of other code that has folded events into it while it served. Its own version's code might have folded
   * them differently, so that code rebuilds.
   */
  readonly continuedBy?: number;
  /** The most events of the history that it reads in a second. Absent: no limit. */
  readonly budget?: number | undefined;
  /** The fingerprint of the code that began it. Absent: unknown. */
  readonly code?: string | undefined;
  /** The fingerprint of the latest other code of the same version that has continued it. */
  readonly alsoFoldedBy?: string | undefined;
};

/** All copies of one read model; `id` is the collection's name. */
export type Builds = {
  readonly id: string;
  readonly builds: readonly Build[];
  /** The version that was promoted before this one. */
  readonly previous: number | null;
  /** The version of the code that keeps the read model now. */
  readonly declared?: number;
  /** The number of changes of this record. */
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
            budget: { type: 'integer' },
            code: { type: 'string' },
            alsoFoldedBy: { type: 'string' },
          },
        },
      },
      previous: { type: ['integer', 'null'] },
      declared: { type: 'integer' },
      revision: { type: 'integer' },
    },
  },
};

/** Returns the collection of a build. */
export const collectionOf = (declared: CollectionSpec, { version }: { version: number }): CollectionSpec =>
  version === declared.version ? declared : { ...declared, version };

/** Tests whether code of this version alone has made a build. */
export const isMadeBy = ({ declared, continuedBy }: Build, version: number): boolean =>
  declared === version && continuedBy === undefined;

/**
 * Tests whether other code than the present one has built a copy, or a part of it.
 *
 * @param present - the fingerprint of the present code; unknown if absent.
 */
export const isOfOtherCode = (
  { code, alsoFoldedBy }: Pick<Build, 'code' | 'alsoFoldedBy'>,
  present: string | undefined,
): boolean => alsoFoldedBy !== undefined || (code !== undefined && present !== undefined && code !== present);

/** Returns the facts about a copy beside the serving one. */
export const factsOf = ({ version, promotes }: Build, { previous }: Pick<Builds, 'previous'>): CopyFacts => ({
  version,
  promotes,
  isFormer: version === previous,
});

/** @param promoted - the serving version. */
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

/** Reads the builds of several read models at once. */
export const readBuildsOf = async (
  readModels: ReadModels,
  names: readonly string[],
): Promise<ReadonlyMap<string, Builds>> => {
  const stored = await readModels.getMany<Builds>(projectionBuilds, names);
  return new Map(stored.map(({ document }) => [document.id, document]));
};

/** Stores the builds. The revision serves as the position that every document has. */
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
 * Returns the copy that can be compared with a fold by this code: the serving one if this code has made it, or else the
 * next one.
 *
 * @returns undefined if this code has made none.
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
