import type { RawEvent } from '../../platform/event-store';
import { appendTooLarge } from './errors';
import type { Expected } from './expected';
import type { ProposedMessage } from './messages';
import { rawEventOf } from './wire';

/** What an append is to do. */
export type Target = {
  readonly stream: string;
  readonly expected: Expected;
  /** When the caller gives up on it, in milliseconds since 1970. */
  readonly deadlineMs?: number;
};

/** The data of one append together, unless the server is told otherwise. */
export const APPEND_BYTES_MAX = 1024 * 1024;
/** Metadata and names of types of one append, which the protocol does not count, and what each event takes by itself. */
const ASIDE_BYTES_MAX = 16 * 1024 * 1024;
const EVENT_ASIDE_BYTES = 128;

/** The events of one append as they come in. */
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

  /** @throws ProtocolError for an append that is too large, or an event that is none. */
  events(): RawEvent[] {
    if (this.isTooLarge) throw appendTooLarge(this.appendBytesMax);
    return this.messages.map(rawEventOf);
  }

  private get isTooLarge(): boolean {
    return this.dataBytes > this.appendBytesMax || this.asideBytes > ASIDE_BYTES_MAX;
  }
}
