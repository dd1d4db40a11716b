import type { ServerDuplexStream, ServerWritableStream } from '@grpc/grpc-js';
import { startStoreServer } from '../../../tests/support/event-store/eventstore-server';
import type { StoreServer } from '../../../tests/support/event-store/eventstore-server';
import { eventually } from '../../../tests/support/time/eventually';
import { collect, newEvent, newEvents, newStream } from '../../../tests/support/event-store/new-events';
import { sentEvent, startScriptedStore } from '../../../tests/support/event-store/scripted-eventstore';
import type { ReadRequest } from '../../../tests/support/event-store/scripted-eventstore';
import { openTcpProxy } from '../../../tests/support/process/tcp-proxy';
import type { TcpProxy } from '../../../tests/support/process/tcp-proxy';
import { realClock, realRandom } from '../../clock';
import { Fault } from '../../faults';
import type { RecordedEvent } from '../event-store';
import { openEventStoreDb } from './index';
import type { EventStoreDb, EventStoreDbOptions } from './index';

const open = (connectionString: string, changes: Partial<EventStoreDbOptions> = {}): Promise<EventStoreDb> =>
  openEventStoreDb({ connectionString, clock: realClock, random: realRandom, ...changes });

const unavailable = { code: 'STORE_UNAVAILABLE', retryable: true };

/** Follows a store in the background. */
const follow = (store: EventStoreDb, after?: RecordedEvent['position']) => {
  const stop = new AbortController();
  const seen: RecordedEvent[] = [];
  let caughtUp = 0;
  const done = (async () => {
    const options = { signal: stop.signal, ...(after === undefined ? {} : { after }) };
    for await (const batch of store.subscribe(options)) {
      seen.push(...batch.events);
      if (batch.caughtUp) caughtUp += 1;
    }
  })();
  return {
    seen,
    caughtUp: () => caughtUp,
    stop: () => {
      stop.abort();
      return done;
    },
  };
};

