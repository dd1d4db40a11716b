import { atMost, Deferred, type Clock } from '../../platform/clock';
import { createGate } from '../../platform/concurrency';
import { Fault } from '../../platform/faults';
import { withSpan } from '../../platform/telemetry';
import type { CommandClient, InputOf, Outcome, SuccessOf, UseCaseName } from '..';
import { traceparentOf, type CommandContext } from '../../platform/execution';
import { readContext } from './read-context';
import type { UseCaseRegistry } from '../use-cases';

export type InProcessOptions = {
  readonly clock: Clock;
  /** The number of concurrent use cases; each may wait for several streams in turn. Default 256. */
  readonly concurrentMax?: number;
  /** The number of waiting use cases. Default 4 096. */
  readonly waitingMax?: number;
  /** The time for which `close` waits for running use cases, in milliseconds. Default 5 000. */
  readonly drainMs?: number;
};

const TIMEOUT_MS = 10_000;

/**
 * Runs the use cases in this process.
 *
 * @returns a client that answers each command before its deadline: with `DEADLINE_EXCEEDED` if it did not start, with `unknown`
 *   if it was running.
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
  ): Promise<Outcome<SuccessOf<Name>>> => {
    let isRunning = false;
    const onTimeout = (): Outcome<SuccessOf<Name>> => {
      if (isRunning) return { kind: 'unknown', commandId: context.commandId };
      throw new Fault('DEADLINE_EXCEEDED', `"${name}" was not started in time; nothing happened`);
    };
    const outcome = new Deferred({ clock, afterMs: context.timeoutMs ?? TIMEOUT_MS, onTimeout });
    const run = async (): Promise<void> => {
      // After the timeout the caller no longer waits, so it is not started.
      if (outcome.isSettled) return;
      isRunning = true;
      outcome.resolve(await useCases[name](input, context));
    };
    const running = gate.run(run).catch((error: unknown) => outcome.reject(error));
    inFlight.add(running);
    void running.finally(() => inFlight.delete(running));
    return outcome.promise;
  };

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
