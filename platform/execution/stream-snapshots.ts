import { setImmediate as nextTurn } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { Millis } from '../../domain/kernel';
import { within, type Clock } from '../clock';
import type { Position, Snapshots, StreamName } from '../event-store';
import { Fault, isFault } from '../faults';
import type { Logger } from '../telemetry';
import type { CachedStream, StreamRef } from './cached-stream';
import { CommandEffects } from './command-effects';
import { measured } from './state-weight';

export type SnapshotOptions = {
  readonly store: Snapshots;
  /**
   * A fingerprint of the code that folds events. It changes with that code and with the versions of the events, and a snapshot
   * with another one is not used.
   */
  readonly fold: string;
  /** The number of events of a stream between two snapshots. Default 500. */
  readonly everyEvents?: number | undefined;
  /** Called with the outcome of each read and write. */
  readonly onOutcome?: ((outcome: SnapshotOutcome) => void) | undefined;
};

/** `absent`: the stream has none. `unfit`: of other code, damaged, or not of this stream. `failed`: by the store. */
export type SnapshotOutcome = 'used' | 'absent' | 'unfit' | 'written' | 'failed';

/** The content of a snapshot, behind a checksum of 4 bytes. */
type Content = {
  readonly format: number;
  readonly fold: string;
  readonly stream: StreamName;
  readonly revision: bigint;
  /** The id of the event at that revision: proves that the snapshot is of this stream and not newer than it. */
  readonly eventId: string;
  readonly state: unknown;
  readonly places: ReadonlyMap<string, number>;
};

const FORMAT = 1;
const CHECKSUM_BYTES = 4;
const EVERY_EVENTS = 500;
/** MongoDB's limit of a document is 16 MiB, and base64 needs a third more. */
const CONTENT_BYTES_MAX = 8 * 1024 * 1024;
const WAITING_MAX = 1_024;
const READ_WITHIN_MS = 1_000 as Millis;
const WRITE_WITHIN_MS = 10_000 as Millis;

const encode = (content: Content): Buffer => {
  const body = serialize(content);
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32LE(crc32(body));
  return Buffer.concat([checksum, body]);
};

/** @returns undefined for damaged bytes. */
const decode = (bytes: Uint8Array): Content | undefined => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length <= CHECKSUM_BYTES) return undefined;
  const body = buffer.subarray(CHECKSUM_BYTES);
  if (buffer.readUInt32LE() !== crc32(body)) return undefined;
  return deserialize(body) as Content;
};

type Waiting = { readonly ref: StreamRef; readonly cached: CachedStream; readonly position: Position };

const late = (): Fault => new Fault('DEADLINE_EXCEEDED', 'The store of snapshots does not answer');

/**
 * The snapshots of streams without an end. They are written one at a time after the commands that made them due, and a failure
 * is logged and has no other effect.
 */
export class StreamSnapshots {
  private readonly waiting = new Map<StreamName, Waiting>();
  private readonly everyEvents: number;
  private isWriting = false;

  constructor(
    private readonly options: SnapshotOptions,
    private readonly deps: {
      readonly clock: Clock;
      readonly logger: Logger;
      readonly commandsRememberedMax: number;
    },
  ) {
    this.everyEvents = options.everyEvents ?? EVERY_EVENTS;
  }

  /**
   * Returns the state of the stream's snapshot, which holds if the stream has the event `lastEventId` at its revision; undefined
   * where there is none of this code.
   */
  async read({ stream, decider }: StreamRef): Promise<CachedStream | undefined> {
    const { snapshot } = decider;
    if (snapshot === undefined) return undefined;
    try {
      const bytes = await within(this.deps.clock, READ_WITHIN_MS, this.options.store.read(stream), late);
      if (bytes === undefined) {
        this.count('absent');
        return undefined;
      }
      const content = decode(bytes);
      if (content?.format !== FORMAT || content.fold !== this.options.fold || content.stream !== stream) {
        this.refuse(stream);
        return undefined;
      }
      const { revision, eventId: lastEventId, places } = content;
      const state = snapshot.fromPlain(content.state);
      const effects = new CommandEffects(this.deps.commandsRememberedMax, places);
      return { state, revision, lastEventId, weight: measured(state), effects, isLoaded: true };
    } catch (error) {
      this.fail(stream, error, 'A snapshot cannot be read; its stream is read instead');
      return undefined;
    }
  }

  /** Counts a snapshot that was read: whether its stream has its last event. */
  judged(stream: StreamName, isFit: boolean): void {
    if (isFit) this.count('used');
    else this.refuse(stream);
  }

  /** Plans a snapshot if one is due. @param before - the number of the stream's events before the latest ones. */
  offer(waiting: Waiting, before: bigint): void {
    const { ref, cached } = waiting;
    if (ref.decider.snapshot === undefined || !cached.isLoaded || cached.revision === 'no-stream') return;
    const every = BigInt(this.everyEvents);
    if ((cached.revision + 1n) / every === before / every) return;
    // One that is left out is due again after as many events.
    if (this.waiting.size >= WAITING_MAX && !this.waiting.has(ref.stream)) return;
    this.waiting.set(ref.stream, waiting);
    if (!this.isWriting) void this.writeAll();
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true;
    await nextTurn();
    for (let next = this.take(); next !== undefined; next = this.take()) {
      await this.write(next);
      await nextTurn();
    }
    this.isWriting = false;
  }

  private take(): Waiting | undefined {
    for (const [stream, waiting] of this.waiting) {
      this.waiting.delete(stream);
      return waiting;
    }
    return undefined;
  }

  private async write({ ref: { stream, decider }, cached, position }: Waiting): Promise<void> {
    const { state, revision, lastEventId: eventId, effects } = cached;
    const { store, fold } = this.options;
    if (decider.snapshot === undefined || revision === 'no-stream' || eventId === undefined) return;
    try {
      // Commands may have been added since: the places of later events do not belong to this state.
      const places = effects.placesUpTo(revision);
      const plain = decider.snapshot.toPlain(state);
      const bytes = encode({ format: FORMAT, fold, stream, revision, eventId, state: plain, places });
      if (bytes.length > CONTENT_BYTES_MAX)
        throw new Error(`A snapshot has at most ${CONTENT_BYTES_MAX} bytes, and this one ${bytes.length}`);
      await within(this.deps.clock, WRITE_WITHIN_MS, store.write(stream, bytes, position), late);
      this.count('written');
    } catch (error) {
      // The process ends, and the next one writes it.
      if (!isFault(error, 'STORE_CLOSED')) this.fail(stream, error, 'A snapshot cannot be written');
    }
  }

  private refuse(stream: StreamName): void {
    this.deps.logger.info({ stream }, 'A snapshot does not fit; its stream is read instead');
    this.count('unfit');
  }

  private fail(stream: StreamName, error: unknown, message: string): void {
    this.deps.logger.warn({ stream, error }, message);
    this.count('failed');
  }

  private count(outcome: SnapshotOutcome): void {
    this.options.onOutcome?.(outcome);
  }
}
