import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { ResolvedEvent } from '@eventstore/db-client';
import { startStoreServer } from './eventstore-server';
import type { StoreServer } from './eventstore-server';
import { newId } from './new-events';

/** A server of EventStoreDB's protocol and its own client, for all cases of a file. */
export const withDbClient = (): {
  readonly client: () => EventStoreDBClient;
  readonly server: () => StoreServer;
} => {
  let server: StoreServer;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    server = await startStoreServer();
    client = EventStoreDBClient.connectionString(server.url);
  });
  afterAll(async () => {
    await client.dispose();
    await server.remove();
  });
  return { client: () => client, server: () => server };
};

export const newName = (): string => `trial-${newId()}`;

export const marked = (mark = 0, type = 'TrialHeld') => jsonEvent({ id: newId(), type, data: { mark } });

export const marksOf = (events: readonly Pick<ResolvedEvent, 'event'>[]): unknown[] =>
  events.map(({ event }) => (event?.data as { mark?: number }).mark);

/** Returns the error of a failed call. */
export const failureOf = async (call: Promise<unknown>): Promise<Record<string, unknown>> =>
  call.then(
    () => ({ type: 'it did not fail' }),
    (error: unknown) => error as Record<string, unknown>,
  );
