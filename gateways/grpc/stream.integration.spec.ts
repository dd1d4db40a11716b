import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { Millis } from '../../domain/kernel';
import { eventually } from '../../tests/support/time/eventually';
import {
  accepted,
  createCommandServices,
  scripted,
  token,
} from '../../tests/support/commands/command-services';
import { openTcpProxy, type TcpProxy } from '../../tests/support/process/tcp-proxy';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import type { CommandClient, Outcome } from '../../commands';
import type { CommandContext } from '../../platform/execution';
import { commandBatch, outcomeBatch, type CommandFrame, type OutcomeFrame } from './messages';
import { readDetails } from './rich-error';

const context: CommandContext = {
  commandId: '018f4f6e-7c1e-7000-8000-000000000001',
  correlationId: '018f4f6e-7c1e-7000-8000-000000000002',
  principal: { kind: 'system', id: 'spec', roles: [] },
  // Only what hangs takes so long, on however busy a machine.
  timeoutMs: 60_000,
};

const cancel = (
  client: CommandClient,
  orderId = 'o',
  timeoutMs = context.timeoutMs!,
): Promise<Outcome<object>> => client.send('cancelOrder', { orderId } as never, { ...context, timeoutMs });

const silence = new Promise<never>(() => undefined);

/** Answers when a test decides. */
const held = () => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  return { ...scripted(() => released.then(() => accepted({}))), release };
};

