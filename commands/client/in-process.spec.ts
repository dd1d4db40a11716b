import { realClock } from '../../platform/clock';
import { commandsContract } from '../../tests/contract/commands.contract';
import { ann, createOrderBench, customer, furnish, idOf } from '../../tests/support/commands/order-fixture';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { inProcessCommands, type InProcessOptions } from './in-process';
import type { CommandContext } from '../../platform/execution';
import type { UseCaseRegistry } from '../use-cases';

const context = (more: Partial<CommandContext> = {}): CommandContext => ({
  commandId: idOf('c'),
  correlationId: 'c',
  principal: customer(ann),
  ...more,
});

/** A registry in which logging in takes so long. */
const slow = (work: () => Promise<unknown>, more: Partial<InProcessOptions> = {}) => {
  const clock = createVirtualClock();
  const useCases = { logOut: work } as unknown as UseCaseRegistry;
  const client = inProcessCommands(useCases, { clock, ...more });
  const send = (timeoutMs: number) => client.send('logOut', { refreshToken: '' }, context({ timeoutMs }));
  return { clock, client, send };
};

const forever = (): Promise<never> => new Promise(() => undefined);

describe('commands in process', () => {
  commandsContract(async (useCases) => inProcessCommands(useCases, { clock: realClock, drainMs: 50 }));

  it('do what they are asked', async () => {
    const bench = createOrderBench();
    const { mug } = await furnish(bench);
    const client = inProcessCommands(bench.life().useCases, { clock: bench.clock });
    const input = { customerId: ann, productId: mug, quantity: 1 };
    expect(await bench.clock.drive(client.send('addToCart', input, context()))).toMatchObject({
      kind: 'accepted',
    });
    const commandId = 'not a UUID';
    await expect(client.send('addToCart', input, context({ commandId }))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('commandId') as string,
    });
    await expect(client.send('toString' as 'addToCart', input, context())).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('answer in time: unknown for what was at work, a fault for what never began', async () => {
    let begun = 0;
    const { clock, send } = slow(
      () => {
        begun += 1;
        return forever();
      },
      { concurrentMax: 1 },
    );
    const [first, second] = [send(50), send(20)];
    await expect(clock.drive(second)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(await clock.drive(first)).toEqual({ kind: 'unknown', commandId: idOf('c') });
    expect(begun).toBe(1);
  });

  it('refuse what is too much', async () => {
    const { send } = slow(forever, { concurrentMax: 1, waitingMax: 1 });
    void send(1_000).catch(() => undefined);
    void send(1_000).catch(() => undefined);
    await expect(send(1_000)).rejects.toMatchObject({ code: 'OVERLOADED' });
  });

  it('finish what is at work before they close, and take nothing more', async () => {
    let finish: (value: unknown) => void = () => undefined;
    const { clock, client, send } = slow(() => new Promise((resolve) => (finish = resolve)));
    const sent = send(1_000);
    await clock.advance(1);
    const closing = client.close();
    expect(client.healthy()).toBe(false);
    await expect(send(1_000)).rejects.toMatchObject({ code: 'COMMANDS_UNAVAILABLE' });
    finish({ kind: 'accepted', value: {} });
    expect(await clock.drive(sent)).toMatchObject({ kind: 'accepted' });
    await closing;
  });
});
