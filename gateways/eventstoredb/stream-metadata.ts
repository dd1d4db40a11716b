import type { RawEventStore, RawRecord } from '../../platform/event-store';

/** What a stream's metadata says of how much of it is to be seen. Whatever else is in it (an ACL) is kept, not obeyed. */
export type Retention = {
  readonly maxCount?: number;
  readonly maxAgeMs?: number;
  /** Revisions below are gone. */
  readonly truncateBefore?: number;
};

/** A soft-deleted stream is truncated before the end of time. */
const DELETED = 2 ** 63;

export const METADATA_TYPE = '$metadata';

export const isMetastream = (stream: string): boolean => stream.startsWith('$$');
export const metastreamOf = (stream: string): string => `$$${stream}`;

/** Only the last word about a stream counts. */
const ofMetastream: Retention = { maxCount: 1 };

const CACHED_MAX = 100_000;

const parse = (record: RawRecord | undefined): Readonly<Record<string, unknown>> => {
  if (record === undefined) return {};
  try {
    const data: unknown = JSON.parse(Buffer.from(record.data).toString('utf8'));
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

/** Reads `$$stream` and remembers what it said; whoever writes there tells it to forget. */
export class StreamMetadata {
  private readonly known = new Map<string, Retention>();

  constructor(private readonly store: RawEventStore) {}

  async retention(stream: string): Promise<Retention> {
    if (isMetastream(stream)) return ofMetastream;
    const known = this.known.get(stream);
    if (known !== undefined) return known;
    const retention = retentionOf(parse(await this.last(stream)));
    if (this.known.size >= CACHED_MAX) this.known.clear();
    this.known.set(stream, retention);
    return retention;
  }

  /** The last metadata event's content with other limits. `revision`: that to expect when it is written. */
  async withTruncation(
    stream: string,
    truncateBefore: number | 'deleted',
  ): Promise<{ readonly revision: number; readonly json: string }> {
    const last = await this.last(stream);
    // Not by JSON.stringify, which would write the end of time as a fraction that other clients refuse.
    const rest = JSON.stringify({ ...parse(last), $tb: truncateBefore === 'deleted' ? 0 : truncateBefore });
    const json =
      truncateBefore === 'deleted' ? rest.replace(/"\$tb":0(?=[,}])/, `"$tb":${BigInt(DELETED) - 1n}`) : rest;
    return { revision: last?.revision ?? this.store.standing(metastreamOf(stream)).revision, json };
  }

  /** To be called after each write to a metastream. */
  forget(metastream: string): void {
    this.known.delete(metastream.slice(2));
  }

  private async last(stream: string): Promise<RawRecord | undefined> {
    const pages = this.store.read(metastreamOf(stream), { direction: 'backwards', limit: 1 });
    for await (const [record] of pages) return record;
    return undefined;
  }
}
