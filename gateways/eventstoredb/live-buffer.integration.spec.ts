import { EventStoreDBClient } from '@eventstore/db-client';
import type { AllStreamSubscription, Position } from '@eventstore/db-client';
import { marked, newName } from '../../tests/support/event-store/db-client';
import { startStoreServer, type StoreServer } from '../../tests/support/event-store/eventstore-server';
import { eventually } from '../../tests/support/time/eventually';

/** The behaviour of EventStoreDB 23.10.8, which has a limit of 32. */
describe('a server with a limit of events that wait for a live subscription', () => {
  const LIMIT = 8;
  let server: StoreServer;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    server = await startStoreServer({ liveBufferMax: LIMIT });
    client = EventStoreDBClient.connectionString(server.url);
  });
  afterAll(async () => {
    await client.dispose();
    await server.remove();
  });

  const append = async (count: number): Promise<Position> => {
    const events = Array.from({ length: count }, (_, mark) => marked(mark));
    return (await client.appendToStream(newName(), events)).position ?? { commit: 0n, prepare: 0n };
  };
  const follow = (subscription: AllStreamSubscription) => {
    const seen: unknown[] = [];
    const told: string[] = [];
    const errors: (Error & { readonly type?: string })[] = [];
    subscription.on('data', ({ event }) => seen.push((event?.data as { mark?: number }).mark));
    subscription.on('caughtUp', () => told.push('caughtUp'));
    subscription.on('error', (error) => errors.push(error));
    return { seen, told, errors };
  };

  it('ends one for which more wait, after those that fit', async () => {
    const { seen, told, errors } = follow(client.subscribeToAll({ fromPosition: await append(1) }));
    await eventually(() => told.length === 1);
    await append(LIMIT);
    await eventually(() => seen.length === LIMIT);
    expect(errors).toEqual([]);
    await append(LIMIT + 1);
    await eventually(() => errors.length > 0);
    expect(errors[0]).toMatchObject({
      type: 'timeout',
      message: expect.stringMatching(/Consumer too slow to handle event while live/) as string,
    });
    expect(seen).toHaveLength(2 * LIMIT);
  });

  it('does not end one that is catching up', async () => {
    const fromPosition = await append(1);
    await append(20 * LIMIT);
    const subscription = client.subscribeToAll({ fromPosition });
    const { seen, told, errors } = follow(subscription);
    await eventually(() => told.length === 1);
    expect(seen).toHaveLength(20 * LIMIT);
    expect(errors).toEqual([]);
    await subscription.unsubscribe();
  });

  it('ends one to a stream as well', async () => {
    const stream = newName();
    await client.appendToStream(stream, marked(0));
    const errors: unknown[] = [];
    const seen: unknown[] = [];
    const subscription = client.subscribeToStream(stream);
    subscription.on('error', (error) => errors.push(error));
    subscription.on('data', (event) => seen.push(event));
    await eventually(() => seen.length === 1);
    await client.appendToStream(
      stream,
      Array.from({ length: LIMIT + 1 }, (_, mark) => marked(mark)),
    );
    await eventually(() => errors.length > 0);
    expect(seen).toHaveLength(1 + LIMIT);
  });
});
