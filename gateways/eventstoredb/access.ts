import { timingSafeEqual } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import { accessDenied, notAuthenticated } from './errors';
import { isMetastream, subjectOf } from './stream-metadata';
import type { StreamWrites } from './stream-writer';

export type AccessOptions = {
  /** The credentials that every caller must send, `user:password`; no authentication if absent. */
  readonly credentials?: string | undefined;
  /** Categories whose streams (`<category>-<id>`) only authenticated callers may write. */
  readonly guardedCategories?: ReadonlySet<string> | undefined;
  /** The advice for a caller who may not write such a stream. */
  readonly remedy?: string | undefined;
};

/** @returns a function that throws ProtocolError for an unauthenticated caller. */
export const admissionOf = ({ credentials }: AccessOptions): ((metadata: Metadata) => void) => {
  if (credentials === undefined) return () => undefined;
  const wanted = Buffer.from(`Basic ${Buffer.from(credentials).toString('base64')}`);
  return (metadata) => {
    const [shown] = metadata.get('authorization');
    const given = Buffer.from(shown ?? '');
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw notAuthenticated();
  };
};

const categoryOf = (stream: string): string => {
  // The metadata of metadata counts as well.
  if (isMetastream(stream)) return categoryOf(subjectOf(stream));
  const dash = stream.indexOf('-');
  return dash < 0 ? '' : stream.slice(0, dash);
};

/**
 * Guards the writes. With credentials every caller is authenticated and may write all streams. Without them, no caller
 * may write a guarded category, nor the metadata by which such a stream is truncated or deleted.
 */
export const guardedWrites = (
  writes: StreamWrites,
  { credentials, guardedCategories = new Set(), remedy = '' }: AccessOptions,
): StreamWrites => {
  if (credentials !== undefined || guardedCategories.size === 0) return writes;
  const check = (stream: string): void => {
    const category = categoryOf(stream);
    if (guardedCategories.has(category))
      throw accessDenied(`Streams of the category ${category} are guarded. ${remedy}`.trim());
  };
  return {
    append: async (stream, expected, events) => {
      check(stream);
      return writes.append(stream, expected, events);
    },
    delete: async (stream, expected) => {
      check(stream);
      return writes.delete(stream, expected);
    },
    tombstone: async (stream, expected) => {
      check(stream);
      return writes.tombstone(stream, expected);
    },
  };
};
