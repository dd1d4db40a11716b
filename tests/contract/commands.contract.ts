import type { CommandClient, UseCaseName } from '../../commands';
import type { CommandContext } from '../../platform/execution';
import type { UseCaseRegistry } from '../../commands/use-cases';
import type { AccountId, OrderId, ProductId } from '../../domain/kernel';
import type { Position } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { eventually } from '../support/time/eventually';

type Call = { readonly input: unknown; readonly context: CommandContext };
type Answer = (call: Call) => unknown;

const context: CommandContext = {
  commandId: '018f4f6e-7c1e-7000-8000-000000000001',
  keyed: true,
  correlationId: '018f4f6e-7c1e-7000-8000-000000000002',
  principal: {
    kind: 'customer',
    id: '018f4f6e-7c1e-7000-8000-000000000003',
    roles: ['customer', 'seller'],
    permissions: ['order:*', 'report:read'],
  },
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  timeoutMs: 60_000,
};
const orderId = '018f4f6e-7c1e-7000-8000-000000000004' as OrderId;
const line = {
  customerId: context.principal.id as AccountId,
  productId: '018f4f6e-7c1e-7000-8000-000000000005' as ProductId,
  quantity: -3,
};
/** Off the World's grid, which is for the order to say and not for the wire. */
const place = { customerId: line.customerId, destination: { x: 2 ** 31, y: -(2 ** 31) - 1 } };

/** Returns use cases that answer with the given results; the others are absent. */
const registryOf = (answers: Partial<Record<UseCaseName, Answer>>): UseCaseRegistry =>
  Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      async (input: unknown, given: CommandContext): Promise<unknown> => answer({ input, context: given }),
    ]),
  ) as unknown as UseCaseRegistry;

/** The contract of every access to the command services. `open` makes a client of the given use cases. */
export const commandsContract = (open: (useCases: UseCaseRegistry) => Promise<CommandClient>): void => {
  const clients: CommandClient[] = [];
  const connect = async (answers: Partial<Record<UseCaseName, Answer>>): Promise<CommandClient> => {
    const client = await open(registryOf(answers));
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  it('brings input and context to the use case, and its answer back, unchanged', async () => {
    const calls: Call[] = [];
    const position = '00000000000000000042' as Position;
    const client = await connect({
      placeOrder: (call) => {
        calls.push(call);
        return { kind: 'accepted', value: { orderId }, position };
      },
    });
    expect(await client.send('placeOrder', place, context)).toEqual({
      kind: 'accepted',
      value: { orderId },
      position,
    });
    expect(calls).toHaveLength(1);
    // What was left out stays out, and the caller's time may have run on.
    expect(calls[0]?.input).toEqual(place);
    const { timeoutMs, ...rest } = calls[0]!.context;
    const { timeoutMs: given, ...sent } = context;
    expect(rest).toEqual(sent);
    expect(timeoutMs).toBeLessThanOrEqual(given!);
  });

  it('tells nothing of a position where nothing was written', async () => {
    const client = await connect({ cancelOrder: () => ({ kind: 'accepted', value: {} }) });
    expect(await client.send('cancelOrder', { orderId }, context)).toEqual({ kind: 'accepted', value: {} });
  });

  it('brings a refusal back with its figures', async () => {
    const rejection = { code: 'QUANTITY_OUT_OF_RANGE', quantity: -3, min: 1, max: 100_000 };
    const client = await connect({ addToCart: () => ({ kind: 'rejected', rejection }) });
    expect(await client.send('addToCart', line, context)).toEqual({ kind: 'rejected', rejection });
  });

  it('brings an unknown outcome back as one, with the id to ask again with', async () => {
    const { commandId } = context;
    const client = await connect({ cancelOrder: () => ({ kind: 'unknown', commandId }) });
    expect(await client.send('cancelOrder', { orderId }, context)).toEqual({ kind: 'unknown', commandId });
  });

  it.each([
    'INPUT_INVALID',
    'NOT_PERMITTED',
    'WRONG_REALM',
    'NOT_AUTHENTICATED',
    'OVERLOADED',
    'DEADLINE_EXCEEDED',
  ] as const)('throws the fault %s as it was thrown', async (code) => {
    const client = await connect({
      addToCart: () => {
        throw new Fault(code, 'quantity: what is wrong with it');
      },
    });
    const sending = client.send('addToCart', line, context);
    await expect(sending).rejects.toMatchObject({ code, message: 'quantity: what is wrong with it' });
  });

  it('does not wait longer than the caller does', async () => {
    const client = await connect({ cancelOrder: () => new Promise(() => undefined) });
    const { commandId } = context;
    await eventually(() => client.healthy());
    const sent = await client.send('cancelOrder', { orderId }, { ...context, timeoutMs: 60 });
    expect(sent).toEqual({ kind: 'unknown', commandId });
  });

  it.each([
    ['id', { commandId: 'seven' }],
    ['name of its chain', { correlationId: '' }],
    ['asker', { principal: { kind: 'king', id: 'k', roles: [] } }],
    ['role', { principal: { ...context.principal, roles: ['jester'] } }],
  ])('refuses a command with an %s that is none', async (_, wrong) => {
    const calls: Call[] = [];
    const client = await connect({ cancelOrder: (call) => calls.push(call) });
    const sending = client.send('cancelOrder', { orderId }, { ...context, ...wrong } as CommandContext);
    await expect(sending).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(calls).toEqual([]);
  });

  it('accepts any correlation id, and limits a longer time limit to two minutes', async () => {
    const calls: Call[] = [];
    const client = await connect({
      cancelOrder: (call) => {
        calls.push(call);
        return { kind: 'accepted', value: {} };
      },
    });
    const given = { ...context, correlationId: 'request 7 of theirs', timeoutMs: 3_600_000 };
    expect(await client.send('cancelOrder', { orderId }, given)).toMatchObject({ kind: 'accepted' });
    expect(calls[0]!.context).toMatchObject({ correlationId: given.correlationId, timeoutMs: 120_000 });
  });

  it('answers many at once, each its own', async () => {
    const client = await connect({
      addToCart: ({ input }) => ({
        kind: 'rejected',
        rejection: {
          code: 'QUANTITY_OUT_OF_RANGE',
          quantity: (input as typeof line).quantity,
          min: 1,
          max: 9,
        },
      }),
    });
    const quantities = Array.from({ length: 300 }, (_, index) => index);
    const answers = await Promise.all(
      quantities.map((quantity) => client.send('addToCart', { ...line, quantity }, context)),
    );
    expect(
      answers.map(
        (answer) => answer.kind === 'rejected' && 'quantity' in answer.rejection && answer.rejection.quantity,
      ),
    ).toEqual(quantities);
  });

  it('refuses what comes after it was closed', async () => {
    const client = await connect({ cancelOrder: () => ({ kind: 'accepted', value: {} }) });
    expect(await client.send('cancelOrder', { orderId }, context)).toMatchObject({ kind: 'accepted' });
    expect(client.healthy()).toBe(true);
    await client.close();
    expect(client.healthy()).toBe(false);
    await expect(client.send('cancelOrder', { orderId }, context)).rejects.toMatchObject({
      code: 'COMMANDS_UNAVAILABLE',
    });
  });
};
