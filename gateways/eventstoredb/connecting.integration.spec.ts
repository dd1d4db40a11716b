import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { EventStoreDBClient, START } from '@eventstore/db-client';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { failureOf, marked, marksOf, newName, withDbClient } from '../../tests/support/event-store/db-client';
import { eventually } from '../../tests/support/time/eventually';
import { startStoreServer } from '../../tests/support/event-store/eventstore-server';
import type { StoreServer } from '../../tests/support/event-store/eventstore-server';
import { collect } from '../../tests/support/event-store/new-events';
import { openTcpProxy } from '../../tests/support/process/tcp-proxy';
import type { TcpProxy } from '../../tests/support/process/tcp-proxy';
import { streamsService } from './services';

/** The behaviour of @eventstore/db-client 6.2.1 with EventStoreDB 23.10.8, checked with this server. */
const { client, server } = withDbClient();

describe('connecting', () => {
  it.each(['esdb://127.0.0.1:PORT?tls=false', 'esdb+discover://localhost:PORT?tls=false'])(
    'works by %s',
    async (url) => {
      const other = EventStoreDBClient.connectionString(url.replace('PORT', String(server().port)));
      const stream = newName();
      await other.appendToStream(stream, marked());
      expect(await collect(other.readStream(stream))).toHaveLength(1);
      await other.dispose();
    },
  );

  it('works by a list of hosts of which some are away', async () => {
    const hosts = `127.0.0.1:1,localhost:${server().port},127.0.0.1:${server().port}`;
    const other = EventStoreDBClient.connectionString(`esdb://${hosts}?tls=false`);
    expect((await other.appendToStream(newName(), marked())).success).toBe(true);
    await other.dispose();
  });

  it('fails with a raw error of gRPC when TLS is spoken to it', async () => {
    const other = EventStoreDBClient.connectionString(server().url.replace('?tls=false', ''));
    const error = await failureOf(other.appendToStream(newName(), marked()));
    expect(error).toMatchObject({
      code: 14,
      message: expect.stringContaining('wrong version number') as string,
    });
    expect(error['type']).toBeUndefined();
    await other.dispose();
  });

  it('answers the pages that say whether it is ready', async () => {
    const page = (path: string, init?: RequestInit) => fetch(`http://${server().address}${path}`, init);
    expect((await page('/health/live')).status).toBe(204);
    expect(await (await page('/info')).json()).toMatchObject({ esVersion: '23.10.8', state: 'leader' });
    expect(await (await page('/gossip')).json()).toMatchObject({
      members: [{ state: 'Leader', isAlive: true, httpEndPointPort: server().port }],
    });
    expect((await page('/nowhere')).status).toBe(404);
    expect((await page('/info', { method: 'POST' })).status).toBe(405);
  });
});

describe('a server that goes away', () => {
  let mortal: StoreServer;
  let own: EventStoreDBClient;
  beforeEach(async () => {
    mortal = await startStoreServer();
    own = EventStoreDBClient.connectionString(mortal.url);
  });
  afterEach(async () => {
    await own.dispose();
    await mortal.remove();
  });

  it('makes calls throw a raw error of code 14, and has the client back by itself', async () => {
    const stream = newName();
    await own.appendToStream(stream, marked(1));
    await mortal.stop(0);
    // The first call still finds the dead connection.
    await failureOf(own.appendToStream(stream, marked()));
    const error = await failureOf(own.appendToStream(stream, marked()));
    expect(error).toMatchObject({ code: 14 });
    expect(error['type']).toBeUndefined();
    await mortal.start();
    await eventually(
      async () =>
        (await failureOf(own.appendToStream(stream, marked(2), { expectedRevision: 0n })))['type'] ===
        'it did not fail',
    );
    expect(marksOf(await collect(own.readStream(stream)))).toEqual([1, 2]);
  });

  it('fails a subscription by an error and no end', async () => {
    await own.appendToStream(newName(), marked());
    const told: string[] = [];
    const subscription = own.subscribeToAll({ fromPosition: START });
    subscription.on('data', () => undefined);
    subscription.on('error', () => told.push('error'));
    for (const name of ['end', 'close'] as const) subscription.on(name, () => told.push(name));
    await new Promise<void>((resolve) => subscription.on('caughtUp', resolve));
    await mortal.stop(0);
    await eventually(() => told.length > 0);
    expect(told).toEqual(['error']);
  });
});

describe('a line that is silent and then breaks', () => {
  const pending = (call: Promise<unknown>) => {
    const state = { isSettled: false };
    const settled = failureOf(call).then((failure) => {
      state.isSettled = true;
      return failure;
    });
    return { state, settled };
  };
  let proxy: TcpProxy;
  let own: EventStoreDBClient;
  beforeEach(async () => {
    proxy = await openTcpProxy(server().port);
    own = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    await own.appendToStream(newName(), marked());
  });
  afterEach(async () => {
    await own.dispose();
    await proxy.close();
  });

  it('keeps an append on the shared stream waiting past its deadline, and then fails it as unavailable', async () => {
    proxy.swallowAnswers();
    const { state, settled } = pending(own.appendToStream(newName(), marked(), { deadline: 50 }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(state.isSettled).toBe(false);
    proxy.cut();
    expect(await settled).toMatchObject({ type: 'unavailable' });
  });

  it('leaves it open whether an append was written', async () => {
    const stream = newName();
    proxy.swallowAnswers();
    const { settled } = pending(own.appendToStream(stream, marked(1)));
    await eventually(
      async () => (await failureOf(collect(client().readStream(stream))))['type'] !== 'stream-not-found',
    );
    proxy.cut();
    expect((await settled)['type']).toBe('unavailable');
    expect(marksOf(await collect(client().readStream(stream)))).toEqual([1]);
  });
});

describe('a subscription that the server ends without an error', () => {
  it('is over for who iterates it, as if there were no more', async () => {
    const ending = new Server();
    ending.addService(
      { Read: streamsService['Read']! },
      {
        Read: (call: ServerWritableStream<object, object>) => {
          call.write({ confirmation: { subscriptionId: 'trial' } });
          call.end();
        },
      },
    );
    const port = await new Promise<number>((resolve, reject) =>
      ending.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    const own = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`);
    expect(await collect(own.subscribeToStream(newName()))).toEqual([]);
    await own.dispose();
    ending.forceShutdown();
  });
});

describe('what ends the process of the client', () => {
  it.each([
    ['error-without-listener', /UnavailableError/],
    ['throwing-checkpoint', /Error: checkpoint/],
    ['late-answer', /undefined is not iterable|object undefined is not iterable/],
  ])('is an %s', async (way, reason) => {
    const hook = join(__dirname, '../../tests/support/typescript-hook.js');
    const program = join(__dirname, '../../tests/support/event-store/ended-by-client.ts');
    const child = spawn(process.execPath, ['-r', hook, program, way], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const errors: Buffer[] = [];
    child.stderr.on('data', (bytes: Buffer) => errors.push(bytes));
    const [code] = (await once(child, 'exit')) as [number];
    expect(Buffer.concat(errors).toString()).toMatch(reason);
    expect(code).not.toBe(0);
  });
});
