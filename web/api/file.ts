import type { Realm } from './realm';
import { currentSession } from './session';

const FILE_MS_MAX = 20_000;

/** Reads a file that only the account of an area may read; undefined where the server does not give it. */
export const readFile = async (path: string, realm: Realm): Promise<Blob | undefined> => {
  const token = currentSession(realm)?.accessToken;
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    const answer = await fetch(path, { headers, signal: AbortSignal.timeout(FILE_MS_MAX) });
    return answer.ok ? await answer.blob() : undefined;
  } catch {
    return undefined;
  }
};
