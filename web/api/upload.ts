import { useClient } from 'urql';
import { acceptLanguage } from '../text';
import type { Problem } from './action';
import { reportConnection } from './connection';
import { graphql } from './graphql';
import { useRealm } from './area';
import type { Realm } from './realm';
import { wait } from './wait';
import { currentSession } from './session';

/** A picture that the server has taken. */
export type UploadedPicture = {
  readonly id: string;
  readonly url: string;
  readonly thumbnailUrl: string;
};

export type UploadOutcome =
  { readonly picture: UploadedPicture } | { readonly picture?: undefined; readonly problem: Problem };

const URL = '/api/v1/pictures';
/** As the server: it does not wait longer for a request. */
const UPLOAD_MS_MAX = 60_000;
const UNAUTHENTICATED = 401;

const whoAmI = graphql(`
  query SessionForUpload {
    me {
      id
    }
  }
`);

const problemOf = (code: string, message: string): { readonly problem: Problem } => ({
  problem: { code, message, field: undefined },
});

type Body = Partial<UploadedPicture> & { readonly code?: string; readonly detail?: string };

const bodyOf = (text: string): Body => {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
};

/** Sends a file, and reports the part of it that is sent. XMLHttpRequest, because `fetch` reports no progress. */
const send = (
  file: File,
  onProgress: (part: number) => void,
  realm: Realm,
): Promise<{ status: number; body: Body }> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', URL);
    request.timeout = UPLOAD_MS_MAX;
    const token = currentSession(realm)?.accessToken;
    if (token !== undefined) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('accept-language', acceptLanguage());
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onloadend = () => resolve({ status: request.status, body: bodyOf(request.responseText) });
    request.send(file);
  });

const LATER_MS = [1_000, 2_000, 4_000, 8_000, 8_000] as const;

/** The statuses of a server that stops, or of a proxy in front of one that has stopped. */
const AWAY: readonly number[] = [502, 503, 504];

/** Sends a file again where the server could not be reached, or stops. The same picture has the same id, so it is there once. */
const sendPatiently: typeof send = async (file, onProgress, realm) => {
  for (const laterMs of LATER_MS) {
    const answer = await send(file, onProgress, realm);
    if (answer.status !== 0 && !AWAY.includes(answer.status)) return answer;
    if (answer.status === 0) reportConnection('offline');
    onProgress(0);
    await wait(laterMs);
  }
  return send(file, onProgress, realm);
};

/** Returns a function that uploads one picture in the name of the signed-in account. */
export const useUpload = (): ((file: File, onProgress: (part: number) => void) => Promise<UploadOutcome>) => {
  const client = useClient();
  const realm = useRealm();
  return async (file, onProgress) => {
    let answer = await sendPatiently(file, onProgress, realm);
    if (answer.status === UNAUTHENTICATED) {
      // Any operation renews a session whose access token has expired.
      await client.query(whoAmI, {}, { requestPolicy: 'network-only' }).toPromise();
      answer = await sendPatiently(file, onProgress, realm);
    }
    const { status, body } = answer;
    const { id, url, thumbnailUrl } = body;
    if (id !== undefined && url !== undefined && thumbnailUrl !== undefined)
      return { picture: { id, url, thumbnailUrl } };
    return status === 0
      ? problemOf('UNREACHABLE', 'The server could not be reached. Nothing is lost: try again.')
      : problemOf(body.code ?? 'UNKNOWN', body.detail ?? 'The server refused this without a reason.');
  };
};
