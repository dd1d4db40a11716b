import { status, type ServerDuplexStream, type ServerWritableStream } from '@grpc/grpc-js';
import { ProtocolError } from '../../../gateways/eventstoredb/errors';
import { collect, newEvents, newStream } from '../../../tests/support/event-store/new-events';
import {
  givenUp,
  refusedBy,
  sentEvent,
  startScriptedStore,
  type BatchRequest,
  type ReadRequest,
  type ScriptedStore,
} from '../../../tests/support/event-store/scripted-eventstore';
import { eventually } from '../../../tests/support/time/eventually';
import { realClock, realRandom } from '../../clock';
import { Fault } from '../../faults';
import { createLogger } from '../../telemetry';
import type { RecordedEvent } from '../event-store';
import { openEventStoreDb } from './index';
import type { EventStoreDb, EventStoreDbOptions } from './index';

/** Answers that only EventStoreDB itself gives, and never Waybill's own server of its protocol. */

type Read = ServerWritableStream<ReadRequest, object>;
type Batch = ServerDuplexStream<BatchRequest, object>;

const written = { success: { currentRevision: 1, position: { commitPosition: 9, preparePosition: 9 } } };
const emptyAppend = { success: { noStream: {} } };
const denied = (): ProtocolError =>
  new ProtocolError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

/** Answers appends of events by a script, given how many came before. Appends of no events, which look whether it is there, succeed. */
const appending =
  (answer: (count: number, request: BatchRequest) => object | Error | undefined) =>
  (call: Batch): void => {
    let count = 0;
    call.on('data', (request: BatchRequest) => {
      const { correlationId, options, proposedMessages } = request;
      const said = proposedMessages.length === 0 ? emptyAppend : answer(count++, request);
      if (said instanceof Error) call.emit('error', said);
      else if (said !== undefined)
        call.write({ correlationId, streamIdentifier: options.streamIdentifier, ...said });
    });
    call.on('end', () => call.end());
  };

const reading =
  (script: (call: Read, after: number) => void) =>
  (call: Read): void => {
    const { countOption, all } = call.request.options;
    if (countOption !== 'subscription') return void call.end();
    call.write({ confirmation: { subscriptionId: 'x' } });
    script(call, all?.position?.commitPosition.toNumber() ?? 0);
  };
const readsNothing = (call: Read): void => void call.end();

let server: ScriptedStore;
let store: EventStoreDb;
let logged: { readonly level: string; readonly msg: string; readonly reason?: string }[];
const open = async (
  streams: Parameters<typeof startScriptedStore>[0],
  changes: Partial<EventStoreDbOptions> = {},
): Promise<void> => {
  server = await startScriptedStore(streams);
  logged = [];
  const write = (line: string): void => void logged.push(JSON.parse(line) as (typeof logged)[number]);
  store = await openEventStoreDb({
    connectionString: server.url,
    clock: realClock,
    random: realRandom,
    logger: createLogger('debug', { write }),
    ...changes,
  });
};
afterEach(async () => {
  await store.close();
  server.stop();
});
const warnings = (): readonly string[] =>
  logged.filter(({ level }) => level === 'warn' || level === 'error').map(({ msg }) => msg);

/** Follows the store until so many events have come. */
const take = async (count: number): Promise<RecordedEvent[]> => {
  const stop = new AbortController();
  const seen: RecordedEvent[] = [];
  for await (const { events } of store.subscribe({ signal: stop.signal })) {
    seen.push(...events);
    if (seen.length >= count) stop.abort();
  }
  return seen;
};

describe('an append whose events are still being written for another caller', () => {
  it('is sent again with the same ids until the server says what became of it', async () => {
    const ids: string[][] = [];
    const answer = (count: number, { proposedMessages }: BatchRequest): object => {
      ids.push(proposedMessages.map(({ id }) => id.string));
      return count < 2 ? givenUp() : written;
    };
    await open({ Read: readsNothing, BatchAppend: appending(answer) });
    const events = newEvents(2);
    expect(await store.append(newStream(), 'no-stream', events)).toMatchObject({
      kind: 'appended',
      revision: 1n,
    });
    expect(ids).toEqual([1, 2, 3].map(() => events.map(({ id }) => id)));
    expect(store.health()).toEqual({ isUp: true });
    expect(warnings()).toEqual([]);
  });

  it('is unknown once its time is used up, and the connection is kept', async () => {
    await open({ Read: readsNothing, BatchAppend: appending(givenUp) }, { appendTimeoutMs: 150 });
    const result = await store.append(newStream(), 'no-stream', newEvents(1));
    expect(result).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(/still/) as string });
    expect(store.health()).toEqual({ isUp: true });
  });

  it('stays unknown if a later attempt cannot decide it, with any answer', async () => {
    const full = refusedBy(new Fault('STORE_FULL', 'The disk of the event store is full'));
    await open({
      Read: readsNothing,
      BatchAppend: appending((count) => (count === 0 ? givenUp() : full)),
    });
    expect(await store.append(newStream(), 'no-stream', newEvents(1))).toMatchObject({ kind: 'unknown' });
  });

  it('leaves the connection alone when the last try has less than the whole time', async () => {
    await open(
      { Read: readsNothing, BatchAppend: appending((count) => (count === 0 ? givenUp() : undefined)) },
      { appendTimeoutMs: 200 },
    );
    expect(await store.append(newStream(), 'no-stream', newEvents(1))).toMatchObject({ kind: 'unknown' });
    expect(store.health()).toEqual({ isUp: true });
  });

  it('is a tombstone as well', async () => {
    let count = 0;
    type Reply = (error: Error | null, answer?: object) => void;
    await open({
      Read: readsNothing,
      BatchAppend: appending(() => written),
      Tombstone: (_: unknown, reply: Reply) =>
        count++ === 0
          ? reply(new ProtocolError(status.DEADLINE_EXCEEDED, 'Timeout'))
          : reply(null, { position: { commitPosition: 9, preparePosition: 9 } }),
    });
    expect(await store.tombstone(newStream(), 1n)).toMatchObject({ kind: 'appended', revision: 1n });
    expect(count).toBe(2);
  });
});

