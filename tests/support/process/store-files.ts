import { realClock, realRandom } from '../../../platform/clock';
import { fileNameOf, openEmbeddedFiles } from '../../../platform/files';

/** A program for the spec of the embedded files: stores one after the other, says so, and goes on until it is killed. */
const store = async (folder: string): Promise<void> => {
  const files = await openEmbeddedFiles({ folder, clock: realClock, random: realRandom });
  for (let number = 0; ; number += 1) {
    const content = Buffer.alloc(200_000, `picture ${number} `);
    await files.put(fileNameOf(content), content);
    process.stdout.write(`${fileNameOf(content)}\n`);
  }
};

void store(process.argv[2] ?? '');
