import { startEventStoreServer } from '../../../gateways/eventstoredb';
import { realClock, realRandom } from '../../../platform/clock';
import { openEmbeddedEventStore } from '../../../platform/event-store';

/** A program: EventStoreDB's protocol over the store in a directory, on a port (0 for any), until it is killed. */
const serve = async (directory: string, port: number): Promise<void> => {
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const surroundings = { host: '127.0.0.1', clock: realClock, random: realRandom };
  const server = await startEventStoreServer({ ...surroundings, store, port });
  process.stdout.write(`${server.port}\n`);
};

serve(process.argv[2] ?? '', Number(process.argv[3])).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
