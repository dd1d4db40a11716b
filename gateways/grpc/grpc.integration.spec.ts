import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { Fault } from '../../platform/faults';
import {
  accepted,
  createCommandServices,
  scripted,
  token,
} from '../../tests/support/commands/command-services';
import { eventually } from '../../tests/support/time/eventually';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import type { CommandClient, UseCaseName } from '../../commands';
import type { CommandContext } from '../../platform/execution';
import { messageOf } from '../../commands/rejections';
import type { Rejection } from '../../commands/rejections';
import { decodeSuccess, encodeInput } from './messages';
import { readDetails } from './rich-error';

const context: CommandContext = {
  commandId: '018f4f6e-7c1e-7000-8000-000000000001',
  correlationId: '018f4f6e-7c1e-7000-8000-000000000002',
  principal: { kind: 'customer', id: 'c-1', roles: ['customer'] },
  // Only what hangs takes so long, on however busy a machine.
  timeoutMs: 60_000,
};

describe('the command services over gRPC', () => {
  const services = createCommandServices();
  const { serve } = services;
  const connect = (...to: { port: number }[]): CommandClient => services.connect(to);
  afterEach(() => services.close());

  it('carries input, context and success there and back unchanged', async () => {
    const { commands, seen } = scripted(() => accepted({ orderId: 'o-1' }, '00000000000000000042'));
    const client = connect(await serve(commands));
    const input = { customerId: 'c-1', destination: { x: 0, y: -7 }, paymentMethod: 'test' } as never;
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const outcome = await client.send('placeOrder', input, { ...context, traceparent });
    expect(outcome).toEqual({
      kind: 'accepted',
      value: { orderId: 'o-1' },
      position: '00000000000000000042',
    });
    const timeoutMs = expect.any(Number) as number;
    expect(seen).toEqual([{ name: 'placeOrder', input, context: { ...context, traceparent, timeoutMs } }]);
  });

  it.each<[UseCaseName, object]>([
    ['writeReview', { authorId: 'a', subject: { kind: 'seller', sellerId: 's' }, rating: 5, text: '' }],
    [
      'registerProduct',
      {
        sku: 's',
        name: 'n',
        description: '',
        category: 'c',
        price: { amountMinor: 2 ** 53 - 1, currency: 'GBP' },
      },
    ],
    ['editReview', { reviewId: 'r', authorId: 'a', rating: 5, text: '', photoIds: [] }],
    ['editReview', { reviewId: 'r', authorId: 'a', rating: 5, text: '' }],
    ['setProductPictures', { productId: 'p', pictures: [], expectedPictureIds: [] }],
    ['setProductPictures', { productId: 'p', pictures: [] }],
    ['provisionAccount', { email: 'a@b.c', name: 'n', roles: ['staff'] }],
    ['receiveStock', { warehouseId: 1, productId: 'p', quantity: 3 }],
  ])('carries a %s with what is empty, zero or left out', async (name, input) => {
    const { commands, seen } = scripted(() => accepted({}));
    await connect(await serve(commands)).send(name, input as never, context);
    expect(seen[0]!.input).toEqual(input);
  });

  it('carries a rejection with its figures, a fault with its code, and an unknown outcome as a value', async () => {
    const rejection = { code: 'QUANTITY_OUT_OF_RANGE', quantity: 0, min: 1, max: 9 } as const;
    const { commands } = scripted(({ name }) => {
      if (name === 'payOrder') throw new Fault('OVERLOADED', 'Too much.');
      if (name === 'cancelOrder') throw new Error('a bug with private facts');
      if (name === 'logOut') return { kind: 'unknown', commandId: context.commandId };
      return { kind: 'rejected', rejection };
    });
    const client = connect(await serve(commands));
    const line = { customerId: 'c' as never, productId: 'p' as never, quantity: 0 };
    expect(await client.send('addToCart', line, context)).toEqual({ kind: 'rejected', rejection });
    expect(await client.send('logOut', { refreshToken: 't' }, context)).toEqual({
      kind: 'unknown',
      commandId: context.commandId,
    });
    const pay = client.send('payOrder', { orderId: 'o' as never, paymentMethod: 'test' }, context);
    await expect(pay).rejects.toMatchObject({ code: 'OVERLOADED', message: 'Too much.' });
    const cancel = client.send('cancelOrder', { orderId: 'o' as never }, context);
    await expect(cancel).rejects.toThrow('Something is wrong on our side.');
  });

  it('keeps thousands of commands apart on one stream', async () => {
    const { commands } = scripted(({ input }) =>
      accepted({ orderId: (input as { customerId: string }).customerId }),
    );
    const client = connect(await serve(commands));
    const ids = Array.from({ length: 3_000 }, (_, index) => `c-${index}`);
    const outcomes = await Promise.all(
      ids.map((customerId) =>
        client.send('placeOrder', { customerId, destination: { x: 1, y: 1 } } as never, context),
      ),
    );
    expect(outcomes.map((outcome) => (outcome as { value: { orderId: string } }).value.orderId)).toEqual(ids);
  });

  it('asks another server what a fallen one left unanswered', async () => {
    const silent = scripted(() => new Promise<never>(() => undefined));
    const first = await serve(silent.commands);
    const second = scripted(() => accepted({ orderId: 'o-2' }));
    const client = connect(first);
    const answer = client.send(
      'placeOrder',
      { customerId: 'c', destination: { x: 1, y: 1 } } as never,
      context,
    );
    await eventually(() => silent.seen.length > 0);
    await first.close(0);
    await serve(second.commands, first.port);
    expect(await answer).toMatchObject({ kind: 'accepted', value: { orderId: 'o-2' } });
    expect(second.seen[0]!.context.commandId).toBe(context.commandId);
  });

  it('sends what is about one thing to one server, and to the other when that one goes', async () => {
    const both = [scripted(() => accepted({})), scripted(() => accepted({}))];
    const running = await Promise.all(both.map(({ commands }) => serve(commands)));
    const client = connect(...running);
    const send = (orderId: string) => client.send('cancelOrder', { orderId } as never, context);
    await eventually(async () => {
      await Promise.all(Array.from({ length: 20 }, (_, index) => send(`warm-${index}`)));
      return both.every(({ seen }) => seen.length > 0);
    });
    both.forEach(({ seen }) => seen.splice(0));
    await Promise.all(Array.from({ length: 10 }, () => send('o-1')));
    expect(both.map(({ seen }) => seen.length).sort()).toEqual([0, 10]);
    const preferredOne = both.findIndex(({ seen }) => seen.length === 10);
    await running[preferredOne]!.close(1_000);
    expect(await send('o-1')).toMatchObject({ kind: 'accepted' });
    expect(both[1 - preferredOne]!.seen).toHaveLength(1);
  });

  it('is PEER_UNAVAILABLE without a server, and an unknown outcome with a silent one', async () => {
    const clock = createVirtualClock();
    const silent = scripted(() => new Promise<never>(() => undefined));
    const client = services.connect([await serve(silent.commands)], { clock });
    await eventually(() => client.healthy());
    const nobody = services.connect([{ port: 1 }], { clock });
    const asked = [client, nobody].map((one) => one.send('cancelOrder', { orderId: 'o' as never }, context));
    const outcomes = Promise.allSettled(asked);
    await clock.advance(context.timeoutMs!);
    expect(await outcomes).toMatchObject([
      { value: { kind: 'unknown', commandId: context.commandId } },
      { reason: { code: 'COMMANDS_UNAVAILABLE' } },
    ]);
  });

  describe('for everyone else, by unary calls', () => {
    const call = async (port: number, method: string, input: object, headers: Record<string, string>) => {
      const client = services.with(new Client(`127.0.0.1:${port}`, credentials.createInsecure()));
      const metadata = new Metadata();
      Object.entries(headers).forEach(([name, value]) => metadata.set(name, value));
      const name = (method.charAt(0).toLowerCase() + method.slice(1)) as UseCaseName;
      return new Promise<{ error: ServiceError | null; bytes: Buffer | undefined }>((resolve) => {
        client.makeUnaryRequest(
          `/waybill.commands.v1.OrderCommands/${method}`,
          (value: object) => Buffer.from(encodeInput(name, value as never)),
          (bytes: Buffer) => bytes,
          input,
          metadata,
          { deadline: Date.now() + 60_000 },
          (error, bytes) => resolve({ error, bytes }),
        );
      });
    };
    const principal = { kind: 'system', id: 'spec', roles: [] };
    const bearer = { authorization: `Bearer ${token}` };
    const headers = { ...bearer, 'waybill-principal': JSON.stringify(principal) };

    it('answers with the response message for the named principal', async () => {
      const { commands, seen } = scripted(() => accepted({ orderId: 'o-1' }, '00000000000000000007'));
      const { port } = await serve(commands);
      const { bytes } = await call(
        port,
        'PlaceOrder',
        { customerId: 'c', destination: { x: 1, y: 2 } },
        headers,
      );
      expect(decodeSuccess('placeOrder', bytes!)).toEqual({
        value: { orderId: 'o-1' },
        position: '00000000000000000007',
      });
      expect(seen[0]!.context.principal).toEqual(principal);
      expect(seen[0]!.context.timeoutMs).toBeGreaterThan(0);
      expect(seen[0]!.context.timeoutMs).toBeLessThanOrEqual(60_000);
    });

    it('takes a command id that the caller chose for an idempotency key', async () => {
      const { commands, seen } = scripted(() => accepted({}));
      const { port } = await serve(commands);
      await call(
        port,
        'CancelOrder',
        { orderId: 'o' },
        { ...headers, 'waybill-command-id': context.commandId },
      );
      await call(port, 'CancelOrder', { orderId: 'o' }, headers);
      expect(seen.map((one) => one.context.keyed)).toEqual([true, undefined]);
      expect(seen[0]!.context.commandId).toBe(context.commandId);
    });

    it.each<[Rejection, status]>([
      [{ code: 'IDEMPOTENCY_KEY_REUSED' }, status.ALREADY_EXISTS],
      [{ code: 'ORDER_NOT_FOUND', orderId: 'o' as never }, status.NOT_FOUND],
      [{ code: 'EMAIL_TAKEN' }, status.ALREADY_EXISTS],
      [{ code: 'CART_EMPTY' }, status.FAILED_PRECONDITION],
      [{ code: 'ORDER_EMPTY' }, status.INVALID_ARGUMENT],
      [{ code: 'QUANTITY_OUT_OF_RANGE', quantity: 0, min: 1, max: 9 }, status.INVALID_ARGUMENT],
      [{ code: 'PASSWORD_TOO_SHORT', min: 8 }, status.INVALID_ARGUMENT],
      [{ code: 'SESSION_INVALID', reason: 'EXPIRED' }, status.UNAUTHENTICATED],
      [{ code: 'INSUFFICIENT_STOCK', available: 1, wanted: 2 }, status.FAILED_PRECONDITION],
    ])('refuses %j with what is wrong and what to do, its code and its figures', async (rejection, code) => {
      const { commands } = scripted(() => ({ kind: 'rejected', rejection }));
      const { port } = await serve(commands);
      const { error } = await call(port, 'CancelOrder', { orderId: 'o' }, headers);
      expect(error).toMatchObject({ code, details: messageOf(rejection) });
      const { code: reason, ...figures } = rejection;
      expect(readDetails(error!.metadata)).toEqual({ reason, figures });
    });

    it.each<[Record<string, string>, status, string]>([
      [{}, status.UNAUTHENTICATED, 'NOT_AUTHENTICATED'],
      [{ ...headers, authorization: 'Bearer guess' }, status.UNAUTHENTICATED, 'NOT_AUTHENTICATED'],
      [bearer, status.UNAUTHENTICATED, 'NOT_AUTHENTICATED'],
      [{ ...headers, 'waybill-principal': 'the king' }, status.INVALID_ARGUMENT, 'INPUT_INVALID'],
      [{ ...headers, 'waybill-command-id': 'seven' }, status.INVALID_ARGUMENT, 'INPUT_INVALID'],
      [{ ...headers, 'waybill-principal': '{"kind":"king"}' }, status.INVALID_ARGUMENT, 'INPUT_INVALID'],
    ])('refuses the metadata %j', async (given, code, reason) => {
      const { commands, seen } = scripted(() => accepted({}));
      const { port } = await serve(commands);
      const { error } = await call(port, 'CancelOrder', { orderId: 'o' }, given);
      expect(error!.code).toBe(code);
      expect(readDetails(error!.metadata)!.reason).toBe(reason);
      expect(seen).toEqual([]);
    });
  });

  it('names the port that is taken', async () => {
    const { commands } = scripted(() => accepted({}));
    const { port } = await serve(commands);
    await expect(serve(commands, port)).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  });
});
