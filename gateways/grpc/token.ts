import { timingSafeEqual } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import { Fault } from '../../platform/faults';

/** Returns the header value with which callers authenticate: the processes of one platform share a token. */
export const bearer = (token: string): string => `Bearer ${token}`;

/** @throws Fault `NOT_AUTHENTICATED`; takes the same time for every token. */
export const requireToken = (metadata: Metadata, token: string): void => {
  const shown = Buffer.from(String(metadata.get('authorization')[0] ?? ''));
  const wanted = Buffer.from(bearer(token));
  const padded = Buffer.alloc(wanted.length);
  shown.copy(padded);
  if (timingSafeEqual(padded, wanted) && shown.length === wanted.length) return;
  throw new Fault(
    'NOT_AUTHENTICATED',
    'Show the token of the command services: authorization: Bearer <token>.',
  );
};
