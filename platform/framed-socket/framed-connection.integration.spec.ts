import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { realClock } from '../clock';
import { isFault } from '../faults';
import { frame } from '../framing';
import { dial, type FramedConnection } from './index';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('a framed connection', () => {
  let server: Server;
  let accepted: Promise<Socket>;
  const stop = new AbortController();

  const open = (more: { sendTimeoutMs?: number } = {}): Promise<FramedConnection> => {
    const { port } = server.address() as AddressInfo;
    return dial({ host: '127.0.0.1', port, clock: realClock, signal: stop.signal, ...more });
  };

  beforeEach(async () => {
    server = createServer();
    accepted = once(server, 'connection').then(([socket]) => socket as Socket);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    (await accepted.catch(() => undefined))?.destroy();
    server.close();
  });

  it('carries frames both ways, however the bytes are cut', async () => {
    const connection = await open();
    const peer = await accepted;
    await connection.send(Buffer.from('hello'));
    const [bytes] = (await once(peer, 'data')) as [Buffer];
    expect(bytes).toEqual(Buffer.from(frame(Buffer.from('hello'))));

    const frames = connection.frames[Symbol.asyncIterator]();
    const two = Buffer.concat([frame(Buffer.from('one')), frame(Buffer.from('two'))]);
    peer.write(two.subarray(0, 3));
    peer.write(two.subarray(3));
    expect(text((await frames.next()).value as Uint8Array)).toBe('one');
    expect(text((await frames.next()).value as Uint8Array)).toBe('two');
    connection.close();
  });

  it('ends when the other side closes, and when we do', async () => {
    const connection = await open();
    (await accepted).end();
    expect((await connection.frames[Symbol.asyncIterator]().next()).done).toBe(true);
    await expect(connection.send(Buffer.from('late'))).rejects.toThrow('closed');

    accepted = once(server, 'connection').then(([socket]) => socket as Socket);
    const ours = await open();
    const end = ours.frames[Symbol.asyncIterator]().next();
    ours.close();
    expect((await end).done).toBe(true);
  });

  it('closes on garbage', async () => {
    const connection = await open();
    const peer = await accepted;
    const closed = once(peer, 'close');
    peer.on('error', () => undefined);
    peer.write(Buffer.from('ffffffffff', 'hex'));
    const reading = connection.frames[Symbol.asyncIterator]().next();
    await expect(reading).rejects.toMatchObject({ code: 'FRAME_MALFORMED' });
    await closed;
  });

  it('gives up on a peer that takes nothing', async () => {
    const connection = await open({ sendTimeoutMs: 100 });
    (await accepted).pause();
    const flood = async (): Promise<void> => {
      for (;;) await connection.send(new Uint8Array(1_000_000));
    };
    const error: unknown = await flood().catch((caught: unknown) => caught);
    expect(isFault(error, 'DEADLINE_EXCEEDED')).toBe(true);
  });

  it('says why it could not be opened', async () => {
    await once(server.close(), 'close');
    accepted = Promise.reject(new Error('none'));
    accepted.catch(() => undefined);
    const options = { host: '127.0.0.1', port: 1, clock: realClock, signal: stop.signal };
    await expect(dial(options)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(dial({ ...options, signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
  });
});