describe('without a server', () => {
  it('opens all the same, says what is the matter, and throws when it is called', async () => {
    const store = await open('esdb://127.0.0.1:1?tls=false', { patienceMs: 50 });
    const stream = newStream();
    await expect(store.append(stream, 'no-stream', newEvents(1))).rejects.toMatchObject(unavailable);
    await expect(store.tombstone(stream, 'no-stream')).rejects.toMatchObject(unavailable);
    await expect(store.head()).rejects.toMatchObject(unavailable);
    await expect(collect(store.read(stream))).rejects.toMatchObject(unavailable);
    await expect(collect(store.readAll())).rejects.toMatchObject(unavailable);
    const health = store.health();
    expect(health).toMatchObject({ isUp: false });
    expect('reason' in health && health.reason).toMatch(/^esdb:\/\/127\.0\.0\.1:1 does not answer: /);
    await store.close();
  });

  it('has a subscription wait, and closes while it does', async () => {
    const store = await open('esdb://127.0.0.1:1?tls=false');
    const following = follow(store);
    await new Promise((resolve) => setImmediate(resolve));
    await store.close();
    await following.stop();
    expect(following.seen).toEqual([]);
  });

  it('is refused a second time in the same process, until the first is closed', async () => {
    const store = await open('esdb://127.0.0.1:1?tls=false');
    await expect(open('esdb://127.0.0.1:2?tls=false')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await store.close();
    await (await open('esdb://127.0.0.1:2?tls=false')).close();
  });

  it('lets another open after one with a wrong connection string', async () => {
    await expect(open('esdb://')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await (await open('esdb://127.0.0.1:1?tls=false')).close();
  });
});

describe('a server', () => {
  let server: StoreServer;
  let proxy: TcpProxy;
  let store: EventStoreDb;
  const viaProxy = (changes: Partial<EventStoreDbOptions> = {}) =>
    open(`esdb://127.0.0.1:${proxy.port}?tls=false`, changes);
  beforeEach(async () => {
    server = await startStoreServer();
    proxy = await openTcpProxy(server.port);
  });
  afterEach(async () => {
    await store.close();
    await proxy.close();
    await server.remove();
  });

  it('without TLS is recognized, with the setting that is needed', async () => {
    store = await open(server.url.replace('?tls=false', ''), { patienceMs: 1_000 });
    await expect(store.head()).rejects.toThrow(/add tls=false to WAYBILL_EVENT_STORE/);
  });

  it('that comes later is found', async () => {
    await server.stop();
    store = await viaProxy({ patienceMs: 50 });
    await expect(store.head()).rejects.toMatchObject(unavailable);
    await server.start();
    await eventually(() => store.health().isUp);
    expect((await store.append(newStream(), 'no-stream', newEvents(1))).kind).toBe('appended');
  });

  it('that refuses a user says which setting names it', async () => {
    await server.remove();
    server = await startStoreServer({ credentials: 'ada:love' });
    store = await open(server.url, { patienceMs: 1_000 });
    await expect(store.head()).rejects.toMatchObject(unavailable);
    await expect(store.head()).rejects.toThrow(/Check the user name and password in WAYBILL_EVENT_STORE/);
  });

  it('that goes away is not said to have been set up wrongly', async () => {
    store = await viaProxy({ patienceMs: 1_000 });
    await store.head();
    await server.stop(0);
    // A call is needed to detect it.
    await eventually(() =>
      store.head().then(
        () => false,
        () => !store.health().isUp,
      ),
    );
    const health = store.health();
    expect('reason' in health && health.reason).toMatch(/does not answer/);
    expect('reason' in health && health.reason).not.toMatch(/TLS|tls/);
    await server.start();
  });

  it('that stops and starts is found again, and subscriptions go on where they were', async () => {
    store = await viaProxy({ patienceMs: 5_000 });
    const following = follow(store);
    const streams = Array.from({ length: 4 }, () => newStream());
    for (const stream of streams) {
      const events = newEvents(3);
      await eventually(async () => {
        const result = await store.append(stream, 'no-stream', events).catch(() => undefined);
        return result?.kind === 'appended';
      });
      await server.stop(0);
      await server.start();
    }
    await eventually(() => following.seen.length >= 12);
    expect(following.seen.map(({ stream, revision }) => [stream, revision])).toEqual(
      streams.flatMap((stream) => [0n, 1n, 2n].map((revision) => [stream, revision])),
    );
    await eventually(() => following.caughtUp() > 0);
    await following.stop();
  });

  it('with a full disk is distinguished from one that may have written, and is reported as full until it accepts an append', async () => {
    store = await viaProxy();
    const stream = newStream();
    const { raw } = server.store;
    const takes = raw.append.bind(raw);
    raw.append = () => Promise.reject(new Fault('STORE_FULL', 'The disk of the event store is full'));
    await expect(store.append(stream, 'no-stream', newEvents(1))).rejects.toMatchObject({
      code: 'STORE_FULL',
      retryable: true,
    });
    expect(store.health()).toEqual({
      isUp: false,
      reason: expect.stringMatching(/^esdb:.* takes no appends: its disk is full\.$/) as string,
    });
    expect(await collect(store.read(stream))).toEqual([]);
    raw.append = () => Promise.reject(new Fault('OVERLOADED', 'Too many events wait to be written'));
    await expect(store.append(stream, 'no-stream', newEvents(1))).rejects.toMatchObject({
      code: 'OVERLOADED',
    });
    raw.append = takes;
    expect((await store.append(stream, 'no-stream', newEvents(1))).kind).toBe('appended');
    expect(store.health()).toEqual({ isUp: true });
  });

  it('whose line is cut again and again gets every event once', async () => {
    store = await viaProxy({ patienceMs: 5_000 });
    const following = follow(store);
    let isWriting = true;
    const cutting = (async () => {
      for (let round = 0; round < 8; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, 40));
        proxy.cut();
        proxy.mend();
      }
      isWriting = false;
    })();
    let written = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const stream = newStream();
        for (let revision = -1n; isWriting; revision += 1n) {
          const events = newEvents(1);
          const expected = revision === -1n ? 'no-stream' : revision;
          await eventually(async () => {
            const result = await store.append(stream, expected, events).catch(() => undefined);
            if (result?.kind === 'conflict') throw new Error('Another writer wrote');
            return result?.kind === 'appended';
          });
          written += 1;
        }
      }),
    );
    await cutting;
    await eventually(() => following.seen.length >= written);
    expect(new Set(following.seen.map(({ id }) => id)).size).toBe(written);
    expect(following.seen).toHaveLength(written);
    await following.stop();
  });

  it('that is silent leaves an append unknown, in time; the very same again is then written once', async () => {
    store = await viaProxy({ appendTimeoutMs: 150, patienceMs: 5_000 });
    const stream = newStream();
    await store.append(stream, 'no-stream', newEvents(1));
    const events = newEvents(2);
    proxy.swallowAnswers();
    const before = performance.now();
    const results = await Promise.all([0, 1, 2].map(() => store.append(stream, 0n, events)));
    expect(results.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(performance.now() - before).toBeLessThan(2_000);
    proxy.mend();
    expect(await store.append(stream, 0n, events)).toMatchObject({ kind: 'appended', revision: 2n });
    expect(await collect(store.read(stream))).toHaveLength(3);
  });

  it('that is slower than an append may last has each written once, all of them together', async () => {
    store = await viaProxy({ appendTimeoutMs: 500, patienceMs: 5_000, inFlightMax: 4 });
    await store.head();
    // One and a half seconds for all of them.
    proxy.slow(128 * 1024);
    const appends = Array.from({ length: 24 }, () => ({
      stream: newStream(),
      events: [newEvent({ text: 'x'.repeat(8_000) })],
    }));
    await Promise.all(
      appends.map(({ stream, events }) =>
        eventually(async () => {
          const result = await store.append(stream, 'no-stream', events).catch(() => undefined);
          return result?.kind === 'appended';
        }, 30_000),
      ),
    );
    proxy.mend();
    const stored = await collect(server.store.readAll());
    expect(stored.map(({ id }) => id).sort()).toEqual(appends.map(({ events }) => events[0]?.id).sort());
  });

  it('that is silent ends a read in time', async () => {
    store = await viaProxy({ readTimeoutMs: 100, patienceMs: 5_000 });
    await store.head();
    proxy.stall();
    await expect(store.head()).rejects.toMatchObject(unavailable);
    proxy.mend();
    await eventually(async () => (await store.head().catch(() => 'away')) === undefined);
  });

  it('whose line stalls under way has subscriptions come back once an append has noticed', async () => {
    store = await viaProxy({ appendTimeoutMs: 100, readTimeoutMs: 200, patienceMs: 200 });
    const following = follow(store);
    await eventually(() => following.caughtUp() > 0);
    proxy.stall();
    const stream = newStream();
    const events = newEvents(1);
    expect((await store.append(stream, 'no-stream', events)).kind).toBe('unknown');
    expect(store.health()).toMatchObject({ isUp: false });
    proxy.mend();
    await eventually(async () => {
      const result = await store.append(stream, 'no-stream', events).catch(() => undefined);
      return result?.kind === 'appended';
    });
    await eventually(() => following.seen.length === 1);
    await following.stop();
  });

  it('has no more appends under way than it should, and the others wait in order', async () => {
    store = await viaProxy({ inFlightMax: 2 });
    const stream = newStream();
    const calls = newEvents(40).map((event, index) =>
      store.append(stream, index === 0 ? 'no-stream' : BigInt(index - 1), [event]),
    );
    expect((await Promise.all(calls)).every(({ kind }) => kind === 'appended')).toBe(true);
  });

  it('answers what is under way before the store is closed', async () => {
    store = await viaProxy();
    await store.head();
    const under = Array.from({ length: 100 }, () => store.append(newStream(), 'no-stream', newEvents(1)));
    await store.close();
    expect(new Set((await Promise.all(under)).map(({ kind }) => kind))).toEqual(new Set(['appended']));
  });

  it('stops sending a read that is left early, and takes the next call', async () => {
    store = await viaProxy();
    const stream = newStream();
    let expected: bigint | 'no-stream' = 'no-stream';
    for (let round = 0; round < 3; round += 1) {
      const result = await store.append(stream, expected, newEvents(100));
      if (result.kind === 'appended') expected = result.revision;
    }
    for (let round = 0; round < 120; round += 1)
      for await (const { revision } of store.read(stream)) {
        expect(revision).toBe(0n);
        break;
      }
    expect(await collect(store.read(stream, { from: 290n }))).toHaveLength(10);
  });
});

describe('a subscription that the server ends without an error', () => {
  it('is a drop: it begins again behind what was seen', async () => {
    const stream = newStream();
    const starts: unknown[] = [];
    const server = await startScriptedStore({
      Read: (call: ServerWritableStream<ReadRequest, object>) => {
        const { countOption, all } = call.request.options;
        if (countOption === 'subscription') {
          const after = all?.position?.commitPosition.toNumber() ?? 0;
          starts.push(after);
          call.write({ confirmation: { subscriptionId: 'x' } });
          call.write(sentEvent(stream, after + 1));
        }
        call.end();
      },
      BatchAppend: (call: ServerDuplexStream<{ correlationId: object }, object>) => {
        call.on('data', ({ correlationId }: { correlationId: object }) =>
          call.write({ correlationId, success: { noStream: {} } }),
        );
      },
    });
    const store = await open(server.url);
    const following = follow(store);
    await eventually(() => following.seen.length >= 3);
    await following.stop();
    expect(starts.slice(0, 3)).toEqual([0, 1, 2]);
    expect(following.seen.slice(0, 3).map(({ revision }) => revision)).toEqual([1n, 2n, 3n]);
    expect(store.health().isUp).toBe(true);
    await store.close();
    server.stop();
  });
});
