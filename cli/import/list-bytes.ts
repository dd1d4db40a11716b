import { createReadStream } from 'node:fs';
import { Fault } from '../../platform/faults';

/** The whole list is held while it is read; what can be made of it is several times as large. */
const BYTES_MAX = 512 * 1_024 * 1_024;

/**
 * Reads a file once and whole, so that it can be gone over several times even where it is a pipe.
 *
 * @throws Fault `INPUT_INVALID` where it cannot be read or has more than `bytesMax` bytes.
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
