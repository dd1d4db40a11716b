import type { RawEvent } from '../../platform/event-store';
import { appendTooLarge } from './errors';
import type { Expected } from './expected';
import type { ProposedMessage } from './messages';
import { rawEventOf } from './wire';

/** The target of an append. */
export type Target = {
  readonly stream: string;
  readonly expected: Expected;
  /** The caller's deadline, in milliseconds since 1970. */
  readonly deadlineMs?: number;
};

/** The default limit of the data of one append together. */
export const APPEND_BYTES_MAX = 1024 * 1024;
/** The limit of metadata and type names of one append, which the protocol does not count, and each event's overhead. */
const ASIDE_BYTES_MAX = 16 * 1024 * 1024;
const EVENT_ASIDE_BYTES = 128;

/** The events of one append while they arrive. */
export class Proposal {
  private readonly messages: ProposedMessage[] = [];
  private dataBytes = 0;
  private asideBytes = 0;

  constructor(
    readonly target: Target,
    private readonly appendBytesMax: number,
  ) {}

  get bytes(): number {
    return this.dataBytes + this.asideBytes;
  }

  add(message: ProposedMessage): void {
    const type = message.metadata['type'] ?? '';
    this.dataBytes += message.data.length;
    this.asideBytes += message.customMetadata.length + type.length + EVENT_ASIDE_BYTES;
    if (this.isTooLarge) this.messages.length = 0;
    else this.messages.push(message);
  }

  /** @throws ProtocolError for an append that is too large, or an invalid event. */
  events(): RawEvent[] {
    if (this.isTooLarge) throw appendTooLarge(this.appendBytesMax);
    return this.messages.map(rawEventOf);
  }

  private get isTooLarge(): boolean {
    return this.dataBytes > this.appendBytesMax || this.asideBytes > ASIDE_BYTES_MAX;
  }
}
