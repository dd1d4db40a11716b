import { once } from 'node:events';
import { Client, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import {
  failure,
  methodOf,
  name,
  newStream,
  proposed,
} from '../../tests/support/event-store/eventstore-messages';
import { startStoreServer } from '../../tests/support/event-store/eventstore-server';
import type { StoreServer } from '../../tests/support/event-store/eventstore-server';
import { silentLogger } from '../../platform/telemetry';
import { openTcpProxy } from '../../tests/support/process/tcp-proxy';
import { persistentService, streamsService } from './services';

/** Mistakes of callers are reported to them, and are not logged as errors of the server. */

const errors: unknown[] = [];
const logger = { ...silentLogger, error: (context: object) => void errors.push(context) };
let server: StoreServer;
let client: Client;
beforeEach(async () => {
  errors.length = 0;
  server = await startStoreServer({ logger });
  client = new Client(server.address, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
});
afterEach(async () => {
  client.close();
  await server.remove();
});

const options = (stream: string) => ({ options: { streamIdentifier: name(stream), any: {} } });

const openAppend = () => {
  let answer: (error: ServiceError | null) => void = () => undefined;
  const answered = new Promise<unknown>((resolve, reject) => {
    answer = (error) => (error ? reject(error) : resolve(undefined));
  });
  const call = client.makeClientStreamRequest(...methodOf(streamsService, 'Append'), (error) =>
    answer(error),
  );
  return { call, answered: failure(answered) };
};

/** The next call is served only once what came before it on the connection was read. */
const served = async (): Promise<void> => {
  const { call, answered } = openAppend();
  call.end();
  expect((await answered).code).toBe(status.INVALID_ARGUMENT);
};

describe('an append that its caller breaks off', () => {
  it.each([
    ['hangs up', () => undefined],
    ['closes the connection, too', () => client.close()],
  ])('writes none of its events (%s)', async (_, leave) => {
    const stream = newStream();
    const { call, answered } = openAppend();
    call.write(options(stream));
    call.write(proposed());
    await served();
    call.cancel();
    leave();
    await answered;
    client = new Client(server.address, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
    });
    await served();
    await server.stop();
    await server.start();
    expect(server.store.raw.standing(stream).revision).toBe(-1);
    expect(errors).toEqual([]);
  });

  it('writes none of its events when the line is cut', async () => {
    const stream = newStream();
    const proxy = await openTcpProxy(server.port);
    client.close();
    client = new Client(`127.0.0.1:${proxy.port}`, credentials.createInsecure());
    const { call, answered } = openAppend();
    call.write(options(stream));
    call.write(proposed());
    await served();
    await proxy.close();
    expect((await answered).code).toBe(status.UNAVAILABLE);
    await server.stop();
    await server.start();
    expect(server.store.raw.standing(stream).revision).toBe(-1);
    expect(errors).toEqual([]);
  });
});

describe('no error is logged', () => {
  it('for an append that is larger than any message', async () => {
    const { call, answered } = openAppend();
    call.write(options(newStream()));
    call.write(proposed(undefined, { data: Buffer.alloc(17 * 1024 * 1024) }));
    expect((await answered).code).toBe(status.RESOURCE_EXHAUSTED);
    expect(errors).toEqual([]);
  });

  it.each([
    ['Append', streamsService],
    ['BatchAppend', streamsService],
    ['Read', streamsService],
    ['Delete', streamsService],
    ['Read', persistentService],
  ])('for bytes that are no message (%s)', async (method, service) => {
    const { path } = service[method]!;
    const call = client.makeBidiStreamRequest(
      path,
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
    );
    call.resume();
    call.write(Buffer.from([0x0a, 0xff, 0xff]));
    call.end();
    const [error] = (await once(call, 'error')) as [ServiceError];
    expect([status.INTERNAL, status.INVALID_ARGUMENT]).toContain(error.code);
    expect(errors).toEqual([]);
  });
});

describe('a server that stops', () => {
  it('answers an append that is still open at once, and writes nothing of it', async () => {
    const stream = newStream();
    const { call, answered } = openAppend();
    call.write(options(stream));
    call.write(proposed());
    await served();
    const start = performance.now();
    await server.stop(30_000);
    expect((await answered).code).toBe(status.UNAVAILABLE);
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(errors).toEqual([]);
    await server.start();
    expect(server.store.raw.standing(stream).revision).toBe(-1);
  });
});
