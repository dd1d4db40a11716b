import { createHash } from 'node:crypto';
import type { Inbound } from './dialect';

type MessageKey = Extract<Inbound, { kind: 'report' }>['key'];

const digestOf = (content: object): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);

/**
 * Returns a message's key among its carrier's. A restarted carrier counts from the beginning, so only the same content
 * under the same number is a copy. Without a number, the same content with the same time is.
 *
 * @param natural - the key of a message without a number; undefined if there is none.
 */
export const messageKey = (
  type: string,
  { sequence, sentAt }: { readonly sequence?: number | undefined; readonly sentAt?: string | undefined },
  content: object,
  natural: string | undefined,
): MessageKey => {
  if (sequence !== undefined) return { text: `${type} #${sequence} ${digestOf(content)}`, certain: true };
  if (natural !== undefined) return { text: natural, certain: false };
  return sentAt === undefined
    ? undefined
    : { text: `${type} @${sentAt} ${digestOf(content)}`, certain: true };
};
