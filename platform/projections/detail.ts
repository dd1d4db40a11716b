import type { Build } from './builds';

/** Returns a sentence about a copy that code of another version has made, or that has stopped. */
export const detailOf = (
  { version, continuedBy, declared }: Build,
  stoppedBy: string | undefined,
): string | null => {
  if (stoppedBy !== undefined) return `version ${version} is not updated: ${stoppedBy}`;
  if (continuedBy === undefined) return null;
  return `version ${version} was made by code of version ${declared} and is updated by code of version ${continuedBy}`;
};
