import type { AnyFact, AnyRejection, Decider } from '../../domain/kernel';
import type { Clock, Random } from '../clock';
import { streamName, type EventStore } from '../event-store';
import { withSpan, type Logger } from '../telemetry';
import type { AggregateHandle, Aggregates, Executed } from './aggregates';
import { readEffect, type AnyDecider } from './cached-stream';
import { createStreamCache } from './stream-cache';
import { executionLimits, type ExecutionLimits } from './limits';
import type { BatchDeps, StreamRef } from './execute-batch';
import { createCommandQueue } from './command-queue';
import { traceparentOf } from './trace';

export type AggregatesDeps = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits?: Partial<ExecutionLimits>;
  /**
   * Nobody else writes to the store (the embedded engine in one process), so a cached state needs no look at the store
   * before a refusal. Wrongly set it costs stale refusals, never a wrong write.
   */
  readonly soleWriter?: boolean;
};

type AnyTarget<State, Command, Event extends AnyFact, Rejection extends AnyRejection> = Decider<
  State,
  Command,
  Event,
  Rejection
>;

const targetOf = <State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
  decider: AnyTarget<State, Command, Event, Rejection>,
  id: string | number,
): StreamRef => ({
  stream: streamName(decider.category, id),
  // Streams of all kinds share one queue and cache; what goes in under a decider's types comes out under them.
  decider: decider as unknown as AnyDecider,
});

const typeOf = (command: unknown): string =>
  typeof command === 'object' && command !== null && 'type' in command ? String(command.type) : 'command';

/**
 * The one place that appends to aggregates' streams: load → fold → decide → append at the revision read. Commands for one
 * stream are queued in this process and decided in batches on a cached state; each batch is one append. A command id that
 * the stream has seen is answered with what it led to.
 */
export const createAggregates = (deps: AggregatesDeps): Aggregates => {
  const limits: ExecutionLimits = { ...executionLimits, ...deps.limits };
  const { store } = deps;
  const cache = createStreamCache(limits.cacheWeightMax);
  const batchDeps: BatchDeps = {
    ...deps,
    limits,
    cache,
    soleWriter: deps.soleWriter ?? false,
  };
  const waitingRoom = createCommandQueue(batchDeps);

  const handleOf = <State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
    decider: AnyTarget<State, Command, Event, Rejection>,
  ): AggregateHandle<State, Command, Event, Rejection> => ({
    execute: (id, command, context, { assumeNew = false } = {}) => {
      const target = targetOf(decider, id);
      const attributes = { 'waybill.stream': target.stream, 'waybill.command_id': context.commandId };
      const options = { attributes, parent: traceparentOf(context) };
      return withSpan(`execute ${decider.category}.${typeOf(command)}`, options, async (span) => {
        const answer = await waitingRoom.command(target, { command, assumeNew }, context);
        span.setAttribute('waybill.outcome', answer.kind);
        return answer as Executed<Event, Rejection>;
      });
    },

    load: async (id) => (await waitingRoom.look(targetOf(decider, id))).state as State,

    effectOf: async (id, commandId) => {
      const target = targetOf(decider, id);
      const effect = (await waitingRoom.look(target)).effects.get(commandId);
      if (!effect) return undefined;
      const events = (await readEffect(store, target.stream, effect)) as readonly Event[];
      return { events, position: effect.position };
    },
  });

  return {
    of: handleOf,
    execute: (decider, id, command, context) => handleOf(decider).execute(id, command, context),
    load: (decider, id) => handleOf(decider).load(id),
    effectOf: (decider, id, commandId) => handleOf(decider).effectOf(id, commandId),
  };
};
