import type { AnyFact, AnyRejection } from '../../domain/kernel';
import { schemaOf, type NewEvent } from '../event-store';
import { decisionId, eventId } from '../ids';
import { wellFormed } from '../well-formed-text';
import type { CommandContext } from './command-context';
import { nextRevision, type AnyDecider, type CommandEffect, type CachedStream } from './cached-stream';
import type { CommandTask } from './task';

/** What became of one command of a batch. `decided` and `rejected` stand only if the batch's append does. */
export type CommandDecision =
  | { readonly kind: 'repeat'; readonly effect: CommandEffect }
  | { readonly kind: 'decided'; readonly facts: readonly AnyFact[] }
  | { readonly kind: 'rejected'; readonly rejection: AnyRejection }
  | { readonly kind: 'broken'; readonly error: unknown };

export type Decisions = {
  readonly state: unknown;
  readonly events: readonly NewEvent[];
  readonly verdicts: ReadonlyMap<CommandTask, CommandDecision>;
  /** By command id: where its events come to stand if the append succeeds. */
  readonly places: ReadonlyMap<string, { readonly first: bigint; readonly count: number }>;
};

const actorOf = ({ principal }: CommandContext): NewEvent['metadata']['actor'] =>
  `${principal.kind}:${principal.id}`;

const recordsOf = (
  facts: readonly AnyFact[],
  { context, traceparent }: CommandTask,
  { upcasters }: AnyDecider,
): readonly NewEvent[] => {
  const decision = decisionId(context.commandId, facts);
  return facts.map(({ type, data }, index) => ({
    id: eventId(decision, index),
    type,
    data,
    metadata: {
      $correlationId: context.correlationId,
      $causationId: context.commandId,
      actor: actorOf(context),
      schema: schemaOf(upcasters, type),
      ...(traceparent === undefined ? {} : { traceparent }),
    },
  }));
};

/** One command on a state: its verdict, and the state after it. A decider that throws is a bug of that command only. */
const decideOne = (
  decider: AnyDecider,
  command: unknown,
  state: unknown,
): { readonly verdict: CommandDecision; readonly state: unknown } => {
  try {
    const decision = decider.decide(command, state);
    if (!decision.ok) return { verdict: { kind: 'rejected', rejection: decision.rejection }, state };
    // A neighbour's words may come in by ways that check nothing; events are for ever, and every engine has to store them alike.
    const facts = wellFormed(decision.events);
    let after = state;
    for (const fact of facts) after = decider.evolve(after, fact);
    return { verdict: { kind: 'decided', facts }, state: after };
  } catch (error) {
    return { verdict: { kind: 'broken', error }, state };
  }
};

/** Decides a batch in order, each command on the state that the ones before it lead to. Pure. */
export const decideAll = (
  decider: AnyDecider,
  known: CachedStream,
  tasks: readonly CommandTask[],
): Decisions => {
  const events: NewEvent[] = [];
  const verdicts = new Map<CommandTask, CommandDecision>();
  const places = new Map<string, { first: bigint; count: number }>();
  const byCommandId = new Map<string, CommandDecision>();
  const start = nextRevision(known.revision);
  let state = known.state;

  for (const task of tasks) {
    const { commandId } = task.context;
    const effect = known.effects.get(commandId);
    // The same command twice in one batch has one effect too.
    const twin = byCommandId.get(commandId);
    if (effect || twin) {
      verdicts.set(task, effect ? { kind: 'repeat', effect } : (twin as CommandDecision));
      continue;
    }
    const decided = decideOne(decider, task.command, state);
    state = decided.state;
    verdicts.set(task, decided.verdict);
    if (decided.verdict.kind !== 'decided' || decided.verdict.facts.length === 0) continue;
    byCommandId.set(commandId, decided.verdict);
    places.set(commandId, { first: start + BigInt(events.length), count: decided.verdict.facts.length });
    events.push(...recordsOf(decided.verdict.facts, task, decider));
  }
  return { state, events, verdicts, places };
};
