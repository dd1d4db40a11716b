import { LRUCache } from 'lru-cache';
import { contentOf, NO_STREAM } from '../../platform/event-store';
import type { RawEventStore, RawRecord } from '../../platform/event-store';
import { atMostEntries } from '../../platform/lru';

/**
 * The part of a stream's metadata that limits its visible events. All other metadata (an ACL) is stored without effect.
 */
export type Retention = {
  readonly maxCount?: number;
  readonly maxAgeMs?: number;
  /** Revisions below are hidden. */
  readonly truncateBefore?: number;
};

/** The metadata of a soft-deleted stream, which is truncated before the end of time. */
const DELETED_JSON = '{"$tb":9223372036854775807}';

export const METADATA_TYPE = '$metadata';

export const isMetastream = (stream: string): boolean => stream.startsWith('$$');
export const metastreamOf = (stream: string): string => `$$${stream}`;
/** Returns the stream of a metastream. */
export const subjectOf = (metastream: string): string => metastream.slice(2);

/** The retention of a metastream, of which only the last event counts. */
const ofMetastream: Retention = { maxCount: 1 };

const CACHED_MAX = 100_000;

const parse = (record: RawRecord | undefined): Readonly<Record<string, unknown>> => {
  if (record === undefined) return {};
  try {
    const data: unknown = JSON.parse(Buffer.from(contentOf(record.data).payload).toString('utf8'));
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 ? value : undefined;

const retentionOf = (metadata: Readonly<Record<string, unknown>>): Retention => {
  const maxCount = positive(metadata['$maxCount']);
  const maxAge = positive(metadata['$maxAge']);
  const truncateBefore = positive(metadata['$tb']);
  return {
    ...(maxCount === undefined ? {} : { maxCount }),
    ...(maxAge === undefined ? {} : { maxAgeMs: maxAge * 1000 }),
    ...(truncateBefore === undefined ? {} : { truncateBefore }),
  };
};

export const isSoftDeleted = ({ truncateBefore = 0 }: Retention): boolean =>
  truncateBefore >= Number.MAX_SAFE_INTEGER;

/** Reads `$$stream` and caches the result; a writer of a metastream must call `forget`. */
export class StreamMetadata {
  private readonly known = new LRUCache<string, Retention>(atMostEntries(CACHED_MAX));
  /** Counts calls of `forget`: a result that was read before one must not be cached after it. */
  private forgotten = 0;

  constructor(private readonly store: RawEventStore) {}

  async retention(stream: string): Promise<Retention> {
    if (isMetastream(stream)) return ofMetastream;
    const known = this.known.get(stream);
    if (known !== undefined) return known;
    const { forgotten } = this;
    const retention = retentionOf(parse(await this.last(stream)));
    if (forgotten !== this.forgotten) return retention;
    this.known.set(stream, retention);
    return retention;
  }

  /**
   * Returns the metadata to write for another limit, and the expected revision. A deletion drops other metadata, as the
   * original does; a truncation keeps it.
   */
  async withTruncation(
    stream: string,
    truncateBefore: number | 'deleted',
  ): Promise<{ readonly revision: number; readonly json: string }> {
    const last = await this.last(stream);
    const json =
      truncateBefore === 'deleted' ? DELETED_JSON : JSON.stringify({ ...parse(last), $tb: truncateBefore });
    return { revision: last?.revision ?? this.store.standing(metastreamOf(stream)).revision, json };
  }

  /** True if a stream has metadata. */
  exists(stream: string): boolean {
    return this.store.standing(metastreamOf(stream)).revision !== NO_STREAM;
  }

  /** To be called after each write to a metastream. */
  forget(metastream: string): void {
    this.forgotten += 1;
    this.known.delete(subjectOf(metastream));
  }

  /** Returns the last metadata event of a stream. */
  async last(stream: string): Promise<RawRecord | undefined> {
    const pages = this.store.read(metastreamOf(stream), { direction: 'backwards', limit: 1 });
    for await (const [record] of pages) return record;
    return undefined;
  }
}
