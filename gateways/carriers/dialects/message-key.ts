import { createHash } from 'node:crypto';
import type { Inbound } from './dialect';

type MessageKey = Extract<Inbound, { kind: 'report' }>['key'];

const digestOf = (words: object): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 16);

/**
 * Names a message among its carrier's. A carrier that is started anew counts from the beginning: only the same words under the
 * same number are a copy. Where nothing else names it, the same words with the same time are.
 *
 * @param natural - what names the message where it has no number; undefined: nothing does.
 */
export const messageKey = (
  type: string,
  { sequence, sentAt }: { readonly sequence?: number | undefined; readonly sentAt?: string | undefined },
  words: object,
  natural: string | undefined,
): MessageKey => {
  if (sequence !== undefined) return { text: `${type} #${sequence} ${digestOf(words)}`, certain: true };
  if (natural !== undefined) return { text: natural, certain: false };
  return sentAt === undefined ? undefined : { text: `${type} @${sentAt} ${digestOf(words)}`, certain: true };
};
