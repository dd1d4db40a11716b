import { createHash } from 'node:crypto';
import type { Inbound } from './dialect';

type MessageKey = Extract<Inbound, { kind: 'report' }>['key'];

/**
 * A carrier that is started anew counts from the beginning: only the same words under the same number are a copy.
 *
 * @param natural - what names the message where it has no number; undefined: nothing does.
 */
export const messageKey = (
  type: string,
  sequence: number | undefined,
  words: object,
  natural: string | undefined,
): MessageKey => {
  if (sequence === undefined) return natural === undefined ? undefined : { text: natural, certain: false };
  const digest = createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 16);
  return { text: `${type} #${sequence} ${digest}`, certain: true };
};
