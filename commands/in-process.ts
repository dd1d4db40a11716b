import type { Millis } from '../domain/kernel';
import { atMost, type Clock } from '../platform/clock';
import { createGate } from '../platform/concurrency';
import { Fault } from '../platform/faults';
import { withSpan } from '../platform/telemetry';
import type { CommandClient, InputOf, Outcome, SuccessOf, UseCaseName } from './port';
import type { CommandContext } from '../platform/execution';
import { readContext } from './read-context';
import { traceparentOf } from '../platform/execution';
import type { UseCaseRegistry } from './use-cases';

export type InProcessOptions = {
  readonly clock: Clock;
  /** Use cases that run at once; each may wait for several streams in turn. Default 256. */
  readonly concurrentMax?: number;
  /** Use cases that wait to run. Default 4 096. */
  readonly waitingMax?: number;
  /** How long `close` waits for what is at work, in milliseconds. Default 5 000. */
  readonly drainMs?: number;
};

const TIMEOUT_MS = 10_000;

/**
 * The command services without a wire between.
 *
 * @returns a client that answers each command within its time: `DEADLINE_EXCEEDED` for one that never ran, `unknown` for one
 *   that was at work when its time was up.
 */
export const inProcessCommands = (useCases: UseCaseRegistry, options: InProcessOptions): CommandClient => {
  const { clock, concurrentMax = 256, waitingMax = 4_096, drainMs = 5_000 } = options;
  const gate = createGate('command services', { concurrentMax, waitingMax });
  const inFlight = new Set<Promise<unknown>>();
  let open = true;

  const answer = <Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    context: CommandContext,
  ): Promise<Outcome<SuccessOf<Name>>> =>
    new Promise((resolve, reject) => {
      const progress = { started: false, expired: false };
      const timer = clock.after((context.timeoutMs ?? TIMEOUT_MS) as Millis, () => {
        progress.expired = true;
        if (progress.started) resolve({ kind: 'unknown', commandId: context.commandId });
        else
          reject(new Fault('DEADLINE_EXCEEDED', `"${name}" did not get its turn in time; nothing happened`));
      });
      const running = gate
        .run(async () => {
          // Nobody waits for it any more, so it is not begun.
          if (progress.expired) return;
          progress.started = true;
          resolve(await useCases[name](input, context));
        })
        .catch((error: unknown) => reject(error instanceof Error ? error : new Error(String(error))))
        .finally(() => timer.cancel());
      inFlight.add(running);
      void running.finally(() => inFlight.delete(running));
    });

  return {
    healthy: () => open,
    send: async (name, input, given) => {
      if (!open) throw new Fault('COMMANDS_UNAVAILABLE', 'The command services are closing');
      const context = readContext(given);
      if (!Object.hasOwn(useCases, name)) throw new Fault('INPUT_INVALID', `There is no use case "${name}"`);
      const attributes = { 'waybill.use_case': name, 'waybill.command_id': context.commandId };
      return withSpan(`command ${name}`, { attributes, parent: traceparentOf(context) }, () =>
        answer(name, input, context),
      );
    },
    close: async () => {
      open = false;
      await atMost(clock, drainMs, Promise.all(inFlight));
    },
  };
};
