import { isOfOtherCode, type Build } from './builds';

/**
 * Returns a sentence about a copy that has stopped, or that other code has made.
 *
 * @param code - the fingerprint of the present code; unknown if absent.
 */
export const detailOf = (
  build: Build,
  { stoppedBy, code }: { readonly stoppedBy?: string | undefined; readonly code: string | undefined },
): string | null => {
  const { version, continuedBy, declared } = build;
  if (stoppedBy !== undefined) return `version ${version} is not updated: ${stoppedBy}`;
  if (continuedBy === undefined)
    return isOfOtherCode(build, code)
      ? `the code has changed since version ${version} was built: a rebuild applies it to all documents`
      : null;
  return `version ${version} was made by code of version ${declared} and is updated by code of version ${continuedBy}`;
};
