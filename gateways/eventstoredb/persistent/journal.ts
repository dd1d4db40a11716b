import type { Clock, Random } from '../../../platform/clock';
import { contentOf, uuidBytes } from '../../../platform/event-store';
import type { RawEvent, RawEventStore, RawRecord } from '../../../platform/event-store';
import { uuidV7 } from '../../../platform/ids';
import type { Logger } from '../../../platform/telemetry';
import { timedOut } from '../errors';
import { LINK_TYPE, linkTo, resolve } from '../links';
import type { Resolved } from '../links';
import { METADATA_TYPE, metastreamOf } from '../stream-metadata';
import type { StreamReader } from '../stream-reader';
import type { StreamWriter } from '../stream-writer';
import { CHECKPOINT_TYPE, checkpointStream, CONFIG_STREAM, CONFIG_TYPE, parkedStream } from './names';
import type { GroupName } from './names';
import { placeOf, placeText } from './places';
import type { GroupConfig } from './settings';
import { groupsIn, storedGroups } from './stored-config';

export type JournalParts = {
  readonly store: RawEventStore;
  readonly reader: StreamReader;
  readonly writer: StreamWriter;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

const KEPT_VERSIONS = 20;

/** A parked event. `revision`: in the parked stream. */
export type Parked = Resolved & { readonly revision: number };

const jsonOf = ({ data }: RawRecord): unknown => {
  try {
    return JSON.parse(Buffer.from(contentOf(data).payload).toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Reads a checkpoint in the original's form, or as a bare number, as earlier versions of Waybill wrote it. */
const checkpointIn = (json: unknown): number | undefined => {
  if (typeof json === 'number') return json;
  return typeof json === 'string' ? placeOf(json) : undefined;
};

/** Stores the groups' state in streams of the store itself, so that it is as durable as the events. */
export class Journal {
  constructor(private readonly parts: JournalParts) {}

  /** @param startAfter - returns the start of a group that has none stored. */
  async loadGroups(startAfter: Parameters<typeof groupsIn>[1]): Promise<readonly GroupConfig[]> {
    return (await this.last(CONFIG_STREAM, (json) => groupsIn(json, startAfter))) ?? [];
  }

  async saveGroups(groups: readonly GroupConfig[]): Promise<void> {
    const document = storedGroups(groups, this.parts.clock.now());
    const written = await this.write(CONFIG_STREAM, CONFIG_TYPE, document);
    if (written === 0) await this.keepOnly(CONFIG_STREAM, { $maxCount: KEPT_VERSIONS });
  }

  /** Returns the last event before which all are settled; undefined before the first checkpoint. */
  async loadCheckpoint(name: GroupName): Promise<number | undefined> {
    return this.last(checkpointStream(name), checkpointIn);
  }

  async saveCheckpoint(name: GroupName, after: number): Promise<void> {
    const written = await this.write(checkpointStream(name), CHECKPOINT_TYPE, placeText(name.source, after));
    if (written === 0) await this.keepOnly(checkpointStream(name), { $maxCount: KEPT_VERSIONS });
  }

  async park(name: GroupName, record: RawRecord, reason: string): Promise<void> {
    const metadata = { added: this.parts.clock.now(), reason, subscriptionEventNumber: record.revision };
    const link = {
      type: LINK_TYPE,
      data: Buffer.from(linkTo(record.stream, record.revision)),
      metadata: JSON.stringify(metadata),
    };
    await this.append(parkedStream(name), link);
  }

  async *parked(name: GroupName, limit: number): AsyncGenerator<Parked> {
    for await (const links of this.parts.reader.read(parkedStream(name), { direction: 'forwards', limit }))
      for (const link of links)
        yield { ...(await resolve(this.parts.reader, link)), revision: link.revision };
  }

  /** Removes the parked events before a revision of the parked stream. */
  async forgetParked(name: GroupName, before: number): Promise<void> {
    await this.keepOnly(parkedStream(name), { $tb: before });
  }

  async countParked(name: GroupName): Promise<number> {
    const stream = parkedStream(name);
    const first = await this.parts.reader.one(stream, 'forwards');
    return first === undefined ? 0 : this.parts.store.standing(stream).revision - first.revision + 1;
  }

  /** Removes the stored state of a deleted group. */
  async forget(name: GroupName): Promise<void> {
    for (const stream of [checkpointStream(name), parkedStream(name)])
      if (await this.parts.reader.exists(stream)) await this.parts.writer.delete(stream, 'any');
  }

  /** Returns the last valid content of a stream. Any client may write there, so other content is ignored. */
  private async last<Found>(
    stream: string,
    read: (json: unknown) => Found | undefined,
  ): Promise<Found | undefined> {
    const { reader, logger } = this.parts;
    if (reader.isErased(stream) || !(await reader.exists(stream))) return undefined;
    const pages = reader.read(stream, { direction: 'backwards', limit: KEPT_VERSIONS });
    for await (const records of pages)
      for (const record of records) {
        const found = read(jsonOf(record));
        if (found !== undefined) return found;
        logger.warn({ stream, revision: record.revision }, 'An event of a consumer group cannot be read');
      }
    return undefined;
  }

  private keepOnly(stream: string, metadata: object): Promise<number> {
    return this.write(metastreamOf(stream), METADATA_TYPE, metadata);
  }

  private write(stream: string, type: string, data: unknown): Promise<number> {
    return this.append(stream, { type, data: JSON.stringify(data), metadata: '' });
  }

  /** @returns the revision. */
  private async append(stream: string, event: Omit<RawEvent, 'id'>): Promise<number> {
    const id = uuidBytes(uuidV7(this.parts.clock, this.parts.random));
    const outcome = await this.parts.writer.append(stream, 'any', [{ id, ...event }]);
    if (outcome.kind !== 'written') throw timedOut(`${stream}: ${outcome.kind}`);
    return outcome.revision;
  }
}
