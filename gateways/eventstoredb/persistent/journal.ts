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

/** A parked event as it is read back. `revision`: in the parked stream. */
export type Parked = Resolved & { readonly revision: number };

const jsonOf = ({ data }: RawRecord): unknown => {
  try {
    return JSON.parse(Buffer.from(contentOf(data).payload).toString('utf8'));
  } catch {
    return undefined;
  }
};

/** As the original writes it, or as a bare number, as Waybill did. */
const checkpointIn = (json: unknown): number | undefined => {
  if (typeof json === 'number') return json;
  return typeof json === 'string' ? placeOf(json) : undefined;
};

/** What the groups keep, in streams of the store itself, so that it is as durable as what it is about. */
export class Journal {
  constructor(private readonly parts: JournalParts) {}

  /** @param startAfter - where a group starts of which that is not kept. */
  async loadGroups(startAfter: Parameters<typeof groupsIn>[1]): Promise<readonly GroupConfig[]> {
    return (await this.last(CONFIG_STREAM, (json) => groupsIn(json, startAfter))) ?? [];
  }

  async saveGroups(groups: readonly GroupConfig[]): Promise<void> {
    const document = storedGroups(groups, this.parts.clock.now());
    const written = await this.write(CONFIG_STREAM, CONFIG_TYPE, document);
    if (written === 0) await this.keepOnly(CONFIG_STREAM, { $maxCount: KEPT_VERSIONS });
  }

  /** The last event that all before were done with; undefined before the first checkpoint. */
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

  /** Forgets the parked events before a revision of the parked stream. */
  async forgetParked(name: GroupName, before: number): Promise<void> {
    await this.keepOnly(parkedStream(name), { $tb: before });
  }

  async countParked(name: GroupName): Promise<number> {
    const stream = parkedStream(name);
    const first = await this.parts.reader.one(stream, 'forwards');
    return first === undefined ? 0 : this.parts.store.standing(stream).revision - first.revision + 1;
  }

  /** Whatever was kept of a group that is deleted. */
  async forget(name: GroupName): Promise<void> {
    for (const stream of [checkpointStream(name), parkedStream(name)])
      if (await this.parts.reader.exists(stream)) await this.parts.writer.delete(stream, 'any');
  }

  /** Returns the last that a stream holds of what is looked for. Anyone may write there, so what is something else is passed over. */
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