describe('a user without a right', () => {
  it('gets the error that it may not read all events, with the setting that grants it', async () => {
    await open(
      { Read: (call: Read) => call.emit('error', denied()), BatchAppend: appending(() => written) },
      { patienceMs: 100 },
    );
    await eventually(() => warnings().length > 0);
    const lacks = /refuses: .*lacks the right \$r of \$all\. .*\$acl\.\$r .*run-as-separate-services\.md/;
    await expect(store.head()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(lacks) as string,
    });
    const health = store.health();
    expect('reason' in health && health.reason).toMatch(lacks);
    expect('reason' in health && health.reason).not.toMatch(/password/);
  });

  it('gets the error that names the stream that it may not write', async () => {
    const stream = newStream();
    await open({ Read: readsNothing, BatchAppend: appending(() => refusedBy(denied())) });
    await expect(store.append(stream, 'no-stream', newEvents(1))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining(`lacks the right $w of ${stream}.`) as string,
    });
    expect(store.health()).toEqual({ isUp: true });
  });
});

describe('a live subscription that the server lets go of', () => {
  const letGo = (): ProtocolError =>
    new ProtocolError(
      status.ABORTED,
      'Consumer too slow to handle event while live. Client resubscription required.',
    );

  it('goes on behind what was seen, without a warning', async () => {
    await open({
      Read: reading((call, after) => {
        call.write(sentEvent('trial-1', after + 1));
        setImmediate(() => call.emit('error', letGo()));
      }),
      BatchAppend: appending(() => written),
    });
    const seen = await take(4);
    expect(seen.map(({ revision }) => revision)).toEqual([1n, 2n, 3n, 4n]);
    expect(warnings()).toEqual([]);
    expect(logged.map(({ msg }) => msg)).toContain(
      'The server dropped a subscription, which resumes at once',
    );
  });

  it('reads what it missed in pages before it subscribes again, and counts both', async () => {
    const counts = { opened: 0, ended: 0 };
    const asked: string[] = [];
    let isBehind = false;
    const readAllFrom = (call: Read, after: number): void => {
      // The probe and the page before any event was missed.
      if (isBehind)
        for (let position = after + 1; position <= 5; position += 1)
          call.write(sentEvent('trial-1', position));
      call.end();
    };
    await open(
      {
        Read: (call: Read) => {
          const { countOption, all } = call.request.options;
          const after = all?.position?.commitPosition.toNumber() ?? 0;
          asked.push(`${countOption} after ${after}`);
          if (countOption !== 'subscription') return readAllFrom(call, after);
          call.write({ confirmation: { subscriptionId: 'x' } });
          if (isBehind) call.write(sentEvent('trial-1', 6));
          else {
            call.write(sentEvent('trial-1', 1));
            isBehind = true;
            setImmediate(() => call.emit('error', letGo()));
          }
        },
        BatchAppend: appending(() => written),
      },
      {
        subscriptionObserver: {
          onOpened: () => (counts.opened += 1),
          onEndedByServer: () => (counts.ended += 1),
        },
      },
    );
    expect((await take(6)).map(({ revision }) => revision)).toEqual([1n, 2n, 3n, 4n, 5n, 6n]);
    expect(asked.slice(-3)).toEqual(['subscription after 0', 'count after 1', 'subscription after 5']);
    expect(counts).toEqual({ opened: 2, ended: 1 });
  });

  it('is warned of when subscribing again brings nothing', async () => {
    await open({
      Read: reading((call) => call.emit('error', letGo())),
      BatchAppend: appending(() => written),
    });
    const stop = new AbortController();
    const following = collect(store.subscribe({ signal: stop.signal }));
    await eventually(() => warnings().length > 0);
    stop.abort();
    expect((await following).flatMap(({ events }) => events)).toEqual([]);
    expect(warnings()[0]).toBe('A subscription was dropped');
  });
});

describe('an event that the server keeps for itself in a stream of its own, under a type without $', () => {
  const all = [
    sentEvent('trial-1', 1),
    sentEvent('$persistentsubscription-trial-1::group-checkpoint', 2, 'SubscriptionCheckpoint'),
    sentEvent('trial-1', 3),
  ];

  it('is not among all events', async () => {
    await open({
      Read: (call: Read) => {
        for (const event of all) call.write(event);
        call.end();
      },
      BatchAppend: appending(() => written),
    });
    expect((await collect(store.readAll())).map(({ revision }) => revision)).toEqual([1n, 3n]);
  });

  it('is not in a subscription', async () => {
    await open({
      Read: reading((call, after) => {
        for (const event of all.slice(after)) call.write(event);
      }),
      BatchAppend: appending(() => written),
    });
    expect((await take(2)).map(({ revision }) => revision)).toEqual([1n, 3n]);
  });
});
