import { once } from 'node:events';
import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  streamNameFilter,
} from '@eventstore/db-client';
import type { AllStreamSubscription, Position } from '@eventstore/db-client';
import { marked, newName, withDbClient } from '../../tests/support/event-store/db-client';
import { eventually } from '../../tests/support/time/eventually';
import { newId } from '../../tests/support/event-store/new-events';

/** The behaviour of @eventstore/db-client 6.2.1 with EventStoreDB 23.10.8, checked with this server. */
const { client } = withDbClient();

const silent = (subscription: AllStreamSubscription): AllStreamSubscription =>
  subscription.on('error', () => undefined);

describe('following', () => {
  const follow = (subscription: AllStreamSubscription) => {
    const marks: unknown[] = [];
    const told: string[] = [];
    silent(subscription);
    subscription.on('data', ({ event: each }) => marks.push((each?.data as { mark?: number }).mark));
    for (const name of ['confirmation', 'caughtUp'] as const) subscription.on(name, () => told.push(name));
    return { subscription, marks, told };
  };
  const end = async (): Promise<Position> =>
    (await client().appendToStream(newName(), marked())).position ?? { commit: 0n, prepare: 0n };

  it('reports its start, the former events, the caught-up message, and then the new events', async () => {
    const fromPosition = await end();
    await client().appendToStream(newName(), [marked(1), marked(2)]);
    const { subscription, marks, told } = follow(client().subscribeToAll({ fromPosition }));
    await eventually(() => told.length === 2);
    expect(told).toEqual(['confirmation', 'caughtUp']);
    expect(marks).toEqual([1, 2]);
    await client().appendToStream(newName(), marked(3));
    await eventually(() => marks.length === 3);
    await subscription.unsubscribe();
  });

  it('begins at the end, and contains system events unless a filter excludes them', async () => {
    const [shown, hidden] = [
      follow(client().subscribeToAll({ fromPosition: END })),
      follow(client().subscribeToAll({ fromPosition: END, filter: excludeSystemEvents() })),
    ];
    await eventually(() => shown.told.length === 2 && hidden.told.length === 2);
    const stream = newName();
    await client().setStreamMetadata(stream, { maxCount: 1 });
    await client().appendToStream(stream, marked(1));
    await eventually(() => shown.marks.length === 2 && hidden.marks.length === 1);
    expect(shown.marks).toEqual([undefined, 1]);
    expect(hidden.marks).toEqual([1]);
    await shown.subscription.unsubscribe();
    await hidden.subscription.unsubscribe();
  });

  it.each([
    ['type prefixes', eventTypeFilter({ prefixes: ['Wan', 'None'] })],
    ['a type expression', eventTypeFilter({ regex: '^W.*d$' })],
    ['stream prefixes', streamNameFilter({ prefixes: ['wanted-'] })],
    ['a stream expression', streamNameFilter({ regex: '^wanted-.{36}$' })],
  ])('tells only what a filter lets through (%s)', async (_, filter) => {
    const fromPosition = await end();
    for (const mark of [1, 2, 3]) {
      await client().appendToStream(newName(), marked(-mark));
      await client().appendToStream(`wanted-${newId()}`, marked(mark, 'Wanted'));
    }
    const { subscription, marks, told } = follow(client().subscribeToAll({ fromPosition, filter }));
    await eventually(() => told.includes('caughtUp'));
    expect(marks).toEqual([1, 2, 3]);
    await subscription.unsubscribe();
  });

  it('tells how far it has looked where a filter lets little through', async () => {
    const fromPosition = await end();
    const checkpoints: Position[] = [];
    const stream = newName();
    await client().appendToStream(
      stream,
      Array.from({ length: 10 }, (_, mark) => marked(mark)),
    );
    const filter = eventTypeFilter({
      prefixes: ['None'],
      maxSearchWindow: 4,
      checkpointReached: (_, position) => void checkpoints.push(position),
    });
    const { subscription, told } = follow(client().subscribeToAll({ fromPosition, filter }));
    await eventually(() => told.includes('caughtUp'));
    const commits = checkpoints.map(({ commit }) => commit - fromPosition.commit);
    // After every fourth event, and where there was nothing further.
    expect(commits).toEqual([4n, 8n, 10n]);
    await subscription.unsubscribe();
  });

  it('follows one stream after a revision', async () => {
    const stream = newName();
    await client().appendToStream(
      stream,
      [0, 1, 2].map((mark) => marked(mark)),
    );
    const marks: number[] = [];
    let caughtUpAt = -1;
    const subscription = client().subscribeToStream(stream, { fromRevision: 0n });
    subscription.on('error', () => undefined);
    subscription.on('caughtUp', () => (caughtUpAt = marks.length));
    subscription.on('data', ({ event: each }) => marks.push((each?.data as { mark: number }).mark));
    await eventually(() => caughtUpAt === 2);
    await client().appendToStream(newName(), marked(99));
    await client().appendToStream(stream, marked(3));
    await eventually(() => marks.length === 3);
    expect(marks).toEqual([1, 2, 3]);
    await subscription.unsubscribe();
  });

  it('follows a stream that is not there yet', async () => {
    const stream = newName();
    const subscription = client().subscribeToStream(stream);
    subscription.on('error', () => undefined);
    const marks: number[] = [];
    subscription.on('data', ({ event: each }) => marks.push((each?.data as { mark: number }).mark));
    const seenWhenCaughtUp = new Promise<number>((resolve) =>
      subscription.on('caughtUp', () => resolve(marks.length)),
    );
    await once(subscription, 'confirmation');
    await client().appendToStream(stream, marked(7));
    expect(await seenWhenCaughtUp).toBe(1);
    expect(marks).toEqual([7]);
    await subscription.unsubscribe();
  });

  it('gives places as pairs of whole numbers', async () => {
    const fromPosition = await end();
    await client().appendToStream(newName(), marked(1));
    const subscription = silent(client().subscribeToAll({ fromPosition }));
    for await (const { event: each } of subscription) {
      expect(each?.position).toEqual({
        commit: fromPosition.commit + 1n,
        prepare: fromPosition.prepare + 1n,
      });
      break;
    }
  });

  const writeLarge = async (): Promise<void> => {
    const stream = newName();
    for (let round = 0; round < 10; round += 1)
      await client().appendToStream(
        stream,
        Array.from({ length: 20 }, (_, mark) =>
          jsonEvent({ type: 'Large', data: { mark, text: 'x'.repeat(40_000) } }),
        ),
      );
  };

  it('has no back-pressure when it calls a listener that takes its time', async () => {
    const fromPosition = await end();
    await writeLarge();
    const subscription = silent(client().subscribeToAll({ fromPosition }));
    let begun = 0;
    // None of them ever ends.
    const take = async (): Promise<void> => {
      begun += 1;
      await new Promise(() => undefined);
    };
    subscription.on('data', () => void take());
    await eventually(() => begun === 200);
    await subscription.unsubscribe();
  });

  it('has back-pressure when it is iterated', async () => {
    const fromPosition = await end();
    await writeLarge();
    const subscription = silent(client().subscribeToAll({ fromPosition }));
    let seen = 0;
    for await (const { event: each } of subscription) {
      expect((each?.data as { mark: number }).mark).toBe(seen % 20);
      seen += 1;
      // Of 8 MB only the content of the buffers is in flight while the client does not read.
      if (seen === 1) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(subscription.readableLength).toBeLessThanOrEqual(17);
      if (seen === 200) break;
    }
  });
});
