import type { Registry } from 'prom-client';
import type { Clock } from '../../platform/clock';
import { timer } from '../../platform/telemetry';
import type { CommandClient } from '..';

/** Wraps use cases so that the duration of each call is recorded, by its outcome. */
export const measuredCommands = (
  commands: CommandClient,
  { metrics, clock }: { readonly metrics: Registry; readonly clock: Clock },
): CommandClient => {
  const observe = timer(metrics, {
    name: 'waybill_command_duration_seconds',
    help: 'The duration of commands by outcome: `accepted`, `rejected`, `unknown`, or `failed` for a fault.',
    labelNames: ['command', 'outcome'],
  });
  return {
    send: async (name, input, context) => {
      const startedMs = clock.monotonicMs();
      let outcome = 'failed';
      try {
        const answer = await commands.send(name, input, context);
        outcome = answer.kind;
        return answer;
      } finally {
        observe({ command: name, outcome }, clock.monotonicMs() - startedMs);
      }
    },
    healthy: () => commands.healthy(),
    close: () => commands.close(),
  };
};
