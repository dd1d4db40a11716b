import type { Instant } from '../../domain/kernel';
import { isMadeBy, nextVersion, type Build, type Builds } from './builds';

export type Opening = {
  /** The version that the code declares. */
  readonly declared: number;
  /** The version whose code is available too. */
  readonly predecessor: number | undefined;
  /** The serving version. */
  readonly promoted: number | undefined;
  readonly now: Instant;
  /** The fingerprint of the code; unknown if absent. */
  readonly code?: string | undefined;
};

const withNewBuild = (
  builds: Builds,
  promotes: boolean,
  { declared, promoted, now, code }: Opening,
): Builds => {
  const version = nextVersion(builds, declared, promoted);
  const build: Build = { version, declared, startedAt: now, paused: false, promotes, code };
  return { ...builds, builds: [...builds.builds, build] };
};

/** Records that this code folds events into the serving copy from now on. */
const withBorrowed = (builds: Builds, promoted: number, { declared, predecessor, now }: Opening): Builds => {
  const served = builds.builds.find(({ version }) => version === promoted);
  if (served !== undefined && predecessor !== undefined && isMadeBy(served, predecessor)) return builds;
  const unknown: Build = {
    version: promoted,
    declared: promoted,
    startedAt: now,
    paused: false,
    promotes: false,
  };
  const borrowed = { ...(served ?? unknown), continuedBy: declared };
  return { ...builds, builds: [...builds.builds.filter((build) => build !== served), borrowed] };
};

/** Records that this code continues copies of the same version that other code has begun. */
const withCode = (builds: readonly Build[], { declared, code }: Opening): readonly Build[] =>
  builds.map((build) => {
    const isOther = code !== undefined && build.code !== undefined && code !== build.code;
    return isOther && isMadeBy(build, declared) ? { ...build, alsoFoldedBy: code } : build;
  });

/**
 * Returns the copies at a start. If the serving copy is of other code, another one follows it: an earlier one of this
 * code, if it exists, or else a new one.
 */
export const buildsAtStart = (found: Builds, opening: Opening): Builds => {
  const { declared, promoted } = opening;
  const builds = { ...found, declared, builds: withCode(found.builds, opening) };
  const own = builds.builds.filter((build) => isMadeBy(build, declared));
  if (promoted === undefined) return own.length > 0 ? builds : withNewBuild(builds, false, opening);
  if (own.some(({ version }) => version === promoted)) return builds;
  const recorded = withBorrowed(builds, promoted, opening);
  const successor = own.find(({ version }) => version === found.previous) ?? own.at(-1);
  if (successor === undefined) return withNewBuild(recorded, true, opening);
  return {
    ...recorded,
    builds: recorded.builds.map((build) => (build === successor ? { ...build, promotes: true } : build)),
  };
};
