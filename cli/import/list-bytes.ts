import { createReadStream } from 'node:fs';
import { Fault } from '../../platform/faults';

/** The list is kept in memory while it is read, and its parsed form is several times as large. */
const BYTES_MAX = 512 * 1_024 * 1_024;

/**
 * Reads a file once, whole, so that a pipe can be parsed several times, too.
 *
 * @throws Fault `INPUT_INVALID` when it cannot be read or has more than `bytesMax` bytes.
 */
export const readListBytes = async (file: string, bytesMax = BYTES_MAX): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > bytesMax) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new Fault('INPUT_INVALID', `${file} cannot be read.`, { cause });
  }
  if (size > bytesMax) {
    throw new Fault('INPUT_INVALID', `${file} has more than ${bytesMax} bytes. Split it into several files.`);
  }
  return Buffer.concat(chunks);
};