describe('the stream that commands share', () => {
  const services = createCommandServices();
  const proxies: TcpProxy[] = [];
  afterEach(async () => {
    await services.close();
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });

  const plainClient = (port: number): Client =>
    services.with(new Client(`127.0.0.1:${port}`, credentials.createInsecure()));

  /** Bytes and frames that another program may send. */
  const rawStream = (port: number) => {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    const outcomes: OutcomeFrame[] = [];
    const stream = plainClient(port).makeBidiStreamRequest(
      '/waybill.commands.v1.CommandStream/Open',
      (bytes: Uint8Array) => Buffer.from(bytes),
      (bytes: Buffer) => outcomeBatch.decode(bytes),
      metadata,
    );
    stream.on('data', (batch: { readonly outcomes: readonly OutcomeFrame[] }) =>
      outcomes.push(...batch.outcomes),
    );
    const ended = new Promise<ServiceError | undefined>((resolve) => {
      stream.on('error', (error: ServiceError) => resolve(error));
      stream.on('end', () => resolve(undefined));
    });
    return { stream, outcomes, ended };
  };
  const frame = (changes: Partial<CommandFrame>): CommandFrame => ({
    number: 1,
    name: 'cancelOrder',
    input: new Uint8Array(),
    commandId: context.commandId,
    keyed: false,
    correlationId: context.correlationId,
    principal: JSON.stringify(context.principal),
    traceparent: '',
    timeoutMs: 5_000,
    ...changes,
  });

  describe('deadlines', () => {
    it('tells the server how long the caller still waits, and the next server how long then', async () => {
      const first = scripted(() => silence);
      const fallen = await services.serve(first.commands);
      const answer = cancel(services.connect([fallen]));
      await eventually(() => first.seen.length > 0);
      const waited = first.seen[0]!.context.timeoutMs!;
      expect(waited).toBeGreaterThan(0);
      expect(waited).toBeLessThanOrEqual(context.timeoutMs!);
      await fallen.close(0);
      const second = scripted(() => accepted({}));
      await services.serve(second.commands, fallen.port);
      expect(await answer).toMatchObject({ kind: 'accepted' });
      expect(second.seen[0]!.context).toMatchObject({ commandId: context.commandId });
      expect(second.seen[0]!.context.timeoutMs).toBeLessThan(waited);
    });

    it('leaves no call of a closed client waiting', async () => {
      const silent = scripted(() => silence);
      const client = services.connect([await services.serve(silent.commands)]);
      const asked = cancel(client);
      await eventually(() => silent.seen.length > 0);
      const nobody = services.connect([{ port: 1 }]);
      const unasked = cancel(nobody);
      await Promise.all([
        client.close(),
        nobody.close(),
        expect(unasked).rejects.toMatchObject({ code: 'COMMANDS_UNAVAILABLE' }),
      ]);
      expect(await asked).toEqual({ kind: 'unknown', commandId: context.commandId });
      await expect(cancel(client)).rejects.toMatchObject({ code: 'COMMANDS_UNAVAILABLE' });
    });
  });

  it('asks another server when one falls silent without hanging up', async () => {
    const servers = [scripted(() => accepted({})), scripted(() => accepted({}))];
    const [behind, other] = await Promise.all(servers.map(({ commands }) => services.serve(commands)));
    const proxy = await openTcpProxy(behind!.port);
    proxies.push(proxy);
    const client = services.connect([proxy, other!], { keepaliveMs: 100 as Millis });
    const keys = Array.from({ length: 20 }, (_, index) => `o-${index}`);
    const sendAll = () => Promise.all(keys.map((key) => cancel(client, key)));
    await eventually(async () => {
      await sendAll();
      return servers.every(({ seen }) => seen.length > 0);
    });
    proxy.stall();
    servers.forEach(({ seen }) => seen.splice(0));
    expect((await sendAll()).every(({ kind }) => kind === 'accepted')).toBe(true);
    // On a busy machine the other one may be late with a sign of life too, and is asked again.
    const ordersSeen = servers.map(
      ({ seen }) => new Set(seen.map(({ input }) => JSON.stringify(input))).size,
    );
    expect(ordersSeen).toEqual([0, keys.length]);
  });

  describe('a server that closes', () => {
    it('answers what it has in hand, and refuses what is new as unavailable', async () => {
      const slow = held();
      const server = await services.serve(slow.commands);
      const open = plainClient(server.port);
      await new Promise<void>((resolve, reject) =>
        open.waitForReady(Date.now() + 60_000, (error) => (error ? reject(error) : resolve())),
      );
      const client = services.connect([server]);
      const answers = Promise.all(['a', 'b', 'c'].map((orderId) => cancel(client, orderId)));
      await eventually(() => slow.seen.length === 3);
      const closed = server.close(60_000);
      const late = new Promise<ServiceError | null>((resolve) =>
        open.makeUnaryRequest(
          '/waybill.commands.v1.OrderCommands/CancelOrder',
          () => Buffer.alloc(0),
          (bytes: Buffer) => bytes,
          {},
          new Metadata(),
          { deadline: Date.now() + 60_000 },
          (error) => resolve(error),
        ),
      );
      expect((await late)?.code).toBe(status.UNAVAILABLE);
      slow.release();
      expect((await answers).map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
      await closed;
      expect(slow.seen).toHaveLength(3);
      await eventually(() => !client.healthy());
      await expect(cancel(client, 'd', 200)).rejects.toMatchObject({ code: 'COMMANDS_UNAVAILABLE' });
    });

    it('cuts what takes longer than it may, which is then unknown', async () => {
      const silent = scripted(() => silence);
      const server = await services.serve(silent.commands);
      const clock = createVirtualClock();
      const answer = cancel(services.connect([server], { clock }));
      await eventually(() => silent.seen.length > 0);
      await server.close(50);
      await clock.advance(context.timeoutMs!);
      expect(await answer).toEqual({ kind: 'unknown', commandId: context.commandId });
    });
  });

  describe('too much', () => {
    it('is not read while too many commands are unanswered, and all the same answered in the end', async () => {
      const slow = held();
      const client = services.connect([await services.serve(slow.commands)]);
      const answers = Promise.all(Array.from({ length: 8_000 }, (_, index) => cancel(client, `o-${index}`)));
      await eventually(() => slow.seen.length >= 4_096);
      // Further connections wait, and cause no work in the server.
      await cancel(client, 'one more', 100);
      expect(slow.seen.length).toBeLessThan(4_096 + 2 * 1_024);
      slow.release();
      expect((await answers).every(({ kind }) => kind === 'accepted')).toBe(true);
    });

    it('is refused by the client, which holds only so many', async () => {
      const client = services.connect([{ port: 1 }]);
      const all = Promise.allSettled(
        Array.from({ length: 20_000 }, (_, index) => cancel(client, `o-${index}`)),
      );
      await expect(cancel(client)).rejects.toMatchObject({ code: 'OVERLOADED' });
      await client.close();
      expect((await all).every((one) => one.status === 'rejected')).toBe(true);
    });

    it('is carried in several messages, where one would be larger than the server takes', async () => {
      const { commands, seen } = scripted(() => accepted({}));
      const client = services.connect([await services.serve(commands)]);
      const text = 'x'.repeat(200_000);
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) => cancel(client, `${index} ${text}`)),
      );
      expect(answers.every(({ kind }) => kind === 'accepted')).toBe(true);
      expect(seen).toHaveLength(60);
    });

    it('is refused where one command is too large, and the others go on', async () => {
      const { commands, seen } = scripted(() => accepted({}));
      const client = services.connect([await services.serve(commands)]);
      const small = cancel(client);
      await expect(cancel(client, 'x'.repeat(1024 * 1024))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      expect(await small).toMatchObject({ kind: 'accepted' });
      expect(seen).toHaveLength(1);
    });

    it('breaks the stream of its sender, and no other', async () => {
      const { commands } = scripted(() => accepted({}));
      const server = await services.serve(commands);
      const client = services.connect([server]);
      const { stream, ended } = rawStream(server.port);
      stream.write(new Uint8Array(5 * 1024 * 1024));
      expect((await ended)?.code).toBe(status.RESOURCE_EXHAUSTED);
      expect(await cancel(client)).toMatchObject({ kind: 'accepted' });
    });
  });

  describe('what this server does not understand', () => {
    it.each<[string, Partial<CommandFrame>]>([
      ['a command of a newer client', { name: 'bookAirship' }],
      ['the name of no command', { name: '__proto__' }],
      ['input of another shape', { input: new Uint8Array([255, 255, 255]) }],
      ['a command without an id', { commandId: '' }],
      ['an unknown command', { principal: '{"kind":"king"}' }],
    ])('is refused with a code, alone: %s', async (_, changes) => {
      const { commands, seen } = scripted(() => accepted({}));
      const { port } = await services.serve(commands);
      const { stream, outcomes } = rawStream(port);
      stream.write(
        commandBatch.encode({ commands: [frame({ number: 7, ...changes }), frame({ number: 8 })] }),
      );
      await eventually(() => outcomes.length === 2);
      expect(outcomes.find(({ number }) => number === 7)!.failed).toMatchObject({ code: 'INPUT_INVALID' });
      expect(outcomes.find(({ number }) => number === 8)!.accepted).toBeDefined();
      expect(seen).toHaveLength(1);
      stream.cancel();
    });

    it('ends the stream where it is no message at all, and only that', async () => {
      const { commands } = scripted(() => accepted({}));
      const server = await services.serve(commands);
      const { stream, ended } = rawStream(server.port);
      stream.write(new Uint8Array([255, 255, 255, 255]));
      expect((await ended)?.code).toBe(status.INTERNAL);
      expect(await cancel(services.connect([server]))).toMatchObject({ kind: 'accepted' });
    });

    it('permits no call without the token', async () => {
      const { port } = await services.serve(scripted(() => accepted({})).commands);
      const stream = plainClient(port).makeBidiStreamRequest(
        '/waybill.commands.v1.CommandStream/Open',
        (bytes: Uint8Array) => Buffer.from(bytes),
        (bytes: Buffer) => bytes,
      );
      stream.resume();
      const error = await new Promise<ServiceError>((resolve) => stream.on('error', resolve));
      expect(error.code).toBe(status.UNAUTHENTICATED);
      expect(readDetails(error.metadata)!.reason).toBe('NOT_AUTHENTICATED');
    });
  });
});
