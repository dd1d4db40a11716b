import { Fault } from '../faults';

/** The limit of a message's size; a frame that announces more is rejected before memory is allocated. */
export const FRAME_BYTES_MAX = 1024 * 1024;

const HEADER_BYTES_MAX = 5;

/** Prefixes a payload with its size as an unsigned base-128 varint. */
export const frame = (payload: Uint8Array): Uint8Array => {
  if (payload.length > FRAME_BYTES_MAX) throw tooLarge(payload.length, FRAME_BYTES_MAX);
  const header: number[] = [];
  let rest = payload.length;
  for (; rest > 0x7f; rest >>>= 7) header.push((rest & 0x7f) | 0x80);
  header.push(rest);
  const framed = new Uint8Array(header.length + payload.length);
  framed.set(header);
  framed.set(payload, header.length);
  return framed;
};

const tooLarge = (bytes: number, max: number): Fault =>
  new Fault('FRAME_TOO_LARGE', `A frame of ${bytes} bytes is announced; at most ${max} are taken`);

/**
 * Finds the frames in a byte stream, in chunks of any size. Each byte is copied at most once, and at most one frame is
 * in memory. After a fault the stream is unusable: every further push throws too.
 */
export class FrameReader {
  private header = 0;
  private headerBytes = 0;
  private payload: Uint8Array | undefined;
  private filled = 0;
  private fault: Fault | undefined;

  constructor(private readonly maxBytes: number = FRAME_BYTES_MAX) {}

  /**
   * @returns the payloads that this chunk completes, in order; views of the chunk if it contains them whole.
   * @throws Fault `FRAME_TOO_LARGE` if a frame announces more than the limit, before memory is allocated, and
   * `FRAME_MALFORMED` if a size takes more than five bytes or 32 bits.
   */
  push(chunk: Uint8Array): Uint8Array[] {
    if (this.fault) throw this.fault;
    try {
      return this.take(chunk);
    } catch (error) {
      if (error instanceof Fault) this.fault = error;
      this.payload = undefined;
      throw error;
    }
  }

  /** True between frames: a stream that ends here ends cleanly. */
  get isEmpty(): boolean {
    return this.headerBytes === 0 && this.payload === undefined;
  }

  private take(chunk: Uint8Array): Uint8Array[] {
    const frames: Uint8Array[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.payload) {
        at += this.fill(this.payload, chunk, at);
        if (this.filled === this.payload.length) {
          frames.push(this.payload);
          this.payload = undefined;
        }
        continue;
      }
      const size = this.readHeader(chunk[at++] ?? 0);
      if (size === undefined) continue;
      if (size <= chunk.length - at) frames.push(chunk.subarray(at, (at += size)));
      else {
        this.payload = new Uint8Array(size);
        this.filled = 0;
      }
    }
    return frames;
  }

  private fill(payload: Uint8Array, chunk: Uint8Array, at: number): number {
    const part = chunk.subarray(at, at + payload.length - this.filled);
    payload.set(part, this.filled);
    this.filled += part.length;
    return part.length;
  }

  private readHeader(byte: number): number | undefined {
    this.headerBytes += 1;
    // The fifth byte holds the last four of 32 bits.
    if (this.headerBytes === HEADER_BYTES_MAX && byte > 0x0f) {
      throw new Fault('FRAME_MALFORMED', 'A frame begins with no varint of 32 bits');
    }
    this.header += (byte & 0x7f) * 2 ** (7 * (this.headerBytes - 1));
    if (byte >= 0x80) return undefined;
    const size = this.header;
    this.header = 0;
    this.headerBytes = 0;
    if (size > this.maxBytes) throw tooLarge(size, this.maxBytes);
    return size;
  }
}
