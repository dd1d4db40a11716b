import { LRUCache } from 'lru-cache';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { heapBytesOf } from '../heap-bytes';
import type { CollectionSpec, ReadModels } from '../read-models';
import type { LoadedDocument } from './fold';

/** The memory of an entry beside its document. */
const ENTRY_BYTES = 300;

/** The most documents of one read. */
const READ_MAX = 512;

/** The documents of one collection that were folded last, up to a limit in bytes, and the others on demand. */
export class DocumentCache {
  private readonly kept: LRUCache<string, LoadedDocument>;

  constructor(
    private readonly readModels: ReadModels,
    private readonly collection: CollectionSpec,
    bytesMax: number,
  ) {
    this.kept = new LRUCache({
      maxSize: bytesMax,
      sizeCalculation: ({ document }) => ENTRY_BYTES + heapBytesOf(document),
    });
  }

  /** Returns the documents of these ids that exist or are known to be absent. */
  async load(wanted: ReadonlySet<string>): Promise<Map<string, LoadedDocument>> {
    const documents = new Map<string, LoadedDocument>();
    const missing: string[] = [];
    for (const id of wanted) {
      const kept = this.kept.get(id);
      if (kept) documents.set(id, kept);
      else missing.push(id);
    }
    for (let at = 0; at < missing.length; at += READ_MAX) {
      if (at > 0) await nextTurn();
      const ids = missing.slice(at, at + READ_MAX);
      for (const stored of await this.readModels.getMany(this.collection, ids))
        documents.set(stored.document.id, stored);
    }
    return documents;
  }

  /** Keeps documents as they were written. @param omitted - those that were not written. */
  keep(documents: ReadonlyMap<string, LoadedDocument>, omitted: ReadonlySet<string> = new Set()): void {
    for (const [id, one] of documents) if (!omitted.has(id)) this.kept.set(id, one);
    for (const id of omitted) this.kept.delete(id);
  }

  clear(): void {
    this.kept.clear();
  }
}
