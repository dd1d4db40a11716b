import { realRandom } from '../../../platform/clock';
import { openDataDirectory } from '../../../platform/data-directory';

/** A program for the data directory's spec: takes the directory, says so (or why not), and holds it until it is killed. */
const hold = async (directory: string): Promise<void> => {
  await openDataDirectory(directory, { random: realRandom });
  process.stdout.write('held\n');
  process.stdin.resume();
};

hold(process.argv[2] ?? '').catch((error: unknown) => {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
});
