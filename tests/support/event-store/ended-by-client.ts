import { EventStoreDBClient, eventTypeFilter, jsonEvent } from '@eventstore/db-client';
import { startStoreServer } from './eventstore-server';

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Ways in which the client of EventStoreDB ends the process that uses it; the adapter has to go round each. */
const ways: Readonly<Record<string, () => Promise<void>>> = {
  'error-without-listener': async () => {
    const server = await startStoreServer();
    const client = EventStoreDBClient.connectionString(server.url);
    const subscription = client.subscribeToAll();
    await new Promise<void>((resolve) => subscription.on('confirmation', resolve));
    await server.remove();
  },
  'throwing-checkpoint': async () => {
    const server = await startStoreServer();
    const client = EventStoreDBClient.connectionString(server.url);
    await client.appendToStream('trial-1', jsonEvent({ type: 'TrialHeld', data: {} }));
    const checkpointReached = (): void => {
      throw new Error('checkpoint');
    };
    const filter = eventTypeFilter({ prefixes: ['None'], maxSearchWindow: 1, checkpointReached });
    client.subscribeToAll({ filter }).on('error', () => undefined);
  },
  // Two clients in one process: the error of one takes the other's append out of the table they share.
  'late-answer': async () => {
    const [falling, steady] = await Promise.all([startStoreServer(), startStoreServer()]);
    const clients = [falling, steady].map(({ url }) => EventStoreDBClient.connectionString(url));
    const append = (client: EventStoreDBClient | undefined, number: number) =>
      client
        ?.appendToStream(`trial-${number}`, jsonEvent({ type: 'TrialHeld', data: {} }))
        .catch(() => undefined);
    await Promise.all(clients.map((client) => append(client, 0)));
    let isOver = false;
    const writing = (async () => {
      for (let number = 1; !isOver; number += 1) {
        void append(clients[1], number);
        if (number % 16 === 0) await wait(1);
      }
    })();
    await wait(100);
    await falling.stop(0);
    await wait(1_000);
    isOver = true;
    await writing;
  },
};

const [way = ''] = process.argv.slice(2);
void (ways[way]?.() ?? Promise.reject(new Error(`No such way: ${way}`)))
  .then(() => wait(3_000))
  .then(() => process.exit(0));
