/** The size of the largest frame whose length takes one byte. Many public clients read only one byte as the length. */
export const SMALL_FRAME_BYTES_MAX = 127;

const varintBytes = (value: bigint): number => {
  let bytes = 1;
  for (let rest = BigInt.asUintN(64, value) >> 7n; rest > 0n; rest >>= 7n) bytes += 1;
  return bytes;
};

/**
 * Splits acks into as few lists as possible, each of which fits into a small frame.
 *
 * @returns the acks in their order; no list for no acks.
 */
export const inSmallFrames = (acks: readonly bigint[]): readonly (readonly bigint[])[] => {
  const frames: bigint[][] = [];
  let room = 0;
  for (const ack of acks) {
    // Each ack has its own field tag, because proto2 does not pack them.
    const bytes = 1 + varintBytes(ack);
    if (bytes > room) {
      frames.push([]);
      room = SMALL_FRAME_BYTES_MAX;
    }
    frames.at(-1)?.push(ack);
    room -= bytes;
  }
  return frames;
};
